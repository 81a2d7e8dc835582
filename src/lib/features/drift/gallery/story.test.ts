import { expect, it } from 'vitest';
import { fakeCalls, settle } from '../../../../../tests/support/fake-calls';
import { sideBySideOf, sidesOf } from '../../../../../tests/support/fake-drift';
import type { TokenizerOutline } from '../../../drift/outline';
import { Outlines } from '../diff/outlines.svelte';
import type { PrerenderedStory } from './prerender-story';
import { Story } from './story.svelte';

const PRERENDERED = {
	word: { text: 'ab', sides: sideBySideOf(1, 2) },
	sentence: { text: 'ab ab', sides: sideBySideOf(1, 2) }
} as unknown as PrerenderedStory;

function mount() {
	const { calls, method } = fakeCalls<'driftSides'>();
	const story = new Story({ driftSides: method }, PRERENDERED, sidesOf('a', 'b'));
	return { story, calls };
}

it('is the prerendered one until this browser has computed it', async () => {
	const { story, calls } = mount();
	expect(story.isConfirmed).toBeNull();
	expect(story.texts.word).toBe(PRERENDERED.word);
	void story.compute();
	void story.compute();
	expect(calls.map(({ params }) => new TextDecoder().decode(params.text))).toEqual(['ab', 'ab ab']);
	calls[0].resolve(sideBySideOf(1, 2));
	await settle();
	expect(story.isConfirmed).toBeNull();
	calls[1].resolve(sideBySideOf(1, 2));
	await settle();
	expect(story.isConfirmed).toBe(true);
});

const same = sideBySideOf(1, 2);
it.each([
	['the word', sideBySideOf(2), same],
	['the sentence', same, sideBySideOf(2)],
	['what the model reads', same, { ...same, modelReads: { text: 'other', missing: 0 } }]
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
	const outline = { size: 5 } as TokenizerOutline;
	calls.calls[1].resolve(outline);
	await asked;
	expect(outlines.of('a')).toEqual(outline);
});
