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
	looksA: Uint8Array.of(1),
	looksB: Uint8Array.of(1, 1),
	modelReads: { text: 'xy', missing: 0 },
	answerReads: { text: 'zz', missing: 0 },
	roundTrip: { a: back, b: back }
});
const FACTS = {
	word: { text: 'ab', sides: sides(1, 2) },
	sentence: { text: 'ab ab', sides: sides(1, 2) }
} as unknown as PrerenderedStory;

function mount() {
	const calls = fakeCalls<'driftSides'>();
	const story = new Story({ driftSides: calls.method }, FACTS, sidesOf('a', 'b'));
	return { story, calls: calls.calls };
}

describe('Story', () => {
	it('is as the page came with it until this browser has computed it', async () => {
		const { story, calls } = mount();
		expect(story.confirmed).toBeNull();
		expect(story.word).toBe(FACTS.word);
		void story.tell();
		void story.tell();
		expect(calls.map(({ params }) => new TextDecoder().decode(params.text))).toEqual([
			'ab',
			'ab ab'
		]);
		calls[0].resolve(sides(1, 2));
		await settle();
		expect(story.confirmed).toBeNull();
		calls[1].resolve(sides(1, 2));
		await settle();
		expect(story.confirmed).toBe(true);
	});

	it.each([
		['the word', sides(2), sides(1, 2)],
		['the sentence', sides(1, 2), sides(2)],
		['what is read', sides(1, 2), { ...sides(1, 2), modelReads: { text: 'other', missing: 0 } }]
	])('shows what this browser says where %s is something else', async (_, word, sentence) => {
		const { story, calls } = mount();
		void story.tell();
		calls[0].resolve(word);
		calls[1].resolve(sentence);
		await settle();
		expect(story.confirmed).toBe(false);
		expect(story.word.sides).toBe(word);
		expect(story.sentence.sides).toBe(sentence);
	});

	it('says what failed, and can be told again', async () => {
		const { story, calls } = mount();
		void story.tell();
		calls[0].reject(new Error('the network did not answer'));
		await settle();
		expect(story.error).toBe('The network did not answer');
		expect(story.confirmed).toBeNull();
		void story.tell();
		expect(calls).toHaveLength(4);
		expect(story.error).toBeNull();
	});
});

describe('Outlines', () => {
	it('asks once for what of a tokenizer can be changed, and again where that failed', async () => {
		const calls = fakeCalls<'outline'>();
		const outlines = new Outlines({ outline: calls.method });
		void outlines.ask('a');
		void outlines.ask('a');
		expect(calls.calls).toHaveLength(1);
		calls.calls[0].reject(new Error('it broke'));
		await settle();
		expect(outlines.problem).toBe('It broke');
		expect(outlines.of('a')).toBeNull();
		const asked = outlines.ask('a');
		expect(outlines.problem).toBeNull();
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
