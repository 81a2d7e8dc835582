import { describe, expect, it } from 'vitest';
import { packedSpec } from '../../../../tests/support/packed-tokenizers';
import { serve } from '../../../../tests/support/serve';
import { smallRanks } from '../../../../tests/support/small-specs';
import { byteLevel } from '../../../../tests/support/spec-parts';
import { encodeUtf8 } from '../../engine/text/utf8';
import { writePacked } from '../../engine/formats/packed';
import type { SpecEdit } from '../../drift/edits/spec-edit';
import type { CaseQuestion } from '../../drift/cases/types';
import { NoTokenError } from '../../engine';
import { LibraryError, type RawLibrary } from '../../tokenizers/runtimes/raw-library';
import type { Job } from '../../workers/job';
import { LoadedTokenizers } from '../../session/calls/tokenizing';
import { createDriftHandlers, type DamageParams } from './worker';

const SWAPPED: readonly SpecEdit[] = [{ kind: 'swap-ids', ids: [256, 261] }];
const PAIR = { a: { tokenizer: 'small' }, b: { tokenizer: 'small', edits: SWAPPED } };

/** Special tokens as text, without a template. */
const PLAIN = { ...PAIR, special: 'text', template: false } as const;

describe('drift', () => {
	it('tells a tokenizer from an edited copy of it, with the text of each token', async () => {
		const { call, posted } = serve();
		const { findings, tokensA, tokensB } = await call('drift', { ...PAIR, rows: 400 });
		expect(findings.vocabulary).toMatchObject({ shared: 262, moved: 2, added: 0, removed: 0 });
		expect(findings.embedding).toMatchObject({ rows: 400, state: 'in-range' });
		expect(findings.fingerprint.a).toMatch(/^bpe-lab-drift-v2:/);
		const token = ({ bytes, ends }: typeof tokensA, id: number) =>
			new TextDecoder().decode(bytes.subarray(ends[id - 1], ends[id]));
		expect([token(tokensA, 256), token(tokensB, 256)]).toEqual(['he', 'hello']);
		expect(token(tokensA, 300)).toBe('<|end|>');
		// Every part is reported, so that a slow machine isn't mistaken for a worker that hangs.
		const running = posted.slice(posted.findIndex(({ type }) => type === 'start'));
		expect(running.filter(({ type }) => type === 'progress')).toHaveLength(3);
	});

	it('takes the user’s own tokenizers', async () => {
		const own = writePacked('mine', smallRanks());
		const pair = { a: { tokenizer: 'own-1', savedFile: own }, b: PAIR.a };
		const { findings } = await serve().call('drift', { ...pair, rows: null });
		expect(findings.vocabulary).toMatchObject({ sameId: 262, moved: 0 });
	});

	it('refuses an edit that does not apply, with the edit’s own error', async () => {
		const edits: readonly SpecEdit[] = [{ kind: 'swap-ids', ids: [0, 999] }];
		const params = { a: PAIR.a, b: { tokenizer: 'small', edits }, rows: null };
		expect(await serve().send('drift', params)).toMatchObject({
			type: 'error',
			retry: false,
			message: 'swap-ids: got id 999, expected a whole number from 0 to 300'
		});
	});
});

it('tries inputs, then finds the unreachable tokens of both sides', async () => {
	const edits: readonly SpecEdit[] = [{ kind: 'drop-last-merges', count: 1 }];
	const params = { a: PAIR.a, b: { tokenizer: 'small', edits }, rows: null };
	const { call } = serve();
	let found = await call('driftProbes', params);
	while (found.share < 1) found = await call('driftProbes', params);
	expect(found.output.severity).toBe('silent');
	if (!found.selfEncode) throw new Error('expected findings of the self-encode check');
	const { a, b, lost } = found.selfEncode;
	expect([a.unreachable, b.unreachable, lost].map((ids) => [...ids])).toEqual([[], [261], [261]]);
});

it('compares a text, reports progress, and can be stopped', async () => {
	const { call, send, service, until } = serve();
	const { findings } = await call('driftText', { ...PLAIN, text: encodeUtf8('hello he') });
	expect(findings).toMatchObject({
		changedTokens: 2,
		firstDivergence: { document: 'the text', byte: 0, idsA: [261], idsB: [256] }
	});
	const stopped = send('driftText', { ...PLAIN, text: encodeUtf8('hello\n'.repeat(60_000)) });
	await until(({ id, type }) => id === 2 && type === 'progress');
	service.handle({ cancel: 2 });
	expect((await stopped).type).toBe('cancelled');
});

