import { describe, expect, it, vi } from 'vitest';
import { fileOf } from '../../../../tests/support/fake-training';
import { MAX_CORPUS_BYTES, MAX_PAGE_BYTES, presetCorpus, readCorpusFile } from './corpus';

/** A file that claims to have this size. */
const sized = (name: string, size: number) => ({ ...fileOf(name, ''), name, size });

/** The error message with which a file is rejected before it replaces the corpus. */
const refusal = (...args: Parameters<typeof readCorpusFile>) =>
	readCorpusFile(...args).catch((error: unknown) => (error as Error).message);

/** A file too large to become text on the page, with these bytes at an offset. */
function largeFile(name: string, offset: number, ...bytes: number[]) {
	const content = new Uint8Array(Math.max(MAX_PAGE_BYTES + 1, offset + bytes.length)).fill(0x61);
	content.set(bytes, offset);
	return fileOf(name, content);
}

const table = (wrong: string) =>
	Array.from({ length: 90_000 }, (_, i) => (i === 80_000 ? wrong : `"w${i}"\t1\n`)).join('');

describe('a file', () => {
	it('becomes text in the page if it is small', async () => {
		const { corpus, opened } = await readCorpusFile(fileOf('a.txt', 'a\r\né'), {});
		expect(corpus).toEqual({ kind: 'text', text: 'a\r\né' });
		expect(opened?.text).toBe('a\r\né');
	});

	const large = fileOf('large.txt', 'a'.repeat(MAX_PAGE_BYTES + 1));
	const counts = fileOf('counts.TSV', '"a"\t1\n');
	const otherName = fileOf('counts.txt', '"a"\t1\n');

	it.each([
		['large', large, 'text', {}],
		['a table of counts', counts, 'counts', {}],
		['a table with another name', otherName, 'counts', { format: 'counts' }]
	] as const)('stays a file if it is %s', async (_, file, format, options) => {
		expect(await readCorpusFile(file, options)).toEqual({
			corpus: { kind: 'file', file, format },
			opened: null
		});
	});

	it.each([
		[
			sized('a.txt', MAX_CORPUS_BYTES + 1),
			'a.txt is 200.0 MB. This page can train on at most 200.0'
		],
		[largeFile('a.bin', 5, 0), 'a.bin looks binary: byte 5 is NUL. Training needs UTF-8 text.'],
		[fileOf('a.txt', ''), 'a.txt is empty. Open a file with text to train on.'],
		[fileOf('a.tsv', ''), 'a.tsv is empty. Open a file with text to train on.'],
		// Even at its end, or if it ends inside a character.
		[largeFile('a.txt', MAX_PAGE_BYTES + 5, 0xff, 0x61), 'not UTF-8: byte 1,000,005 is 0xFF. Save'],
		[largeFile('a.txt', MAX_PAGE_BYTES + 1, 0xc3), 'a.txt is not UTF-8: byte 1,000,001 is 0xC3.'],
		[fileOf('a.tsv', table('"w"\tmany\n')), 'a.tsv: line 80001: got "many", expected a whole'],
		[fileOf('b.tsv', '"a"\t1\nb'), 'b.tsv: line 2: got "b", expected a JSON string, a tab and a']
	])('is refused: %#', async (file, message) => {
		expect(await refusal(file, {})).toContain(message);
	});

	it('is refused if it cannot be read, or is a folder', async () => {
		const arrayBuffer = () => Promise.reject(new Error('not found'));
		const slice = () => ({ arrayBuffer }) as unknown as Blob;
		const gone = { ...sized('gone.txt', MAX_PAGE_BYTES + 1), slice };
		expect(await refusal(gone, {})).toBe(
			'gone.txt could not be read (not found). It may have been moved or changed, or it is a folder. Choose it again.'
		);
		const folder = sized('src', MAX_PAGE_BYTES + 1);
		expect(await refusal(folder, { isDirectory: true })).toContain('src is a folder');
	});
});

it.each([
	['letters', 'aaabdaaabac', 'is part of the page'],
	['english', 'All human beings', 'is fetched']
])('the example %s is “%s”: it %s', async (preset, text) => {
	vi.stubGlobal('fetch', () =>
		preset === 'english'
			? Promise.resolve(new Response(text))
			: Promise.reject(new Error('asked the network'))
	);
	expect(await presetCorpus(preset)).toEqual({ kind: 'text', text, preset });
});
