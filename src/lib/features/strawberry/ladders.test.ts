import { describe, expect, it } from 'vitest';
import { settle } from '../../../../tests/support/fake-calls';
import { fakeSpelling } from '../../../../tests/support/fake-spelling';
import { smallRanks } from '../../../../tests/support/small-specs';
import { wordMergesOf } from './ladder';
import { finalBoundaries } from './rivals';
import { createTokenizer } from '../../engine';
import { encodeUtf8 } from '../../engine/text/utf8';
import { anchorsOf, cutWords, ladderAnnouncement, partingWords } from './ladder-words';
import { WordMergesPair, MAX_LADDER_UNITS } from './ladders.svelte';

const tokenizer = createTokenizer(smallRanks());

function wordLadder(text: string) {
	const ladder = wordMergesOf(encodeUtf8(text), tokenizer.trace(text));
	return { ladder, cuts: finalBoundaries(ladder, (a, b) => tokenizer.mergeRank(a, b)) };
}

function pair() {
	const fake = fakeSpelling();
	const ladders = new WordMergesPair(fake.workers, ['a', 'b'], {
		word: 'hello',
		ladders: { a: wordLadder('hello'), b: wordLadder('hello') }
	});
	return { ladders, calls: fake.ladders };
}

const name = (id: string) => id.toUpperCase();

describe('WordMergesPair', () => {
	it('begins at the end of what is known', () => {
		const { ladders, calls } = pair();
		expect([ladders.step, ladders.last]).toEqual([4, 4]);
		expect(ladders.parting).toEqual({ a: null, b: null, sameCuts: true });
		ladders.follow('hello');
		expect(calls).toEqual([]);
	});

	it('follows a word in the chosen form, and stays at the end', async () => {
		const { ladders, calls } = pair();
		ladders.follow('he');
		expect(calls.map(({ params }) => params)).toEqual([
			{ tokenizer: 'a', text: 'he', byteStart: 0 },
			{ tokenizer: 'b', text: 'he', byteStart: 0 }
		]);
		for (const { resolve, params } of calls) resolve(wordLadder(params.text));
		await settle();
		expect([ladders.step, ladders.last]).toEqual([1, 1]);
		ladders.setForm('sentence');
		expect(calls.slice(2).map(({ params }) => params)).toEqual([
			{ tokenizer: 'a', text: 'The he', byteStart: 3 },
			{ tokenizer: 'b', text: 'The he', byteStart: 3 }
		]);
	});

	it('asks anew for the side whose tokenizer changes, and keeps the step', async () => {
		const { ladders, calls } = pair();
		ladders.setStep(2);
		ladders.setTokenizer(1, 'c');
		expect(calls.map(({ params }) => params)).toEqual([
			{ tokenizer: 'c', text: 'hello', byteStart: 0 }
		]);
		calls[0].resolve(wordLadder('hello'));
		await settle();
		expect([ladders.tokenizers, ladders.step]).toEqual([['a', 'c'], 2]);
	});

	it('follows no word that is empty or too long', () => {
		const { ladders, calls } = pair();
		ladders.follow('x'.repeat(MAX_LADDER_UNITS + 1));
		expect([ladders.tooLong, ladders.sides, ladders.last]).toEqual([true, [null, null], 0]);
		ladders.follow('');
		expect(ladders.tooLong).toBe(false);
		expect(calls).toEqual([]);
	});

	it('says why there is no answer', async () => {
		const { ladders, calls } = pair();
		ladders.follow('he');
		calls[0].reject(new Error('no network'));
		await settle();
		expect(ladders.problem).toBe('No network');
	});
});

const decoder = new TextDecoder();
const spell = (bytes: Uint8Array) => decoder.decode(bytes);

describe('words about ladders', () => {
	const { ladder, cuts } = wordLadder('llo');

	it('tell why a cut stands', () => {
		expect(cutWords(ladder, cuts, spell)).toEqual([
			'No merge joins ll + o. On the way l + o (rank 259) lost to l + l (rank 257).'
		]);
	});

	it('tell the same reason once', () => {
		const twice = wordLadder('llo llo');
		expect(cutWords(twice.ladder, twice.cuts, spell)).toEqual([
			'No merge joins ll + o. On the way l + o (rank 259) lost to l + l (rank 257). The same in 2 places.',
			'No merge joins   + ll.'
		]);
	});

	it('keep tokens in order that are written from right to left', () => {
		expect(cutWords(ladder, cuts, (bytes) => (bytes.length === 1 ? 'ر' : 'ف'))[0]).toContain(
			'No merge joins \u2068ف\u2069 + \u2068ر\u2069.'
		);
	});

	it('tell a step', () => {
		const said = [0, 1, 2].map((step) => ladderAnnouncement('A', ladder, step, spell));
		expect(said).toEqual([
			'A: before the first merge.',
			'A: l + l → ll, rank 257.',
			'A: done after 1 merge.'
		]);
	});

	it('tell where two part', () => {
		const side = (id: string) => ({ tokenizer: id, text: 'llo', byteStart: 0, ladder, cuts });
		const words = (parting: Parameters<typeof partingWords>[0]['parting']) =>
			partingWords({ sides: [side('a'), side('b')], parting }, name, spell);
		expect(words({ a: 1, b: null, sameCuts: false })).toBe(
			'Here they part: only A makes ll (step 1, rank 257). They end with different cuts.'
		);
		expect(words({ a: null, b: null, sameCuts: true })).toBe(
			'On the way both make the same tokens. They end with the same cuts.'
		);
		expect(words(null)).toContain('do not see the same characters');
		expect(partingWords({ sides: [side('a'), null], parting: null }, name, spell)).toBe('');
	});

	it('know where a token begins at every step', () => {
		expect([...anchorsOf(ladder)]).toEqual([0, 2]);
	});
});
