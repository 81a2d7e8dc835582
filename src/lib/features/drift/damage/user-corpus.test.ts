import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../../engine/text/utf8';
import { damageTexts } from './damage-texts';
import { DiffDocuments } from '../diff/documents.svelte';
import { describeUserCorpus } from './messages';
import { UserCorpus } from './user-corpus.svelte';

const file = (name: string, text: string) => ({
	name,
	size: text.length,
	arrayBuffer: () => Promise.resolve(encodeUtf8(text).slice().buffer)
});
const lines = (bytes: number) => 'nine byte\n'.repeat(bytes / 10);

describe('UserCorpus', () => {
	it('says how much it needs, and how much it has if that is too little', () => {
		const corpus = new UserCorpus();
		expect(corpus.sizes).toBeNull();
		expect(describeUserCorpus(corpus)).toBe(
			'At least 20 kB are needed. Figures are steady from 200 kB.'
		);
		corpus.setText('too short');
		expect(corpus.sizes).toBeNull();
		expect(describeUserCorpus(corpus)).toBe(
			'Found 9 bytes in your text. At least 20 kB are needed. Figures are steady from 200 kB.'
		);
	});

	it('says how much of a text is trained on and how much is held out', () => {
		const corpus = new UserCorpus();
		corpus.setText(lines(500_000));
		expect(corpus.sizes).toMatchObject({ dealt: 'parts', heldOutBytes: 100_000 });
		expect(describeUserCorpus(corpus)).toBe(
			'500 kB in your text. The model learns from 400 kB. Every fifth part (100 kB) is held out and served.'
		);
		corpus.setText(lines(50_000));
		expect(describeUserCorpus(corpus)).toMatch(/Below 200 kB the figures are rough\.$/);
	});

	it('takes files instead, each as a document', async () => {
		const corpus = new UserCorpus();
		corpus.setText('a text');
		await corpus.documents.open(['a', 'b', 'c', 'd', 'e'].map((name) => file(name, lines(50_000))));
		expect(corpus.documents.text).toBeNull();
		expect(corpus.sizes).toMatchObject({ dealt: 'documents', heldOutDocuments: 1 });
		expect(describeUserCorpus(corpus)).toBe(
			'250 kB in 5 files. The model learns from 200 kB. Every fifth file (50 kB) is held out and served.'
		);
		corpus.setText(lines(30_000));
		expect(corpus.documents.all).toHaveLength(1);
	});

	it('names a file that cannot be read', async () => {
		const corpus = new UserCorpus();
		const broken = {
			...file('bad.txt', 'x'),
			arrayBuffer: () => Promise.resolve(Uint8Array.of(0xff).buffer)
		};
		await corpus.documents.open([broken]);
		expect(corpus.documents.problem).toContain('bad.txt is not UTF-8');
		corpus.documents.dismiss();
		expect(corpus.documents.problem).toBeNull();
	});

	it('refuses more than a page can hold', () => {
		const corpus = new UserCorpus();
		corpus.setText(lines(20_000_010));
		expect(corpus.sizes).toBeNull();
		expect(describeUserCorpus(corpus)).toContain('At most 20.0 MB');
	});
});

describe('damageTexts', () => {
	const offered = (shown: string, corpus = new UserCorpus()) =>
		damageTexts(new DiffDocuments(() => ({ text: shown, document: encodeUtf8(shown) })), corpus);

	it('offers the examples, then the compared text and the user corpus if they are long enough', () => {
		const examples = ['factbook', 'code', 'languages'];
		expect(offered('short').map(({ id }) => id)).toEqual(examples);
		const corpus = new UserCorpus();
		corpus.setText(lines(30_000));
		const all = offered(lines(30_000), corpus);
		expect(all.map(({ id }) => id)).toEqual([...examples, 'shown', 'own']);
		expect(all.slice(-2).map(({ name }) => name)).toEqual(['the compared text', 'your text']);
	});

	it('tells texts apart by their content', () => {
		const corpus = new UserCorpus();
		const keyOf = () => offered('short', corpus).at(-1)?.key;
		corpus.setText(`one ${lines(30_000)}`);
		const before = keyOf();
		expect(keyOf()).toEqual(before);
		corpus.setText(`two ${lines(30_000)}`);
		expect(keyOf()).not.toEqual(before);
	});
});
