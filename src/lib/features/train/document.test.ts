import { describe, expect, it, vi } from 'vitest';
import { hashOf } from '../../../../tests/support/fake-address';
import { useFakeTimers } from '../../../../tests/support/fake-timers';
import { setUpTrainPage } from '../../../../tests/support/fake-train-state';
import { fileOf, textOf, THREE_MERGES } from '../../../../tests/support/fake-training';
import { DEFAULT_RULES } from '../../session/downloads/corpora';

/** A second page that has opened the link and finished training. */
async function openInAnother(link: string) {
	const other = setUpTrainPage();
	await other.read(link);
	await other.answer();
	expect(other.document.problem).toBeNull();
	return other;
}

useFakeTimers();

describe('a link', () => {
	it('restores corpus, rules and step in another page', async () => {
		const { train, link, answer } = setUpTrainPage();
		const rules = { ...DEFAULT_RULES, vocabularySize: 258, ties: 'first-seen' } as const;
		train.set(textOf('ab\r\nab abab\ufeff'), rules);
		await answer();
		train.setStep(1);
		const other = await openInAnother(await link());
		expect(other.train.corpus).toEqual(textOf('ab\r\nab abab\ufeff'));
		expect([other.train.rules, other.train.step]).toEqual([rules, 1]);
		expect(await other.link()).toBe(await link());
	});

	it('names an example instead of its text, and leaves out the first step', async () => {
		const { train, value, read, link, answer } = setUpTrainPage();
		await read('?corpus=letters&size=259');
		await answer();
		expect(train.corpus).toEqual({ kind: 'text', text: 'aaabdaaabac', preset: 'letters' });
		expect(train.step).toBe(1);
		expect(await link()).toBe('?corpus=letters&size=259');
		train.setStep(3);
		value.pair = 2;
		expect(await link()).toBe('?corpus=letters&size=259&step=3&pair=2');
		const other = await openInAnother(await link());
		expect([other.train.step, other.value.pair]).toEqual([3, 2]);
	});

	it('reports an unknown example, and keeps the corpus', async () => {
		const { train, document, read } = setUpTrainPage();
		const { corpus } = train;
		await read('?corpus=nothing&size=x');
		expect(document.problem).toBe(
			'The link asks for the example “nothing”, which the lab does not have. The link contains “size=x”; expected a whole number of at least 1.'
		);
		expect(train.corpus).toBe(corpus);
		expect(train.rules).toEqual(DEFAULT_RULES);
	});

	it('wins over an earlier one that is still being fetched', async () => {
		const { train, read } = setUpTrainPage();
		let arrive: (response: Response) => void = () => undefined;
		const fetch = vi.fn(() => new Promise<Response>((resolve) => (arrive = resolve)));
		vi.stubGlobal('fetch', fetch);
		const slow = read('?corpus=english');
		await vi.waitFor(() => expect(fetch).toHaveBeenCalledOnce());
		await read(await hashOf('aaab'));
		arrive(new Response('All human beings'));
		await slow;
		expect(train.corpus).toEqual(textOf('aaab'));
	});
});

