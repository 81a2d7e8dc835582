import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hashOf, recordAddress } from '../../../../tests/support/fake-address';
import { fakeCompare, pass } from '../../../../tests/support/fake-compare';
import {
	fakeTraining,
	fileOf,
	textOf,
	THREE_MERGES,
	trainedOn,
	trainResult
} from '../../../../tests/support/fake-training';
import { FIRST_EXAMPLE } from '../../session/examples';
import { Drawing } from '../../session/lab.svelte';
import { DEFAULT_RULES } from '../../session/training-rules';
import { createTrainAddress } from './address';
import { TrainState } from './train.svelte';
import { TrainView } from './view.svelte';

/** An address of a state at its last step, and a function that waits for the next write. */
function setUp() {
	const fake = fakeTraining();
	const state = new TrainState(fake.workers, () => new Uint8Array(), {
		trained: trainedOn('aaabdaaabac'),
		step: 3
	});
	const { replace, settle } = recordAddress();
	const { state: comparison } = fakeCompare(['cl100k_base']);
	const drawing = new Drawing();
	const { state: compare } = fakeCompare();
	compare.setText(FIRST_EXAMPLE.text);
	const view = new TrainView();
	const linked = {
		train: state,
		view,
		compare,
		comparison,
		defaultTokenizer: 'cl100k_base',
		drawing
	};
	const names = { load: () => Promise.resolve(), has: (id: string) => id === 'gpt2' };
	const address = createTrainAddress(linked, names, replace);
	/** Answers the last call with its training. */
	const answer = async () => {
		await pass();
		const call = fake.trains.at(-1);
		if (!call || !('text' in call.params.corpus)) throw new Error('expected a text to train on');
		const text = new TextDecoder().decode(call.params.corpus.text);
		call.resolve(trainResult(text, call.params.rules));
		await pass();
	};
	return {
		...fake,
		state,
		compare,
		comparison,
		view,
		drawing,
		address,
		settle: () => settle(() => address.write()),
		answer
	};
}

const url = (rest: string) => new URL(`https://lab.example/bpe/train/${rest}`);

