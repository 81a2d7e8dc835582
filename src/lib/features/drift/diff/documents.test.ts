import { expect, it } from 'vitest';
import { encodeUtf8 } from '../../../engine/text/utf8';
import { FIRST_EXAMPLE } from '../../../session/examples';
import { DiffDocuments, MAX_DIFF_FILES } from './documents.svelte';

const fileOf = (name: string, content: string | Uint8Array<ArrayBuffer>) =>
	Object.assign(new Blob([content]), { name });
const texts = (documents: DiffDocuments) =>
	documents.all.map(({ name, text }) => [name, new TextDecoder().decode(text)]);

const mount = () => new DiffDocuments(() => ({ text: 'mine', document: encodeUtf8('mine') }));

it('holds the user’s text until files are opened', async () => {
	const documents = mount();
	expect(texts(documents)).toEqual([['your text', 'mine']]);
	expect(documents.text).toBe('mine');
	await documents.open([fileOf('a.txt', 'A'), fileOf('b.txt', 'B\r\n')]);
	expect(texts(documents)).toEqual([
		['a.txt', 'A'],
		['b.txt', 'B\r\n']
	]);
	expect(documents.text).toBeNull();
	documents.close();
	expect(documents.text).toBe('mine');
	// The text that the page starts with has a name of its own.
	const { text } = FIRST_EXAMPLE;
	const first = new DiffDocuments(() => ({ text, document: encodeUtf8(text) }));
	expect(first.all[0].name).toBe('the example text');
});

it('reports a file that cannot be read, and takes the others', async () => {
	const documents = mount();
	const opened = await documents.open([
		fileOf('bad.txt', Uint8Array.of(0xff)),
		fileOf('b.txt', 'B')
	]);
	const problems = [expect.stringContaining('bad.txt is not UTF-8')];
	expect(opened).toEqual({ names: ['b.txt'], problems });
	expect(texts(documents)).toEqual([['b.txt', 'B']]);
	expect(documents.problem).toContain('bad.txt is not UTF-8');
	documents.dismiss();
	expect(documents.problem).toBeNull();
	// Nothing is replaced if no file can be read.
	documents.close();
	await documents.open([fileOf('bad.txt', Uint8Array.of(0xff))]);
	expect(documents.text).toBe('mine');
});

it('limits the number of files, and says so', async () => {
	const documents = mount();
	const many = Array.from({ length: MAX_DIFF_FILES + 1 }, (_, i) => fileOf(`${i}.txt`, 'x'));
	await documents.open(many);
	expect(documents.all).toHaveLength(MAX_DIFF_FILES);
	expect(documents.problem).toContain(String(MAX_DIFF_FILES));
});

it('drops earlier files that arrive after newer ones', async () => {
	const documents = mount();
	const first = documents.open([fileOf('old.txt', 'old')]);
	await documents.open([fileOf('new.txt', 'new')]);
	expect(await first).toEqual({ names: [], problems: [] });
	expect(texts(documents)).toEqual([['new.txt', 'new']]);
});