describe('driftText', () => {
	it('aligns one text, and reads the ids of each side with the other', async () => {
		const { call, transferred } = serve();
		const sides = await call('driftText', { ...PLAIN, text: encodeUtf8('hello lo') });
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
		// If both sides are the same tokenizer, one encoding is enough.
		const same = await call('driftText', { ...PLAIN, b: PAIR.a, text: encodeUtf8('hello lo') });
		expect([...same.b.ids]).toEqual([261, 32, 259]);
		expect([...same.differences]).toEqual([]);
	});

	it('does not divide a long text if an edited tokenizer could merge across chunks', async () => {
		const value = byteLevel({ add_prefix_space: true });
		const edits: readonly SpecEdit[] = [{ kind: 'pre_tokenizer', value }];
		const { b } = await serve().call('driftText', {
			...PLAIN,
			b: { tokenizer: 'small', edits },
			text: encodeUtf8('w\n'.repeat(50_000))
		});
		// " w" occurs once, at the start. A second one would come from a chunk.
		expect(b.ids.filter((id) => id === 260)).toHaveLength(1);
	});
});

describe('a text with special tokens and a template', () => {
	const bos = (times: 0 | 1 | 2): readonly SpecEdit[] => [
		{ kind: 'bos', times, token: times === 0 ? null : '<|begin_of_text|>' }
	];
	const llama3 = (times: 0 | 1 | 2) => ({ tokenizer: 'llama3', edits: bos(times) });
	/** A chat as rendered by its template. Its ids are in the description of vllm#15695. */
	const chat = encodeUtf8(
		'<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\nCutting Knowledge'
	);
	const CHAT_IDS = [128000, 128006, 9125, 128007, 271, 38766, 1303, 33025];

	const { call } = serve((id) => Promise.resolve(packedSpec(id)));

	it('has the BOS of the template before that of the text, as in Hugging Face', async () => {
		const pair = { a: llama3(0), b: llama3(1), special: 'parse', template: true } as const;
		const { a, b, rows, repeatedBos, templateNames, findings, ...sides } = await call('driftText', {
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
		expect(rows[0]).toMatchObject({ kind: 'tokens', fromA: 0, toA: 0, fromB: 0, toB: 1, end: 0 });
		expect(rows.at(-1)).toMatchObject({ toA: 8, toB: 9 });
		expect(sides.differsB[0]).not.toBe(0);
		expect(templateNames.b.get(128000)).toBe('<|begin_of_text|>');
		expect(sides.modelReads.text).toMatch(/^(<\|begin_of_text\|>){2}<\|start/);
		expect(sides.expected).toMatch(/^<\|begin_of_text\|><\|start/);
		expect(sides.roundTrip.b.sameText).toBe(true);
		expect(findings).toMatchObject({ tokensA: 8, tokensB: 9, documentsChanged: 1, newTokens: 1 });
		expect(findings.perDocument[0]).toMatchObject({ roundTripsA: true, roundTripsB: true });
	});

	it('leaves out templates and parses nothing unless asked to', async () => {
		const pair = { a: llama3(1), b: llama3(2) };
		const plain = { ...pair, special: 'text', template: false } as const;
		const sides = await call('driftText', { ...plain, text: chat });
		expect([...sides.a.ids]).not.toContain(128000);
		expect(sides.repeatedBos).toEqual({ a: null, b: null });
		const parsed = await call('driftText', { ...plain, special: 'parse', text: chat });
		expect([...parsed.a.ids]).toEqual(CHAT_IDS);
		const added = await call('driftText', { ...plain, template: true, text: encodeUtf8('Hello') });
		expect([[...added.a.ids], [...added.b.ids]]).toEqual([
			[128000, 9906],
			[128000, 128000, 9906]
		]);
		expect(added.repeatedBos.b?.times).toBe(2);
	});

	it('calls no other token a BOS that occurs twice', async () => {
		const text = encodeUtf8('<|eot_id|><|eot_id|>Hi');
		const pair = { a: llama3(0), b: llama3(0), special: 'parse', template: false } as const;
		const { a, repeatedBos } = await call('driftText', { ...pair, text });
		expect([...a.ids.subarray(0, 2)]).toEqual([128009, 128009]);
		expect(repeatedBos).toEqual({ a: null, b: null });
	});
});

const QUESTION: CaseQuestion = {
	a: { tokenizer: 'gpt2' },
	b: { tokenizer: 'gpt2', library: { name: 'js-tiktoken' } },
	task: { does: 'encode', a: { text: 'a' } },
	expect: [{ sees: 'different-ids' }]
};

it('reports an error if a tokenizer of a case could not be fetched', async () => {
	const { send } = serve(() => Promise.reject(new Error('no network')));
	expect(await send('driftCase', QUESTION)).toMatchObject({ type: 'error', message: 'no network' });
});

describe('the library of a case', () => {
	const answering = (encode: RawLibrary['encode']): RawLibrary => ({ encode, decode: () => '' });

	/** Runs the case with the library from `start`. */
	async function run(start: () => Promise<RawLibrary>) {
		const events: string[] = [];
		const job: Job = {
			progress: () => undefined,
			build: (make) => make(),
			checkpoint: () => Promise.resolve(),
			async exclusive(work) {
				events.push('exclusive');
				const result = await work();
				events.push('end');
				return result;
			}
		};
		const tokenizers = new LoadedTokenizers((id) => Promise.resolve(packedSpec(id)));
		const handlers = createDriftHandlers(tokenizers, () => {
			events.push('start');
			return start();
		});
		const { result } = await handlers.driftCase(QUESTION, job);
		return { result, events };
	}
	const throwing = (error: Error) => () =>
		Promise.resolve(
			answering(() => {
				throw error;
			})
		);

	it('is started exclusively, so that nothing else runs meanwhile', async () => {
		const { events } = await run(() => Promise.resolve(answering(() => [64])));
		expect(events).toEqual(['exclusive', 'start', 'end']);
	});

	it('that stops, at its start or later, or at an id without a token, is part of the outcome', async () => {
		const noToken = new NoTokenError('token id 9 has no token');
		expect((await run(throwing(noToken))).result.b.error).toBe(noToken.message);
		const broken = new LibraryError('js-tiktoken: it broke');
		expect((await run(throwing(broken))).result.b.error).toBe(broken.message);
		expect((await run(() => Promise.reject(broken))).result.b.error).toBe(broken.message);
	});

	it('is not blamed for a fault of the lab', async () => {
		const fault = new RangeError('Invalid array length');
		await expect(run(throwing(fault))).rejects.toBe(fault);
		await expect(run(() => Promise.reject(fault))).rejects.toBe(fault);
	});
});

describe('damage', () => {
	const side = { tokenizer: 'gpt2' };
	const documents = Array.from({ length: 25 }, (_, i) => ({
		name: `d${i}`,
		text: encodeUtf8(`hello hell ${'lo'.repeat(i % 7)} he\n`.repeat(200))
	}));
	/** Splits text into single characters. */
	const letters = {
		...side,
		edits: [{ kind: 'split-regex', split: 0, regex: '[\\s\\S]' }]
	} as const;

	const PARAMS: DamageParams = { a: side, b: letters, rows: null, documents };

	it('is measured on an edited tokenizer, with one row per id of A, and reports its steps', async () => {
		const { call, posted } = serve();
		const damage = await call('damage', PARAMS);
		expect(damage).toMatchObject({
			outcome: 'measured',
			rows: 301,
			training: { documents: 20 },
			heldOut: { documents: 5 }
		});
		expect(damage.outcome === 'measured' && damage.change).toBeGreaterThan(0);
		const steps = posted.flatMap((message) =>
			message.type === 'progress' && message.progress.phase === 'measure'
				? [message.progress.step]
				: []
		);
		expect([...new Set(steps)]).toEqual(['train', 'serve-a', 'serve-b']);
	});

	it('can be stopped between steps', async () => {
		const { service, until, send } = serve();
		const stopped = send('damage', PARAMS);
		await until(({ type }) => type === 'start');
		service.handle({ cancel: 1 });
		expect((await stopped).type).toBe('cancelled');
	});
});
