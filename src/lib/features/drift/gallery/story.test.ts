import { describe, expect, it } from 'vitest';
import { endingAt, fakeCalls, settle } from '../../../../../tests/support/fake-calls';
import { sidesOf } from '../../../../../tests/support/fake-drift';
import type { SideBySide } from '../../../drift/text/side-by-side';
import { Outlines } from '../diff/outlines.svelte';
import type { PrerenderedStory } from './prerender-story';
import { Story } from './story.svelte';

const back = { text: 'ab', sameText: true, sameIds: true };
const sides = (...endsOfB: number[]): SideBySide => ({
	a: endingAt(2),
	b: endingAt(...endsOfB),
	rows: [],
	differences: Uint32Array.of(0, 2),
	differsA: Uint8Array.of(1),
	differsB: Uint8Array.of(1, 1),
	modelReads: { text: 'xy', missing: 0 },
	answerReads: { text: 'zz', missing: 0 },
	expected: 'ab',
	repeatedBos: { a: null, b: null },
	templateNames: { a: new Map(), b: new Map() },
	roundTrip: { a: back, b: back }
});
const PRERENDERED = {
	word: { text: 'ab', sides: sides(1, 2) },
	sentence: { text: 'ab ab', sides: sides(1, 2) }
} as unknown as PrerenderedStory;

function mount() {
	const calls = fakeCalls<'driftSides'>();
	const story = new Story({ driftSides: calls.method }, PRERENDERED, sidesOf('a', 'b'));
	return { story, calls: calls.calls };
}

describe('Story', () => {
	it('is the prerendered one until this browser has computed it', async () => {
		const { story, calls } = mount();
		expect(story.isConfirmed).toBeNull();
		expect(story.texts.word).toBe(PRERENDERED.word);
		void story.compute();
		void story.compute();
		expect(calls.map(({ params }) => new TextDecoder().decode(params.text))).toEqual([
			'ab',
			'ab ab'
		]);
		calls[0].resolve(sides(1, 2));
		await settle();
		expect(story.isConfirmed).toBeNull();
		calls[1].resolve(sides(1, 2));
		await settle();
		expect(story.isConfirmed).toBe(true);
	});

	it.each([
		['the word', sides(2), sides(1, 2)],
		['the sentence', sides(1, 2), sides(2)],
		[
			'the text that the model reads',
			sides(1, 2),
			{ ...sides(1, 2), modelReads: { text: 'other', missing: 0 } }
		]
	])('shows this browser’s answer if %s differs', async (_, word, sentence) => {
		const { story, calls } = mount();
		void story.compute();
		calls[0].resolve(word);
		calls[1].resolve(sentence);
		await settle();
		expect(story.isConfirmed).toBe(false);
		expect(story.texts.word.sides).toBe(word);
		expect(story.texts.sentence.sides).toBe(sentence);
	});

	it('says what failed, and can be computed again', async () => {
		const { story, calls } = mount();
		void story.compute();
		calls[0].reject(new Error('the network did not answer'));
		await settle();
		expect(story.error).toBe('The network did not answer');
		expect(story.isConfirmed).toBeNull();
		void story.compute();
		expect(calls).toHaveLength(4);
		expect(story.error).toBeNull();
	});
});

describe('Outlines', () => {
	it('asks once what can be changed in a tokenizer, and again after an error only on request', async () => {
		const calls = fakeCalls<'outline'>();
		const outlines = new Outlines({ outline: calls.method });
		void outlines.ask('a');
		void outlines.ask('a');
		expect(calls.calls).toHaveLength(1);
		calls.calls[0].reject(new Error('it broke'));
		await settle();
		expect(outlines.problemOf('a')).toBe('It broke');
		expect(outlines.of('a')).toBeNull();
		// An error is an answer.
		void outlines.ask('a');
		expect(calls.calls).toHaveLength(1);
		const asked = outlines.again('a');
		expect(outlines.problemOf('a')).toBeNull();
		const outline = {
			normalizer: null,
			pre_tokenizer: null,
			post_processor: null,
			decoder: null,
			size: 5,
			splits: [],
			merges: 1,
			ignoreMerges: false,
			addedTokens: [],
			before: []
		};
		calls.calls[1].resolve(outline);
		await asked;
		expect(outlines.of('a')).toEqual(outline);
	});
});
