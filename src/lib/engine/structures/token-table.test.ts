import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ByteSource } from './byte-table';
import { TokenTable } from './token-table';
import { buildVocabulary } from './vocabulary';

const bytes = (text: string) => new TextEncoder().encode(text);
const find = (table: TokenTable, token: Uint8Array) =>
	table.idOf(new ByteSource(token), 0, token.length);

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

it('builds a hash table once the lists have taken more steps than there are tokens', () => {
	const table = new TokenTable(buildVocabulary(['abc', 'abcd'].map(bytes)));
	expect(table.prepareFor(1)).toBe(false);
	// One step for the lookup, one for the token compared.
	expect([find(table, bytes('abc')), table.prepareFor(0)]).toEqual([0, true]);
	expect(['abc', 'abcd', 'abd', 'bcd'].map((token) => find(table, bytes(token)))).toEqual([
		0, 1, -1, -1
	]);
});

it('equals a map in lists and in a hash table, whatever the tokens', () => {
	// Few byte values, so that many tokens share a start or an end. Lengths that fit in the slots of the hash table, and
	// longer ones.
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
