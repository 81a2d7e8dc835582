import { describe, expect, it } from 'vitest';
import { buildVocabulary } from '../../engine';
import { encodeUtf8 } from '../../engine/text';
import { SCRIPT_GROUPS, TOKEN_KINDS } from '../../session/documents/vocabulary';
import { findTokens, lengthOf, type TokenQuery } from './find-tokens';
import { NO_TOKEN, REACHES, type VocabularyTable } from './table';

const LATIN = SCRIPT_GROUPS.indexOf('Latin');
const GREEK = SCRIPT_GROUPS.indexOf('Greek');
const [ORDINARY, BYTE, PARTIAL] = TOKEN_KINDS.keys();
/** Token, kind and script of each id. */
const TOKENS: readonly (readonly [string | number[], number, number])[] = [
	['berry', ORDINARY, LATIN],
	[' berry', ORDINARY, LATIN],
	['strawberry', ORDINARY, LATIN],
	['berrying', ORDINARY, LATIN],
	['λόγος', ORDINARY, GREEK],
	['4', BYTE, 0],
	[[0xe2, 0x80], PARTIAL, 2],
	['', NO_TOKEN, 0],
	['‐x', ORDINARY, LATIN]
];
const table: VocabularyTable = {
	vocabulary: buildVocabulary(
		TOKENS.map(([token]) =>
			typeof token === 'string' ? encodeUtf8(token) : Uint8Array.from(token)
		)
	),
	kinds: Uint8Array.from(TOKENS, ([, kind]) => kind),
	scripts: Uint8Array.from(TOKENS, ([, , script]) => script)
};
const ALL: TokenQuery = { search: '', matchCase: false, script: null, kind: null, order: 'id' };
const find = (query: Partial<TokenQuery>, reaches: Uint8Array | null = null) =>
	findTokens(table, { ...ALL, ...query }, reaches);
const idsOf = (query: Partial<TokenQuery>) => [...find(query).ids];

describe('a search', () => {
	it('ignores capitals, also outside of ASCII, unless they are to match', () => {
		expect(idsOf({ search: 'BERRY' })).toEqual(idsOf({ search: 'berry' }));
		expect(idsOf({ search: 'ΛΌΓΟΣ' })).toEqual([4]);
		expect(idsOf({ search: 'Λόγος' })).toEqual([4]);
		expect(idsOf({ search: 'Λόγος', matchCase: true })).toEqual([]);
		expect(idsOf({ search: 'λόγος', matchCase: true })).toEqual([4]);
	});

	it('lists every id that has a token by default', () => {
		expect(idsOf({})).toEqual([0, 1, 2, 3, 4, 5, 6, 8]);
	});

	it('by text puts exact matches first, then beginnings, then the inside', () => {
		expect(find({ search: 'berry' })).toEqual({
			ids: Uint32Array.of(0, 1, 3, 2),
			exact: 2,
			beginning: 1
		});
	});

	it.each<[string, number[]]>([
		// A leading space matters only if it is searched for.
		[' berry', [1]],
		['·berry', [1]],
		['4', [4, 5]],
		['7', []],
		// Words aren't read as bytes.
		['be', [0, 1, 3, 2]],
		['cf ff', []]
	])('for %j finds %j', (search, ids) => {
		expect(idsOf({ search })).toEqual(ids);
	});

	it.each(['e2 80', '0xe2 0x80', '\\xE2\\x80', '0xe280', 'E2, 80'])(
		'finds the bytes %s, also inside a token',
		(search) => {
			expect(idsOf({ search })).toEqual([6, 8]);
		}
	);

	it('combines with script and kind', () => {
		expect(idsOf({ script: 'Greek' })).toEqual([4]);
		expect(idsOf({ kind: 'byte' })).toEqual([5]);
		expect(idsOf({ search: 'λ', script: 'Latin' })).toEqual([]);
	});

	it('filters by reachability once it is checked', () => {
		const reaches = Uint8Array.from(TOKENS, () => REACHES.indexOf('own'));
		reaches[2] = REACHES.indexOf('proven');
		reaches[3] = REACHES.indexOf('inside');
		reaches[6] = REACHES.indexOf('unreachable');
		expect([...find({ kind: 'unreachable' }, reaches).ids]).toEqual([2, 6]);
		expect([...find({ kind: 'inside' }, reaches).ids]).toEqual([3]);
		expect(idsOf({ kind: 'unreachable' })).toEqual([]);
	});
});

describe('an order', () => {
	it('lists the longest first, in bytes or in characters, and equal ones by id', () => {
		expect(idsOf({ order: 'bytes' })).toEqual([2, 4, 3, 1, 0, 8, 6, 5]);
		expect(idsOf({ order: 'characters' })).toEqual([2, 3, 1, 0, 4, 8, 5, 6]);
	});

	it('counts code points, and part of a character as one', () => {
		expect(lengthOf(encodeUtf8('λόγος'), 'characters')).toBe(5);
		expect(lengthOf(Uint8Array.of(0x80, 0x90), 'characters')).toBe(1);
		expect(lengthOf(Uint8Array.of(0x80, 0x41), 'characters')).toBe(2);
	});
});
