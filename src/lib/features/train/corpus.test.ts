import { afterEach, describe, expect, it, vi } from 'vitest';
import { fileOf } from '../../../../tests/support/fake-training';
import { MAX_CORPUS_BYTES, MAX_PAGE_BYTES, presetCorpus, readCorpusFile } from './corpus';

afterEach(() => {
	vi.unstubAllGlobals();
});

/** A file that pretends to have a size. */
const sized = (name: string, size: number) => ({ ...fileOf(name, ''), name, size });

async function read(file: Parameters<typeof readCorpusFile>[0], isDirectory = false) {
	const { corpus, opened } = await readCorpusFile(file, { isDirectory });
	return { corpus, text: opened?.text ?? null };
}

describe('a file', () => {
	it('becomes text in the page if it is small', async () => {
		expect(await read(fileOf('a.txt', 'a\r\né'))).toEqual({
			corpus: { kind: 'text', text: 'a\r\né' },
			text: 'a\r\né'
		});
	});

	it('stays a file if it is large or a table of counts', async () => {
		const large = fileOf('large.txt', 'a'.repeat(MAX_PAGE_BYTES + 1));
		expect(await read(large)).toEqual({
			text: null,
			corpus: { kind: 'file', file: large, format: 'text' }
		});
		const table = fileOf('counts.TSV', '"a"\t1\n');
		expect(await read(table)).toEqual({
			text: null,
			corpus: { kind: 'file', file: table, format: 'counts' }
		});
	});

	it('is refused if it is too large, binary, unreadable or a folder', async () => {
		await expect(read(sized('huge.txt', MAX_CORPUS_BYTES + 1))).rejects.toThrow(
			'huge.txt has 200.0 MB. The page trains on at most 200.0 MB. Count the file with "bpe-lab count"'
		);
		const binary = new Uint8Array(MAX_PAGE_BYTES + 1).fill(0x61);
		binary[5] = 0;
		await expect(read(fileOf('a.bin', binary))).rejects.toThrow(
			'a.bin looks binary: byte 5 is NUL. Training needs UTF-8 text.'
		);
		const gone = {
			...sized('gone.txt', MAX_PAGE_BYTES + 1),
			slice: () =>
				({ arrayBuffer: () => Promise.reject(new Error('not found')) }) as unknown as Blob
		};
		await expect(read(gone)).rejects.toThrow(
			'gone.txt could not be read (not found). It may have been moved or changed, or it is a folder. Choose it again.'
		);
		await expect(read(sized('src', MAX_PAGE_BYTES + 1), true)).rejects.toThrow('src is a folder');
	});
});

describe('a file with an error', () => {
	const refused = (file: Parameters<typeof readCorpusFile>[0]) =>
		readCorpusFile(file, {}).catch((cause: unknown) => cause);

	it('is refused before it replaces the corpus: empty', async () => {
		for (const name of ['a.txt', 'a.tsv'])
			expect(await refused(fileOf(name, ''))).toEqual(
				new Error(`${name} is empty. Open a file with text to train on.`)
			);
	});

	it('is refused before it replaces the corpus: not UTF-8, even at its end', async () => {
		const bytes = new Uint8Array(MAX_PAGE_BYTES + 9).fill(0x61);
		bytes[MAX_PAGE_BYTES + 5] = 0xff;
		expect(await refused(fileOf('a.txt', bytes))).toEqual(
			new Error('a.txt is not UTF-8: byte 1,000,005 is 0xFF. Save it as UTF-8 and open it again.')
		);
		const cut = new Uint8Array(MAX_PAGE_BYTES + 2).fill(0x61);
		cut[MAX_PAGE_BYTES + 1] = 0xc3;
		expect(await refused(fileOf('a.txt', cut))).toEqual(
			new Error('a.txt is not UTF-8: byte 1,000,001 is 0xC3. Save it as UTF-8 and open it again.')
		);
	});

	it('is refused before it replaces the corpus: a table with a wrong line', async () => {
		const lines = Array.from({ length: 90_000 }, (_, i) => `"w${i}"\t1\n`);
		lines[80_000] = '"w"\tmany\n';
		expect(await refused(fileOf('a.tsv', lines.join('')))).toEqual(
			new Error(
				'a.tsv: line 80001: got "many", expected a whole number from 1 to 9007199254740991 after the tab'
			)
		);
		expect(await refused(fileOf('b.tsv', '"a"\t1\nb'))).toEqual(
			new Error('b.tsv: line 2: got "b", expected a JSON string, a tab and a count')
		);
	});

	it('may be a table with another name', async () => {
		const table = fileOf('counts.txt', '"a"\t1\n');
		expect(await readCorpusFile(table, { format: 'counts' })).toEqual({
			corpus: { kind: 'file', file: table, format: 'counts' },
			opened: null
		});
	});
});

describe('an example', () => {
	it('is not fetched if it is part of the page', async () => {
		vi.stubGlobal('fetch', () => Promise.reject(new Error('asked the network')));
		expect(await presetCorpus('letters')).toEqual({
			kind: 'text',
			text: 'aaabdaaabac',
			preset: 'letters'
		});
	});

	it('is fetched if it is packed', async () => {
		vi.stubGlobal('fetch', () => Promise.resolve(new Response('All human beings')));
		expect(await presetCorpus('english')).toEqual({
			kind: 'text',
			text: 'All human beings',
			preset: 'english'
		});
	});
});