describe('the shared text', () => {
	it.each([
		['an example', '?corpus=letters&size=259', 'aaabdaaabac'],
		['a corpus of the user’s', '?size=259', 'ab\r\nab']
	])('is restored next to %s', async (_, search, corpus) => {
		const { train, input, link, answer } = setUpTrainPage();
		const preset = search.includes('letters') ? { preset: 'letters' } : {};
		train.set({ kind: 'text', text: corpus, ...preset }, THREE_MERGES, 1);
		await answer();
		input.show('a\r\n\ud800b');
		expect(await link()).toMatch(new RegExp(`^\\${search}#v1\\.t=[\\w-]+&s=[\\w-]+$`));
		const other = await openInAnother(await link());
		expect([other.input.text, other.input.kind]).toEqual(['a\r\n\ud800b', 'text']);
		expect(other.train.corpus).toEqual({ kind: 'text', text: corpus, ...preset });
		expect(await other.link()).toBe(await link());
	});

	it('may be empty', async () => {
		const { input, link } = setUpTrainPage();
		input.show('');
		const other = setUpTrainPage();
		other.input.kind = 'ids';
		await other.read(await link());
		expect([other.input.text, other.input.kind]).toEqual(['', 'text']);
		expect(other.train.corpus).toMatchObject({ preset: 'letters' });
	});

	it('stays as it is if a link holds none, or if it is too long for one', async () => {
		const { document, input, read } = setUpTrainPage();
		input.show('x'.repeat(2_001));
		expect(await document.link()).toBe('?corpus=letters');
		await read('?corpus=letters&size=260');
		expect(input.text).toHaveLength(2_001);
	});

	it('is restored next to an example that cannot be fetched, and the corpus stays', async () => {
		const { train, document, input, read } = setUpTrainPage();
		vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline')));
		const { corpus } = train;
		const linked = setUpTrainPage();
		linked.input.show('shared');
		await read((await linked.link()).replace('letters', 'english'));
		expect(document.problem).not.toBeNull();
		expect([input.text, train.corpus]).toEqual(['shared', corpus]);
	});

	it.each(['text', 'corpus'])(
		'or the corpus stays if the user changed only that while the link was loading: %s',
		async (changed) => {
			const { train, input, link } = setUpTrainPage();
			train.setCorpus(textOf('abab'));
			input.show('shared');
			const other = setUpTrainPage();
			const opened = other.read(await link());
			if (changed === 'text') other.input.show('typed');
			else other.train.setCorpus(textOf('typed'));
			await opened;
			const text = changed === 'text' ? 'typed' : 'shared';
			const corpus = textOf(changed === 'text' ? 'abab' : 'typed');
			expect([other.input.text, other.train.corpus]).toEqual([text, corpus]);
			expect(other.document.problem).toMatch(/^You changed the input while the link was loading/);
		}
	);
});

describe('a kept file', () => {
	/** A page that opens a file, and a function that lets the file be read. */
	async function openSlowly(search: string, content: string) {
		const page = setUpTrainPage();
		const file = new File([content], 'a.txt');
		const read = file.arrayBuffer.bind(file);
		let release: () => void = () => undefined;
		const released = new Promise<void>((resolve) => (release = resolve));
		Object.assign(file, { arrayBuffer: () => released.then(read) });
		const opening = page.document.open({ search, input: null, files: [file] });
		await vi.waitFor(() => expect(page.train.status).toBe('loading'));
		const finish = () => {
			release();
			return opening;
		};
		return { ...page, read: finish };
	}

	it('is trained on with the rules of now, up to the step of its page', async () => {
		const { train, answer, read } = await openSlowly('?size=259&step=2', 'aaabdaaabac');
		await answer();
		expect(train.step).toBe(2);
		const rules = { ...THREE_MERGES, minFrequency: 3 };
		train.setRules(rules);
		await read();
		expect(train.corpus).toEqual(textOf('aaabdaaabac'));
		expect([train.rules, train.linkedStep]).toEqual([rules, 2]);
	});

	it('keeps a step that the corpus before has not', async () => {
		const { train, answer, read } = await openSlowly('?size=300&step=20', 'a longer text');
		await answer();
		expect(train.step).toBeLessThan(20);
		await read();
		expect(train.linkedStep).toBe(20);
	});

	it('changes nothing if the corpus was changed while it was read', async () => {
		const { train, read } = await openSlowly('?size=259', 'from the file');
		train.setCorpus(textOf('typed'));
		await read();
		expect(train.corpus).toEqual(textOf('typed'));
	});

	it.each(['text', 'counts'] as const)('of a table stays %s', async (format) => {
		const table = new File(['"ab"\t1\n'.repeat(200_000)], 'a.tsv', { type: 'text/plain' });
		const { train, document } = setUpTrainPage();
		train.setCorpus({ kind: 'file', file: table, format });
		const other = setUpTrainPage();
		await other.document.open(document.capture());
		expect(other.train.corpus).toMatchObject({ kind: 'file', format, file: { name: 'a.tsv' } });
	});
});

it('links only to the rules if the corpus is a file', async () => {
	const { train, document } = setUpTrainPage();
	train.setCorpus({ kind: 'file', file: fileOf('a.txt', 'a'), format: 'text' });
	expect(await document.link()).toBe('');
});
