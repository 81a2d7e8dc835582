import { describe, expect, it } from 'vitest';
import { resultOf, serve } from '../../../../tests/support/serve';
import { smallRanks } from '../../../../tests/support/small-specs';
import { encodeUtf8 } from '../../engine/text/utf8';
import { writePacked } from '../../engine/formats/packed';
import type { SpecEdit } from '../../drift/edits/spec-edit';
import type { Calls, Method } from '../../app/calls';

const SWAPPED: readonly SpecEdit[] = [{ kind: 'swap-ids', ids: [256, 261] }];
const PAIR = { a: { tokenizer: 'small' }, b: { tokenizer: 'small', edits: SWAPPED } };

function setUp() {
	const served = serve(() => Promise.resolve(smallRanks()));
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
		expect(findings.fingerprint.a).toMatch(/^bpe-lab-drift-v1:/);
		const token = ({ bytes, ends }: typeof tokensA, id: number) =>
			new TextDecoder().decode(bytes.subarray(ends[id - 1], ends[id]));
		expect([token(tokensA, 256), token(tokensB, 256)]).toEqual(['he', 'hello']);
		expect(token(tokensA, 300)).toBe('<|end|>');
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
		const found = await call('driftText', { ...PAIR, documents });
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
			params: { ...PAIR, documents: [long] }
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
			...PAIR,
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
		const same = { a: PAIR.a, b: PAIR.a, text: encodeUtf8('hello lo') };
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
			a: PAIR.a,
			b: { tokenizer: 'small', edits },
			text: encodeUtf8('w\n'.repeat(50_000))
		});
		// " w" once, at the beginning; a second one would be a chunk's.
		expect(b.ids.filter((id) => id === 260)).toHaveLength(1);
	});
});

describe('outline', () => {
	it('lists what can be changed', async () => {
		const outline = await setUp().call('outline', { tokenizer: 'small' });
		expect(outline).toMatchObject({ size: 301, splits: [' ?\\p{L}+|\\p{N}+|[^\\p{L}\\p{N}]'] });
	});
});