beforeEach(() => {
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

describe('a link', () => {
	it('restores corpus, rules and step in another page', async () => {
		const { state, settle, answer } = setUp();
		const rules = { ...DEFAULT_RULES, vocabularySize: 258, ties: 'first-seen' } as const;
		state.set(textOf('ab\r\nab abab\ufeff'), rules);
		await answer();
		state.setStep(1);
		const link = await settle();

		const other = setUp();
		await other.address.read(url(link));
		await other.answer();
		expect(other.state.corpus).toEqual(textOf('ab\r\nab abab\ufeff'));
		expect(other.state.rules).toEqual(rules);
		expect(other.state.step).toBe(1);
		expect(other.address.problem).toBeNull();
		expect(await other.settle()).toBe(link);
	});

	it('names an example instead of its text, and leaves out the last step', async () => {
		const { state, address, settle, answer } = setUp();
		await address.read(url('?corpus=letters&size=259'));
		await answer();
		expect(state.corpus).toEqual({ kind: 'text', text: 'aaabdaaabac', preset: 'letters' });
		expect(await settle()).toBe('?corpus=letters&size=259');
		state.setStep(2);
		expect(await settle()).toBe('?corpus=letters&size=259&step=2');
	});

	it('that predicts begins before the first merge, and names the last step', async () => {
		const { state, address, settle, answer } = setUp();
		await address.read(url('?corpus=letters&size=259&predict=1'));
		await answer();
		expect(state.step).toBe(0);
		expect(await settle()).toBe('?corpus=letters&size=259&step=0&predict=1');
		state.setStep(3);
		expect(await settle()).toBe('?corpus=letters&size=259&step=3&predict=1');
	});

	it('changes nothing if it names nothing', async () => {
		const { state, address, trains } = setUp();
		const { corpus, rules } = state;
		await address.read(url(''));
		await pass();
		expect([state.corpus, state.rules]).toEqual([corpus, rules]);
		expect(trains).toEqual([]);
	});

	it('reports damage or an unknown example, and keeps the corpus', async () => {
		const { state, address } = setUp();
		const { corpus } = state;
		const hash = await hashOf('aaab');
		await address.read(url(hash.slice(0, -4)));
		expect(address.problem).toMatch(/damaged/);
		expect(state.corpus).toBe(corpus);
		await address.read(url('?corpus=nothing&size=x'));
		expect(address.problem).toBe(
			'The link asks for the example “nothing”, which the lab does not have. The link has “size=x”; expected a whole number of at least 1.'
		);
		expect(state.corpus).toBe(corpus);
		expect(state.rules).toEqual(DEFAULT_RULES);
		address.dismiss();
		expect(address.problem).toBeNull();
	});

	it('wins over an earlier one that is still being fetched', async () => {
		const { state, address } = setUp();
		let arrive: (response: Response) => void = () => undefined;
		vi.stubGlobal('fetch', () => new Promise<Response>((resolve) => (arrive = resolve)));
		const slow = address.read(url('?corpus=english'));
		await address.read(url(await hashOf('aaab')));
		arrive(new Response('All human beings'));
		await slow;
		expect(state.corpus).toEqual(textOf('aaab'));
	});
});

describe('the shared text', () => {
	it.each([
		['an example', '?corpus=letters&size=259', 'aaabdaaabac'],
		['a corpus of the user’s', '?size=259', 'ab\r\nab']
	])('is restored next to %s', async (_, search, corpus) => {
		const { state, compare, settle, answer } = setUp();
		const preset = search.includes('letters') ? { preset: 'letters' } : {};
		state.set({ kind: 'text', text: corpus, ...preset }, THREE_MERGES);
		await answer();
		compare.setText('a\r\n\ud800b');
		const link = await settle();
		expect(link).toMatch(new RegExp(`^\\${search}#v1\\.t=[\\w-]+&s=[\\w-]+$`));

		const other = setUp();
		other.compare.setKind('ids');
		await other.address.read(url(link));
		await other.answer();
		expect(other.compare.text).toBe('a\r\n\ud800b');
		expect(other.compare.kind).toBe('text');
		expect(other.state.corpus).toEqual({ kind: 'text', text: corpus, ...preset });
		expect(other.address.problem).toBeNull();
		expect(await other.settle()).toBe(link);
	});

	it('may be empty', async () => {
		const { state, compare, settle } = setUp();
		state.setCorpus({ kind: 'text', text: 'aaabdaaabac', preset: 'letters' });
		compare.setText('');
		const other = setUp();
		await other.address.read(url(await settle()));
		expect(other.compare.text).toBe('');
		expect(other.state.corpus).toMatchObject({ preset: 'letters' });
	});

	it('stays as it is if a link holds none, or if it is too long for one', async () => {
		const { state, compare, address, settle } = setUp();
		state.setCorpus({ kind: 'text', text: 'aaabdaaabac', preset: 'letters' });
		compare.setText('x'.repeat(2_001));
		const link = await settle();
		expect(link).toBe('?corpus=letters&size=259');
		await address.read(url('?corpus=letters&size=260'));
		expect(compare.text).toHaveLength(2_001);
	});

	it('stays if the user changed it while the link was loading, but the corpus is restored', async () => {
		const { state, compare, settle } = setUp();
		state.setCorpus(textOf('abab'));
		compare.setText('shared');
		const link = await settle();
		const other = setUp();
		const read = other.address.read(url(link));
		other.compare.setText('typed');
		await read;
		expect(other.compare.text).toBe('typed');
		expect(other.state.corpus).toEqual(textOf('abab'));
		expect(other.address.problem).toMatch(/^You changed the input while the link was loading/);
	});
});

describe('what is shown of a training', () => {
	it('is restored: open sections, speed, and how the vocabulary is listed', async () => {
		const { view, settle } = setUp();
		for (const section of ['vocabulary', 'rules', 'curve'] as const) view.setOpen(section, true);
		view.setOpen('curve', false);
		Object.assign(view, { speed: 'slow', search: 'th', order: 'length', unused: true });
		const link = await settle();
		expect(link).toMatch(
			/^\?size=259&open=rules\+vocabulary&speed=slow&sort=length&unused=1#v1\.t=[^?]+\?find=th$/
		);
		const other = setUp();
		other.view.setOpen('text', true);
		await other.address.read(url(link));
		expect(other.view.open).toEqual(['rules', 'vocabulary']);
		const { speed, search, order, unused } = other.view;
		expect([speed, search, order, unused]).toEqual(['slow', 'th', 'length', true]);
		expect(await other.settle()).toBe(link);
	});

	it('keeps the step of a link while its training runs', async () => {
		const { state, address, settle, answer } = setUp();
		await address.read(url('?corpus=letters&size=259&step=1'));
		expect(state.status).toBe('loading');
		expect(await settle()).toBe('?corpus=letters&size=259&step=1');
		await answer();
		expect(state.step).toBe(1);
	});
});

describe('a kept file', () => {
	/** A file that is read once it is released. */
	function slowFile(content: string) {
		const file = new File([content], 'a.txt');
		const read = file.arrayBuffer.bind(file);
		let release: () => void = () => undefined;
		const released = new Promise<void>((resolve) => (release = resolve));
		const arrayBuffer = () => released.then(read);
		return { file: Object.assign(file, { arrayBuffer }), release };
	}

	it('is trained on with the rules of now, up to the step of its page', async () => {
		const { state, address, answer } = setUp();
		const { file, release } = slowFile('aaabdaaabac');
		const opening = address.open({ search: '?size=259&step=2', input: null, files: [file] });
		await vi.waitFor(() => expect(state.status).toBe('loading'));
		await answer();
		expect(state.step).toBe(2);
		const rules = { ...THREE_MERGES, minFrequency: 3 };
		state.setRules(rules);
		release();
		await opening;
		expect(state.corpus).toEqual(textOf('aaabdaaabac'));
		expect([state.rules, state.linkedStep]).toEqual([rules, 2]);
	});

	it('keeps a step that the corpus before has not', async () => {
		const { state, address, answer } = setUp();
		const { file, release } = slowFile('a longer text, and a longer text');
		const opening = address.open({ search: '?size=300&step=20', input: null, files: [file] });
		await vi.waitFor(() => expect(state.status).toBe('loading'));
		await answer();
		expect(state.step).toBeLessThan(20);
		release();
		await opening;
		expect(state.linkedStep).toBe(20);
	});

	it('changes nothing if the corpus was changed while it was read', async () => {
		const { state, address } = setUp();
		const { file, release } = slowFile('from the file');
		const opening = address.open({ search: '?size=259', input: null, files: [file] });
		await vi.waitFor(() => expect(state.status).toBe('loading'));
		state.setCorpus(textOf('typed'));
		release();
		await opening;
		expect(state.corpus).toEqual(textOf('typed'));
	});

	it.each(['text', 'counts'] as const)('of a table stays %s', async (format) => {
		const table = new File(['"ab"\t1\n'.repeat(200_000)], 'a.tsv', { type: 'text/plain' });
		const { state, address } = setUp();
		state.setCorpus({ kind: 'file', file: table, format });
		const captured = address.capture();
		const other = setUp();
		await other.address.open(captured);
		expect(other.state.corpus).toMatchObject({ kind: 'file', format, file: { name: 'a.tsv' } });
	});
});

describe('writing', () => {
	it('writes only the rules if the corpus is a file, and says why', async () => {
		const { state, address, settle } = setUp();
		state.setCorpus({ kind: 'file', file: fileOf('a.txt', 'a'), format: 'text' });
		expect(await settle()).toBe('?size=259');
		expect(address.unlinked).toBe('file');
	});

	it('names the rules that are not the default', async () => {
		const { state, settle } = setUp();
		state.setCorpus({ kind: 'text', text: 'aaabdaaabac', preset: 'letters' });
		state.setRules({ ...THREE_MERGES, pattern: { regex: '\\w+' }, specialTokens: ['<s>'] });
		expect(await settle()).toBe('?corpus=letters&size=259#v1?regex=%5Cw%2B&special=%3Cs%3E');
	});
});

describe('the other tokenizer and the whitespace marks', () => {
	it('are restored', async () => {
		const { state, comparison, drawing, settle, answer } = setUp();
		state.set(textOf('abab'), DEFAULT_RULES);
		await answer();
		comparison.setTokenizers(['gpt2']);
		drawing.whitespace = false;
		const link = await settle();
		expect(link).toMatch(/^\?size=1024&beside=gpt2&marks=off#/);

		const other = setUp();
		await other.address.read(url(link));
		expect(other.comparison.tokenizers).toEqual(['gpt2']);
		expect(other.drawing.whitespace).toBe(false);
		expect(other.address.problem).toBeNull();
	});

	it('are as by default if a link names none, or one that does not exist', async () => {
		const { comparison, address } = setUp();
		comparison.setTokenizers(['gpt2']);
		await address.read(url('?corpus=letters&size=259'));
		expect(comparison.tokenizers).toEqual(['cl100k_base']);
		await address.read(url('?corpus=letters&size=259&beside=gpt5'));
		expect(address.problem).toContain('“gpt5”');
	});
});
