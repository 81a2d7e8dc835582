import { describe, expect, it } from 'vitest';
import { packedSpec } from '../../../../tests/support/packed-tokenizers';
import { resultOf, serve } from '../../../../tests/support/serve';
import { smallRanks } from '../../../../tests/support/small-specs';
import type { TokenizerSpec } from '../../engine';
import { encodeUtf8 } from '../../engine/text/utf8';
import { writePacked } from '../../engine/formats/packed';
import type { SpecEdit } from '../../drift/edits/spec-edit';
import type { Calls, Method } from '../../app/calls';

const SWAPPED: readonly SpecEdit[] = [{ kind: 'swap-ids', ids: [256, 261] }];
const PAIR = { a: { tokenizer: 'small' }, b: { tokenizer: 'small', edits: SWAPPED } };

/** Texts as text, without the tokens of a template. */
const PLAIN = { ...PAIR, special: 'text', template: false } as const;

function setUp(specOf: (id: string) => TokenizerSpec = () => smallRanks()) {
	const served = serve((id) => Promise.resolve(specOf(id)));
	let id = 0;
	const call = async <M extends Method>(method: M, params: Calls[M]['params']) => {
		served.service.handle({ id: ++id, method, params });
		return resultOf(method, await served.end(id));
	};
	return { ...served, call };
}

describe('drift', () => {
	it('tells a tokenizer from an edited copy of it, with the text of each token', async () => {
		const { findings, tokensA, tokensB } = await setUp().call('drift', { ...PAIR, rows: 400 });
		expect(findings.vocabulary).toMatchObject({ shared: 262, moved: 2, added: 0, removed: 0 });
		expect(findings.embedding).toMatchObject({ rows: 400, state: 'in-range' });
		expect(findings.fingerprint.a).toMatch(/^bpe-lab-drift-v2:/);
		const token = ({ bytes, ends }: typeof tokensA, id: number) =>
			new TextDecoder().decode(bytes.subarray(ends[id - 1], ends[id]));
		expect([token(tokensA, 256), token(tokensB, 256)]).toEqual(['he', 'hello']);
		expect(token(tokensA, 300)).toBe('<|end|>');
	});

	it('reports each part, so that a slow machine is not taken for a worker that hangs', async () => {
		const { call, posted } = setUp();
		await call('drift', { ...PAIR, rows: null });
		const running = posted.slice(posted.findIndex(({ type }) => type === 'start'));
		expect(running.filter(({ type }) => type === 'progress')).toHaveLength(3);
	});

	it('takes the user’s own tokenizers', async () => {
		const own = writePacked('mine', smallRanks());
		const { call } = setUp();
		const { findings } = await call('drift', {
			a: { tokenizer: 'own-1', own },
			b: { tokenizer: 'small' },
			rows: null
		});
		expect(findings.vocabulary).toMatchObject({ sameId: 262, moved: 0 });
	});

	it('refuses an edit that does not apply, with the edit’s own error', async () => {
		const { service, end } = setUp();
		const edits: readonly SpecEdit[] = [{ kind: 'swap-ids', ids: [0, 999] }];
		const params = { a: PAIR.a, b: { tokenizer: 'small', edits }, rows: null };
		service.handle({ id: 1, method: 'drift', params });
		expect(await end(1)).toMatchObject({
			type: 'error',
			retry: false,
			message: 'swap-ids: got id 999, expected 0 to 300'
		});
	});
});

describe('selfEncode', () => {
	it('finds the unreachable tokens', async () => {
		const edits: readonly SpecEdit[] = [{ kind: 'drop-last-merges', count: 1 }];
		const pair = { a: PAIR.a, b: { tokenizer: 'small', edits } };
		const { a, b, lost } = await setUp().call('selfEncode', pair);
		expect([a.unreachable, b.unreachable, lost].map((ids) => [...ids])).toEqual([[], [261], [261]]);
	});
});

describe('driftText', () => {
	it('compares documents, reports progress, and can be stopped', async () => {
		const { call, posted, service, end, until } = setUp();
		const documents = ['one', 'two', 'three'].map((name) => ({
			name,
			text: encodeUtf8(name === 'two' ? 'hello he' : 'lo')
		}));
		const found = await call('driftText', { ...PLAIN, documents });
		expect(found).toMatchObject({
			documents: 3,
			documentsChanged: 1,
			changedTokens: 2,
			firstDivergence: { document: 'two', byte: 0, idsA: [261], idsB: [256] }
		});
		const long = { name: 'long', text: encodeUtf8('hello\n'.repeat(60_000)) };
		const request = {
			id: 9,
			method: 'driftText',
			params: { ...PLAIN, documents: [long] }
		} as const;
		service.handle(request);
		await until((message) => message.id === 9 && message.type === 'progress');
		service.handle({ cancel: 9 });
		expect((await end(9)).type).toBe('cancelled');
		expect(posted.some(({ type }) => type === 'progress')).toBe(true);
	});
});

