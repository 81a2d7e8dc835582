import { expect, it } from 'vitest';
import { fakeCalls, settle } from '../../../../../tests/support/fake-calls';
import { sideBySideOf, sidesOf } from '../../../../../tests/support/fake-drift';
import { PLAIN_READING } from '../../../drift/text/read';
import { encodeUtf8 } from '../../../engine/text/utf8';
import { DiffText } from './diff-text.svelte';

const SIDES = sideBySideOf(1, 2);
const PAIR = sidesOf('a', 'b');

function mount() {
	const { method: driftText, calls: texts } = fakeCalls<'driftText'>();
	const first = { ...SIDES, sides: sidesOf('first', 'second'), text: encodeUtf8('ab') };
	const state = new DiffText({ driftText }, first);
	const follow = (text: string, sides = PAIR) =>
		state.follow({ sides, text: encodeUtf8(text), reading: PLAIN_READING });
	/** Answers the last question. */
	const answer = async () => {
		texts.at(-1)?.resolve(SIDES);
		await settle();
	};
	return { state, texts, follow, answer };
}

it('compares the text and draws it side by side', async () => {
	const { state, texts, follow, answer } = mount();
	follow('ba');
	expect(state.status).toBe('loading');
	expect(texts[0].params).toEqual({ ...PAIR, ...PLAIN_READING, text: encodeUtf8('ba') });
	expect(state.findingsOf(PAIR)).toBeNull();
	await answer();
	expect(state.status).toBe('ready');
	expect(state.findingsOf(PAIR)).toBe(SIDES.findings);
	expect(state.drawn).toMatchObject({ ...SIDES, sides: PAIR, text: encodeUtf8('ba') });
});

it('asks nothing for the same sides and the same text, and has findings only for these sides', async () => {
	const { state, texts, follow, answer } = mount();
	follow('ab');
	await answer();
	follow('ab');
	expect(texts).toHaveLength(1);
	// The byte arrays are equal but not identical.
	expect(state.findingsOf(PAIR)).toBe(SIDES.findings);
	const next = sidesOf('a', 'b');
	expect(state.findingsOf(next)).toBeNull();
	follow('ab', next);
	expect([texts.length, state.findingsOf(next)]).toEqual([2, null]);
	follow('abc', next);
	expect(texts).toHaveLength(3);
});

it('drops an answer that was replaced, keeps what is drawn, and reports an error', async () => {
	const { state, texts, follow, answer } = mount();
	follow('ab');
	follow('abc');
	expect(texts[0].options.signal?.aborted).toBe(true);
	texts[0].resolve(sideBySideOf(2));
	await answer();
	const before = state.drawn;
	follow('abcd');
	texts[2].reject(new Error('it broke'));
	await settle();
	expect([state.status, state.error]).toEqual(['error', 'It broke']);
	expect(state.drawn).toBe(before);
});

it('compares again if the text is to be read differently, and passes on how', async () => {
	const { state, texts, answer } = mount();
	const plain = { sides: PAIR, text: encodeUtf8('ab'), reading: PLAIN_READING };
	state.follow(plain);
	await answer();
	expect(state.isOf(plain)).toBe(true);
	const reading = { special: 'parse', template: true } as const;
	expect(state.isOf({ ...plain, reading })).toBe(false);
	state.follow({ ...plain, reading });
	expect(state.findingsOf(PAIR)).toBeNull();
	expect(texts[1].params).toMatchObject(reading);
});

it('asks once about what fails or was stopped, and again only on request', async () => {
	const { state, texts, follow } = mount();
	follow('ab');
	texts[0].reject(new Error('it broke'));
	await settle();
	follow('ab');
	expect(texts).toHaveLength(1);
	expect(state.error).toBe('It broke');
	state.again();
	expect(texts).toHaveLength(2);
	expect(state.status).toBe('loading');
	state.stop();
	expect(texts[1].options.signal?.aborted).toBe(true);
	follow('ab');
	expect(texts).toHaveLength(2);
	expect(state.error).toMatch(/^Stopped/);
});
