import { describe, expect, it, vi } from 'vitest';
import { hashOf, recordAddress } from '../../../../tests/support/fake-address';
import { fakeSharedText } from '../../../../tests/support/fake-shared-text';
import { pass, useFakeTimers } from '../../../../tests/support/fake-timers';
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
import { DEFAULT_RULES } from '../../session/downloads/corpora';
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
	const shown = {
		view: new TrainView(),
		shared: fakeSharedText().state,
		comparison: fakeSharedText(['cl100k_base']).state,
		drawing: new Drawing()
	};
	shown.shared.setText(FIRST_EXAMPLE.text);
	const names = { load: () => Promise.resolve(), has: (id: string) => id === 'gpt2' };
	const linked = { train: state, ...shown, defaultTokenizer: 'cl100k_base' };
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
	const setExample = () =>
		state.setCorpus({ kind: 'text', text: 'aaabdaaabac', preset: 'letters' });
	const write = () => settle(() => address.write());
	return { ...fake, ...shown, state, address, answer, setExample, settle: write };
}

const url = (rest: string) => new URL(`https://lab.example/bpe/train/${rest}`);

/** Another page that opened a link, whose training is answered. */
async function openInAnother(link: string) {
	const other = setUp();
	await other.address.read(url(link));
	await other.answer();
	expect(other.address.problem).toBeNull();
	return other;
}

useFakeTimers();
describe('a link', () => {
	it('restores corpus, rules and step in another page', async () => {
		const { state, settle, answer } = setUp();
		const rules = { ...DEFAULT_RULES, vocabularySize: 258, ties: 'first-seen' } as const;
		state.set(textOf('ab\r\nab abab\ufeff'), rules);
		await answer();
		state.setStep(1);
		const link = await settle();

		const other = await openInAnother(link);
		expect(other.state.corpus).toEqual(textOf('ab\r\nab abab\ufeff'));
		expect([other.state.rules, other.state.step]).toEqual([rules, 1]);
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

	it('reports an unknown example, and keeps the corpus', async () => {
		const { state, address } = setUp();
		const { corpus } = state;
		await address.read(url('?corpus=nothing&size=x'));
		expect(address.problem).toBe(
			'The link asks for the example “nothing”, which the lab does not have. The link has “size=x”; expected a whole number of at least 1.'
		);
		expect(state.corpus).toBe(corpus);
		expect(state.rules).toEqual(DEFAULT_RULES);
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
		const { state, shared, settle, answer } = setUp();
		const preset = search.includes('letters') ? { preset: 'letters' } : {};
		state.set({ kind: 'text', text: corpus, ...preset }, THREE_MERGES);
		await answer();
		shared.setText('a\r\n\ud800b');
		const link = await settle();
		expect(link).toMatch(new RegExp(`^\\${search}#v1\\.t=[\\w-]+&s=[\\w-]+$`));

		const other = await openInAnother(link);
		expect([other.shared.text, other.shared.kind]).toEqual(['a\r\n\ud800b', 'text']);
		expect(other.state.corpus).toEqual({ kind: 'text', text: corpus, ...preset });
		expect(await other.settle()).toBe(link);
	});

	it('may be empty', async () => {
		const { shared, setExample, settle } = setUp();
		setExample();
		shared.setText('');
		const other = setUp();
		other.shared.setKind('ids');
		await other.address.read(url(await settle()));
		expect([other.shared.text, other.shared.kind]).toEqual(['', 'text']);
		expect(other.state.corpus).toMatchObject({ preset: 'letters' });
	});

	it('stays as it is if a link holds none, or if it is too long for one', async () => {
		const { shared, address, setExample, settle } = setUp();
		setExample();
		shared.setText('x'.repeat(2_001));
		expect(await settle()).toBe('?corpus=letters&size=259');
		await address.read(url('?corpus=letters&size=260'));
		expect(shared.text).toHaveLength(2_001);
	});

	it('stays if the user changed it while the link was loading, but the corpus is restored', async () => {
		const { state, shared, settle } = setUp();
		state.setCorpus(textOf('abab'));
		shared.setText('shared');
		const link = await settle();
		const other = setUp();
		const read = other.address.read(url(link));
		other.shared.setText('typed');
		await read;
		expect(other.shared.text).toBe('typed');
		expect(other.state.corpus).toEqual(textOf('abab'));
		expect(other.address.problem).toMatch(/^You changed the input while the link was loading/);
	});
});

it('restores speed, and how the vocabulary is listed', async () => {
	const { view, settle } = setUp();
	const listed = { speed: 'slow', search: 'th', order: 'length', unused: true };
	Object.assign(view, listed);
	const link = await settle();
	const other = setUp();
	await other.address.read(url(link));
	expect(other.view).toMatchObject(listed);
	expect(await other.settle()).toBe(link);
});

describe('a kept file', () => {
	/** A page that opens a file, and a function that lets it be read. */
	async function openSlowly(search: string, content: string) {
		const page = setUp();
		const { address, state } = page;
		const file = new File([content], 'a.txt');
		const read = file.arrayBuffer.bind(file);
		let release: () => void = () => undefined;
		const released = new Promise<void>((resolve) => (release = resolve));
		Object.assign(file, { arrayBuffer: () => released.then(read) });
		const opening = address.open({ search, input: null, files: [file] });
		await vi.waitFor(() => expect(state.status).toBe('loading'));
		const finish = () => {
			release();
			return opening;
		};
		return { ...page, read: finish };
	}

	it('is trained on with the rules of now, up to the step of its page', async () => {
		const { state, answer, read } = await openSlowly('?size=259&step=2', 'aaabdaaabac');
		await answer();
		expect(state.step).toBe(2);
		const rules = { ...THREE_MERGES, minFrequency: 3 };
		state.setRules(rules);
		await read();
		expect(state.corpus).toEqual(textOf('aaabdaaabac'));
		expect([state.rules, state.linkedStep]).toEqual([rules, 2]);
	});

	it('keeps a step that the corpus before has not', async () => {
		const { state, answer, read } = await openSlowly(
			'?size=300&step=20',
			'a longer text, and a longer text'
		);
		await answer();
		expect(state.step).toBeLessThan(20);
		await read();
		expect(state.linkedStep).toBe(20);
	});

	it('changes nothing if the corpus was changed while it was read', async () => {
		const { state, read } = await openSlowly('?size=259', 'from the file');
		state.setCorpus(textOf('typed'));
		await read();
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

it('writes only the rules if the corpus is a file, and says why', async () => {
	const { state, address, settle } = setUp();
	state.setCorpus({ kind: 'file', file: fileOf('a.txt', 'a'), format: 'text' });
	expect(await settle()).toBe('?size=259');
	expect(address.unlinked).toBe('file');
});

describe('the other tokenizer and the whitespace marks', () => {
	it('are restored, and are as by default if a link names none', async () => {
		const { state, comparison, drawing, settle, answer } = setUp();
		state.set(textOf('abab'), DEFAULT_RULES);
		await answer();
		comparison.setTokenizers(['gpt2']);
		drawing.whitespace = false;
		const link = await settle();
		expect(link).toMatch(/^\?size=1024&beside=gpt2&marks=off#/);

		const other = await openInAnother(link);
		expect(other.comparison.tokenizers).toEqual(['gpt2']);
		expect(other.drawing.whitespace).toBe(false);
		await other.address.read(url('?corpus=letters&size=259'));
		expect(other.comparison.tokenizers).toEqual(['cl100k_base']);
	});
});
