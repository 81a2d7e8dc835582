import { describe, expect, it } from 'vitest';
import { endingAt, fakeCalls, settle } from '../../../../../tests/support/fake-calls';
import { sidesOf } from '../../../../../tests/support/fake-drift';
import type { SideBySide } from '../../../drift/text/side-by-side';
import { PLAIN_READING } from '../../../drift/text/read';
import type { TextFindings } from '../../../drift/types';
import { encodeUtf8 } from '../../../engine/text/utf8';
import { DiffText } from './diff-text.svelte';

const documentOf = (name: string, text: string) => ({ name, text: encodeUtf8(text) });

const FOUND: TextFindings = {
	tokensA: 2,
	tokensB: 1,
	changedTokens: 2,
	cutTokens: 2,
	newTokens: 1,
	bytes: 2,
	documents: 1,
	documentsChanged: 1,
	firstDivergence: null,
	perDocument: [],
	worstFirst: Uint32Array.of(0),
	largestIdB: 100
};

const back = { text: 'ab', sameText: true, sameIds: true };
const SIDES: SideBySide = {
	a: endingAt(1, 2),
	b: endingAt(2),
	rows: [{ kind: 'tokens', fromA: 0, toA: 2, fromB: 0, toB: 1, start: 0, end: 2 }],
	differences: Uint32Array.of(0, 2),
	differsA: Uint8Array.of(1, 1),
	differsB: Uint8Array.of(1),
	modelReads: { text: 'xy', missing: 0 },
	answerReads: { text: 'zz', missing: 0 },
	expected: 'ab',
	repeatedBos: { a: null, b: null },
	templateNames: { a: new Map(), b: new Map() },
	roundTrip: { a: back, b: back }
};

function mount() {
	const texts = fakeCalls<'driftText'>();
	const sides = fakeCalls<'driftSides'>();
	const first = {
		...SIDES,
		sides: sidesOf('first', 'second'),
		document: documentOf('first', 'ab'),
		findings: FOUND
	};
	const state = new DiffText({ driftText: texts.method, driftSides: sides.method }, first);
	return { state, texts: texts.calls, sides: sides.calls };
}

describe('DiffText', () => {
	it('compares all documents, then draws the first one side by side', async () => {
		const { state, texts, sides } = mount();
		const pair = sidesOf('a', 'b');
		state.follow(pair, [documentOf('one', 'ab'), documentOf('two', 'ab')], PLAIN_READING);
		expect(state.status).toBe('loading');
		expect(texts[0].params.documents).toHaveLength(2);
		texts[0].resolve(FOUND);
		await settle();
		expect(state.findingsOf(pair)).toBe(FOUND);
		sides[0].resolve(SIDES);
		await settle();
		expect(state.status).toBe('ready');
		expect(state.drawn.document.name).toBe('one');
		expect(state.drawn).toMatchObject({ ...SIDES, sides: pair });
	});

	it('asks nothing for the same sides and the same text', async () => {
		const { state, texts, sides } = mount();
		const pair = sidesOf('a', 'b');
		state.follow(pair, [documentOf('one', 'ab')], PLAIN_READING);
		texts[0].resolve(FOUND);
		await settle();
		sides[0].resolve(SIDES);
		await settle();
		state.follow(pair, [documentOf('one', 'ab')], PLAIN_READING);
		expect(texts).toHaveLength(1);
		// Although the list of documents is another one.
		expect(state.findingsOf(pair)).toBe(FOUND);
		state.follow(pair, [documentOf('one', 'abc')], PLAIN_READING);
		expect(texts).toHaveLength(2);
	});

	it('has findings only for the sides they are about', async () => {
		const { state, texts } = mount();
		const pair = sidesOf('a', 'b');
		state.follow(pair, [documentOf('one', 'ab')], PLAIN_READING);
		texts[0].resolve(FOUND);
		await settle();
		expect(state.findingsOf(sidesOf('a', 'c'))).toBeNull();
		const next = sidesOf('a', 'c');
		state.follow(next, [documentOf('one', 'ab')], PLAIN_READING);
		expect(state.findingsOf(next)).toBeNull();
	});

	it('draws another document without comparing all of them again', async () => {
		const { state, texts, sides } = mount();
		state.follow(
			sidesOf('a', 'b'),
			[documentOf('one', 'ab'), documentOf('two', 'ba')],
			PLAIN_READING
		);
		texts[0].resolve(FOUND);
		await settle();
		sides[0].resolve(SIDES);
		await settle();
		state.choose(1);
		expect(texts).toHaveLength(1);
		sides[1].resolve(SIDES);
		await settle();
		expect(state.drawn.document.name).toBe('two');
	});

	it('drops an answer that was replaced, keeps what is drawn, and reports an error', async () => {
		const { state, texts, sides } = mount();
		const pair = sidesOf('a', 'b');
		state.follow(pair, [documentOf('one', 'ab')], PLAIN_READING);
		state.follow(pair, [documentOf('one', 'abc')], PLAIN_READING);
		expect(texts[0].options.signal?.aborted).toBe(true);
		texts[0].resolve(FOUND);
		texts[1].resolve(FOUND);
		await settle();
		sides[0].resolve(SIDES);
		await settle();
		const before = state.drawn;
		state.follow(pair, [documentOf('one', 'abcd')], PLAIN_READING);
		texts[2].reject(new Error('it broke'));
		await settle();
		expect(state.status).toBe('error');
		expect(state.error).toBe('It broke');
		expect(state.drawn).toBe(before);
	});

	it('compares again if the text is to be read differently, and passes on how', async () => {
		const { state, texts, sides } = mount();
		const pair = sidesOf('a', 'b');
		const documents = [documentOf('one', 'ab')];
		state.follow(pair, documents, PLAIN_READING);
		texts[0].resolve(FOUND);
		await settle();
		sides[0].resolve(SIDES);
		await settle();
		expect(state.isOf(pair, documents, PLAIN_READING)).toBe(true);
		const reading = { special: 'parse', template: true } as const;
		expect(state.isOf(pair, documents, reading)).toBe(false);
		state.follow(pair, documents, reading);
		expect(state.findings).toBeNull();
		expect(texts[1].params).toMatchObject(reading);
		texts[1].resolve(FOUND);
		await settle();
		expect(sides[1].params).toMatchObject(reading);
	});

	it('asks once about what fails, and again only on request', async () => {
		const { state, texts } = mount();
		const pair = sidesOf('a', 'b');
		const documents = [documentOf('one', 'ab')];
		state.follow(pair, documents, PLAIN_READING);
		texts[0].reject(new Error('it broke'));
		await settle();
		state.follow(pair, documents, PLAIN_READING);
		state.follow(pair, [documentOf('one', 'ab')], PLAIN_READING);
		expect(texts).toHaveLength(1);
		expect(state.error).toBe('It broke');
		state.again();
		expect(texts).toHaveLength(2);
		expect(state.status).toBe('loading');
		state.stop();
		state.follow(pair, documents, PLAIN_READING);
		expect(texts).toHaveLength(2);
		expect(state.error).toMatch(/^Stopped/);
	});

	it('can be stopped', () => {
		const { state, texts } = mount();
		state.follow(sidesOf('a', 'b'), [documentOf('one', 'ab')], PLAIN_READING);
		state.stop();
		expect(texts[0].options.signal?.aborted).toBe(true);
		expect(state.error).toMatch(/^Stopped/);
	});
});