describe('driftSides', () => {
	it('aligns one text, and reads the ids of each side with the other', async () => {
		const { call, transferred } = setUp();
		const sides = await call('driftSides', {
			...PLAIN,
			text: encodeUtf8('hello lo')
		});
		expect([...sides.a.ids]).toEqual([261, 32, 259]);
		expect([...sides.b.ids]).toEqual([256, 32, 259]);
		expect(sides.rows).toEqual([
			{ kind: 'tokens', fromA: 0, toA: 3, fromB: 0, toB: 3, start: 0, end: 8 }
		]);
		expect([...sides.differences]).toEqual([0, 5]);
		expect([...sides.differsA]).toEqual([2, 0, 0]);
		expect([...sides.differsB]).toEqual([2, 0, 0]);
		expect(transferred.at(-1)).toContain(sides.a.ids.buffer);
		expect(sides.modelReads).toEqual({ text: 'he lo', missing: 0 });
		expect(sides.answerReads).toEqual({ text: 'he lo', missing: 0 });
		expect(sides.roundTrip.a).toEqual({ text: 'hello lo', sameText: true, sameIds: true });
	});

	it('compares a tokenizer with itself in one encoding', async () => {
		const same = { ...PLAIN, b: PAIR.a, text: encodeUtf8('hello lo') };
		const sides = await setUp().call('driftSides', same);
		expect([...sides.b.ids]).toEqual([261, 32, 259]);
		expect([...sides.differences]).toEqual([]);
	});

	it('does not divide a long text if an edited tokenizer could merge across chunks', async () => {
		const edits: readonly SpecEdit[] = [
			{
				kind: 'pre_tokenizer',
				value: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true }
			}
		];
		const { b } = await setUp().call('driftSides', {
			...PLAIN,
			b: { tokenizer: 'small', edits },
			text: encodeUtf8('w\n'.repeat(50_000))
		});
		// " w" once, at the beginning; a second one would be a chunk's.
		expect(b.ids.filter((id) => id === 260)).toHaveLength(1);
	});
});

describe('a text with special tokens and a template', () => {
	const bos = (times: 0 | 1 | 2): readonly SpecEdit[] => [
		{ kind: 'bos', times, token: times === 0 ? null : '<|begin_of_text|>' }
	];
	const llama3 = (times: 0 | 1 | 2) => ({ tokenizer: 'llama3', edits: bos(times) });
	/** A chat as its template writes it. Its ids are in the description of vllm#15695. */
	const chat = encodeUtf8(
		'<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\nCutting Knowledge'
	);
	const CHAT_IDS = [128000, 128006, 9125, 128007, 271, 38766, 1303, 33025];

	it('has the BOS of the template before that of the text, as in Hugging Face', async () => {
		const { call } = setUp(packedSpec);
		const pair = { a: llama3(0), b: llama3(1), special: 'parse', template: true } as const;
		const { a, b, rows, repeatedBos, templateNames, ...sides } = await call('driftSides', {
			...pair,
			text: chat
		});
		expect([...a.ids]).toEqual(CHAT_IDS);
		expect([...b.ids]).toEqual([128000, ...CHAT_IDS]);
		expect(repeatedBos).toEqual({
			a: null,
			b: { id: 128000, content: '<|begin_of_text|>', times: 2 }
		});
		// The token that only B adds is never hidden among equal ones.
		expect(rows[0]).toEqual({
			kind: 'tokens',
			fromA: 0,
			toA: 0,
			fromB: 0,
			toB: 1,
			start: 0,
			end: 0
		});
		expect(rows.at(-1)).toMatchObject({ toA: 8, toB: 9 });
		expect(sides.differsB[0]).not.toBe(0);
		expect(templateNames.b.get(128000)).toBe('<|begin_of_text|>');
		expect(sides.modelReads.text).toMatch(/^(<\|begin_of_text\|>){2}<\|start/);
		expect(sides.expected).toMatch(/^<\|begin_of_text\|><\|start/);
		expect(sides.roundTrip.b.sameText).toBe(true);
		const found = await call('driftText', { ...pair, documents: [{ name: 'chat', text: chat }] });
		expect(found).toMatchObject({ tokensA: 8, tokensB: 9, documentsChanged: 1, newTokens: 1 });
		expect(found.perDocument[0]).toMatchObject({ comesBackA: true, comesBackB: true });
	});

	it('leaves out templates and parses nothing unless asked to', async () => {
		const { call } = setUp(packedSpec);
		const pair = { a: llama3(1), b: llama3(2) };
		const plain = { ...pair, special: 'text', template: false } as const;
		const sides = await call('driftSides', { ...plain, text: chat });
		expect([...sides.a.ids]).not.toContain(128000);
		expect(sides.repeatedBos).toEqual({ a: null, b: null });
		const parsed = await call('driftSides', { ...plain, special: 'parse', text: chat });
		expect([...parsed.a.ids]).toEqual(CHAT_IDS);
		const added = await call('driftSides', { ...plain, template: true, text: encodeUtf8('Hello') });
		expect([[...added.a.ids], [...added.b.ids]]).toEqual([
			[128000, 9906],
			[128000, 128000, 9906]
		]);
		expect(added.repeatedBos.b?.times).toBe(2);
	});

	it('calls no other token a BOS that occurs twice', async () => {
		const { call } = setUp(packedSpec);
		const text = encodeUtf8('<|eot_id|><|eot_id|>Hi');
		const pair = { a: llama3(0), b: llama3(0), special: 'parse', template: false } as const;
		const { a, repeatedBos } = await call('driftSides', { ...pair, text });
		expect([...a.ids.subarray(0, 2)]).toEqual([128009, 128009]);
		expect(repeatedBos).toEqual({ a: null, b: null });
	});
});

describe('outline', () => {
	it('lists what can be changed', async () => {
		const outline = await setUp().call('outline', { tokenizer: 'small' });
		expect(outline).toMatchObject({ size: 301, splits: [' ?\\p{L}+|\\p{N}+|[^\\p{L}\\p{N}]'] });
	});
});
