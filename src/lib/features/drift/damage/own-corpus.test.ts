import { describe, expect, it } from 'vitest';
import { DAMAGE_CORPORA } from './damage-corpora';
import { encodeUtf8 } from '../../../engine/text/utf8';
import { damageTexts } from './damage-texts';
import { DiffDocuments } from '../diff/documents.svelte';
import { corpusSentence, OwnCorpus } from './own-corpus.svelte';

const file = (name: string, text: string) => ({
	name,
	size: text.length,
	arrayBuffer: () => Promise.resolve(encodeUtf8(text).slice().buffer)
});
const lines = (bytes: number) => 'nine byte\n'.repeat(bytes / 10);

describe('text of one’s own to measure on', () => {
	it('says what it needs, and what it got where that is too little: one message', () => {
		const own = new OwnCorpus();
		expect(own.sizes).toBeNull();
		expect(corpusSentence(own)).toBe(
			'At least 20 kB are needed, 200 kB or more give steady figures.'
		);
		own.setText('too short');
		expect(own.sizes).toBeNull();
		expect(corpusSentence(own)).toBe(
			'Got 9 bytes in your text. At least 20 kB are needed, 200 kB or more give steady figures.'
		);
	});

	it('says what is learned from and what is held out of a text', () => {
		const own = new OwnCorpus();
		own.setText(lines(500_000));
		expect(own.sizes).toMatchObject({ dealt: 'parts', heldOutBytes: 100_000 });
		expect(corpusSentence(own)).toBe(
			'500 kB in your text: the model learns from 400 kB; every fifth part of it, 100 kB, is held out and served.'
		);
		own.setText(lines(50_000));
		expect(corpusSentence(own)).toMatch(/Below 200 kB the figures are rough\.$/);
	});

	it('takes files instead, each a document', async () => {
		const own = new OwnCorpus();
		own.setText('a text');
		await own.open(['a', 'b', 'c', 'd', 'e'].map((name) => file(name, lines(50_000))));
		expect(own.text).toBeNull();
		expect(own.sizes).toMatchObject({ dealt: 'documents', heldOutDocuments: 1 });
		expect(corpusSentence(own)).toBe(
			'250 kB in 5 files: the model learns from 200 kB; every fifth file, 50 kB, is held out and served.'
		);
		own.setText(lines(30_000));
		expect(own.all).toHaveLength(1);
	});

	it('names a file that cannot be read', async () => {
		const own = new OwnCorpus();
		const broken = {
			...file('bad.txt', 'x'),
			arrayBuffer: () => Promise.resolve(Uint8Array.of(0xff).buffer)
		};
		await own.open([broken]);
		expect(own.problem).toContain('bad.txt is not UTF-8');
		own.dismiss();
		expect(own.problem).toBeNull();
	});

	it('is too much beyond what a page can hold', () => {
		const own = new OwnCorpus();
		own.setText(lines(20_000_010));
		expect(own.sizes).toBeNull();
		expect(corpusSentence(own)).toContain('at most 20,000 kB');
	});
});

describe('texts that damage is measured on', () => {
	const offered = (shown: string, own = new OwnCorpus()) =>
		damageTexts(new DiffDocuments(() => ({ text: shown, document: encodeUtf8(shown) })), own);

	it('are the examples, then the text of the diff and the user’s own if they are long enough', () => {
		const examples = DAMAGE_CORPORA.map(({ id }) => id);
		expect(offered('short').map(({ id }) => id)).toEqual(examples);
		const own = new OwnCorpus();
		own.setText(lines(30_000));
		const all = offered(lines(30_000), own);
		expect(all.map(({ id }) => id)).toEqual([...examples, 'shown', 'own']);
		expect(all.slice(-2).map(({ name }) => name)).toEqual(['the compared text', 'your text']);
	});

	it('are told apart by what is in them', () => {
		const own = new OwnCorpus();
		const keyOf = () => offered('short', own).at(-1)?.key;
		own.setText(`one ${lines(30_000)}`);
		const before = keyOf();
		expect(keyOf()).toEqual(before);
		own.setText(`two ${lines(30_000)}`);
		expect(keyOf()).not.toEqual(before);
	});
});
