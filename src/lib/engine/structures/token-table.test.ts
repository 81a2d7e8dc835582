import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteSource } from './byte-table';
import { TokenTable } from './token-table';
import { buildVocabulary } from './vocabulary';

const bytes = (text: string) => new TextEncoder().encode(text);
const find = (table: TokenTable, token: Uint8Array) =>
	table.idOf(new ByteSource(token), 0, token.length);

describe('TokenTable', () => {
	it('finds every token by its bytes, and no other', () => {
		const table = new TokenTable(buildVocabulary(['a', 'ab', 'b', 'é'].map(bytes)));
		expect(['a', 'ab', 'b', 'é'].map((token) => find(table, bytes(token)))).toEqual([0, 1, 2, 3]);
		expect(['', 'c', 'ba', 'abc', 'è'].map((token) => find(table, bytes(token)))).toEqual([
			-1, -1, -1, -1, -1
		]);
	});

	it('reads only the given range', () => {
		const table = new TokenTable(buildVocabulary(['b', 'bc'].map(bytes)));
		expect(table.idOf(new ByteSource(bytes('abcd')), 1, 3)).toBe(1);
		expect(table.idOf(new ByteSource(bytes('abcd')), 1, 2)).toBe(0);
	});

	it('has the span of each token, and the ids of strings', () => {
		const table = new TokenTable(buildVocabulary(['ab', 'é', 'c'].map(bytes)));
		expect([0, 1, 2].map((id) => [table.startOf(id), table.endOf(id)])).toEqual([
			[0, 2],
			[2, 4],
			[4, 5]
		]);
		expect(['é', 'c', 'x', ''].map((text) => table.idOfString(text))).toEqual([1, 2, -1, -1]);
		expect(table.size).toBe(3);
	});

	it('skips ids without a token', () => {
		const table = new TokenTable(buildVocabulary([undefined, bytes('a'), undefined, bytes('b')]));
		expect([find(table, bytes('a')), find(table, bytes('b'))]).toEqual([1, 3]);
	});

	it('returns the lowest id of equal tokens, from the lists and from the table', () => {
		const tokens = ['x', 'a', 'a', 'ab', 'ab', 'abc', 'abc'].map(bytes);
		const table = new TokenTable(buildVocabulary(tokens));
		const ids = () =>
			['a', 'ab', 'abc', 'b', 'bc', 'abx'].map((token) => find(table, bytes(token)));
		expect(ids()).toEqual([1, 3, 5, -1, -1, -1]);
		expect(table.prepareFor(tokens.length)).toBe(true);
		expect(ids()).toEqual([1, 3, 5, -1, -1, -1]);
	});

	it('finds nothing in an empty vocabulary', () => {
		expect(find(new TokenTable(buildVocabulary([])), bytes('a'))).toBe(-1);
	});

	it('builds a hash table once the lists have taken more steps than there are tokens', () => {
		const table = new TokenTable(buildVocabulary(['abc', 'abcd'].map(bytes)));
		expect(table.prepareFor(1)).toBe(false);
		// One step for the lookup, one for the token that it compares.
		expect([find(table, bytes('abc')), table.prepareFor(0)]).toEqual([0, true]);
		expect(['abc', 'abcd', 'abd', 'bcd'].map((token) => find(table, bytes(token)))).toEqual([
			0, 1, -1, -1
		]);
	});

	it('equals a map in lists and in a hash table, whatever the tokens', () => {
		// Few byte values, so that many tokens share a start or an end, and lengths in and above the slots of the hash table.
		const byte = fc.integer({ min: 0, max: 2 });
		const token = fc.oneof(
			fc.uint8Array({ max: 3, maxLength: 4 }),
			fc.array(byte, { maxLength: 12 }).map((content) => Uint8Array.from(content))
		);
		fc.assert(
			fc.property(fc.array(token, { maxLength: 60 }), fc.array(token), (tokens, others) => {
				const ids = new Map<string, number>();
				tokens.forEach((content, id) => {
					if (content.length > 0 && !ids.has(content.join())) ids.set(content.join(), id);
				});
				const vocabulary = buildVocabulary(tokens);
				for (const content of [...tokens, ...others]) {
					const table = new TokenTable(vocabulary);
					const id = ids.get(content.join()) ?? -1;
					expect(find(table, content)).toBe(id);
					expect(table.prepareFor(Infinity)).toBe(true);
					expect(find(table, content)).toBe(id);
				}
			})
		);
	});
});
