import { expect, it } from 'vitest';
import { connect } from './database';
import { KeptPages, separateTab } from './kept-pages';
import type { CapturedPage } from './documents/page-address.svelte';

const session: CapturedPage = {
	page: 'drift/diff',
	search: '?a=gpt2&b=llama3',
	input: null,
	files: null,
	text: 'too long for a link'
};
const PLAIN = { search: '', hash: '' };

it('finds what it kept of a page with the address that was written, though the session has a longer one', async () => {
	await new KeptPages().keep('drift/diff', PLAIN, session);
	const kept = new KeptPages();
	expect(await kept.find('drift/diff', PLAIN)).toEqual(session);
	expect(await kept.find('drift/diff', { search: session.search, hash: '' })).toBeNull();
	expect(await kept.find('drift/diff', { search: '', hash: '#v1.t=x' })).toBeNull();
	expect(await kept.find('train', PLAIN)).toBeNull();
});

it('keeps nothing of a page whose link holds everything', async () => {
	const kept = new KeptPages();
	await kept.keep('drift/diff', PLAIN, session);
	await kept.keep('drift/diff', PLAIN, null);
	expect(await kept.find('drift/diff', PLAIN)).toBeNull();
});

it.each(['\ufeffBOM', 'a\0b\r\n', 'half a pair \ud83d', 'é\u{1f600}'.repeat(50_000)])(
	'keeps %j to the code unit',
	async (text) => {
		// A text that is also the input is kept once.
		for (const value of [`${text}!`, text]) {
			const kept = { ...session, input: { kind: 'text', value }, text } as const;
			await new KeptPages().keep('train', PLAIN, kept);
			expect(await new KeptPages().find('train', PLAIN)).toEqual(kept);
		}
	}
);

it('deletes the files of a page that shows a text again, also after a visit to another page', async () => {
	const kept = new KeptPages();
	const file = new File(['a corpus'], 'corpus.txt');
	await kept.keep('train', PLAIN, { ...session, page: 'train', files: [file] });
	await kept.keep('', PLAIN, null);
	expect((await kept.find('train', PLAIN))?.files).toHaveLength(1);
	await kept.keep('train', PLAIN, { ...session, page: 'train' });
	const database = await connect()();
	const keys = (await database.getAllKeys('pages')).map(String);
	database.close();
	expect(keys.filter((key) => key.endsWith('train files'))).toEqual([]);
	expect(keys.filter((key) => key.endsWith('train'))).toHaveLength(1);
});

it('keeps nothing in common with a tab that it opened', async () => {
	const kept = new KeptPages();
	await kept.keep('drift/diff', PLAIN, session);
	separateTab(window);
	expect(await kept.find('drift/diff', PLAIN)).toBeNull();
});
