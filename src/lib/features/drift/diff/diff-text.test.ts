import { expect, it } from 'vitest';
import { fakeCalls, settle } from '../../../../../tests/support/fake-calls';
import { sideBySideOf, sidesOf, textFindingsOf } from '../../../../../tests/support/fake-drift';
import { PLAIN_READING } from '../../../drift/text/read';
import { encodeUtf8 } from '../../../engine/text/utf8';
import { DiffText } from './diff-text.svelte';

const documentOf = (name: string, text: string) => ({ name, text: encodeUtf8(text) });

const FOUND = textFindingsOf({ changedTokens: 2, documentsChanged: 1 });
const SIDES = sideBySideOf(1, 2);
const PAIR = sidesOf('a', 'b');

function mount() {
	const { method: driftText, calls: texts } = fakeCalls<'driftText'>();
	const { method: driftSides, calls: sides } = fakeCalls<'driftSides'>();
	const first = {
		...SIDES,
		sides: sidesOf('first', 'second'),
		document: documentOf('first', 'ab'),
		findings: FOUND
	};
	const state = new DiffText({ driftText, driftSides }, first);
	const follow = (text: string, pair = PAIR) =>
		state.follow(pair, [documentOf('one', text)], PLAIN_READING);
	/** Answers the last question about documents. */
	const find = async () => {
		texts.at(-1)?.resolve(FOUND);
		await settle();
	};
	/** Answers the last question about two sides. */
	const draw = async () => {
		sides.at(-1)?.resolve(SIDES);
		await settle();
	};
	return { state, texts, sides, follow, find, draw };
}

it('compares all documents, then draws the first one side by side, and others on request', async () => {
	const { state, texts, find, draw } = mount();
	state.follow(PAIR, [documentOf('one', 'ab'), documentOf('two', 'ba')], PLAIN_READING);
	expect(state.status).toBe('loading');
	expect(texts[0].params.documents).toHaveLength(2);
	await find();
	expect(state.findingsOf(PAIR)).toBe(FOUND);
	await draw();
	expect(state.status).toBe('ready');
	expect(state.drawn).toMatchObject({ ...SIDES, sides: PAIR, document: { name: 'one' } });
	state.choose(1);
	await draw();
	expect(state.drawn.document.name).toBe('two');
	expect(texts).toHaveLength(1);
});

it('asks nothing for the same sides and the same text, and has findings only for these sides', async () => {
	const { state, texts, follow, find, draw } = mount();
	follow('ab');
	await find();
	await draw();
	follow('ab');
	expect(texts).toHaveLength(1);
	// Although the list of documents is another one.
	expect(state.findingsOf(PAIR)).toBe(FOUND);
	const next = sidesOf('a', 'b');
	expect(state.findingsOf(next)).toBeNull();
	follow('ab', next);
	expect([texts.length, state.findingsOf(next)]).toEqual([2, null]);
	follow('abc', next);
	expect(texts).toHaveLength(3);
});

it('drops an answer that was replaced, keeps what is drawn, and reports an error', async () => {
	const { state, texts, follow, find, draw } = mount();
	follow('ab');
	follow('abc');
	expect(texts[0].options.signal?.aborted).toBe(true);
	texts[0].resolve(FOUND);
	await find();
	await draw();
	const before = state.drawn;
	follow('abcd');
	texts[2].reject(new Error('it broke'));
	await settle();
	expect([state.status, state.error]).toEqual(['error', 'It broke']);
	expect(state.drawn).toBe(before);
});

it('compares again if the text is to be read differently, and passes on how', async () => {
	const { state, texts, sides, find, draw } = mount();
	const documents = [documentOf('one', 'ab')];
	state.follow(PAIR, documents, PLAIN_READING);
	await find();
	await draw();
	expect(state.isOf(PAIR, documents, PLAIN_READING)).toBe(true);
	const reading = { special: 'parse', template: true } as const;
	expect(state.isOf(PAIR, documents, reading)).toBe(false);
	state.follow(PAIR, documents, reading);
	expect(state.findings).toBeNull();
	expect(texts[1].params).toMatchObject(reading);
	await find();
	expect(sides[1].params).toMatchObject(reading);
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
