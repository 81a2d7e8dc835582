import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codePoint } from '../../../../tests/support/arbitrary-text';
import { describeLinked, resolveLinked, type LinkedTokenizer } from './linked-tokenizers';

const FINGERPRINT = `bpe-lab-drift-v2:${'0123456789abcdef'.repeat(4)}`;
const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const mine: LinkedTokenizer = {
	id: 'own-1234abcd',
	name: 'mine',
	fingerprint: FINGERPRINT,
	hub: null
};

/** Reads a link. @param ids of the tokenizers here, by the ids of the link */
function read(search: string, ids: Readonly<Record<string, string>> = {}) {
	let asked: readonly LinkedTokenizer[] = [];
	const links = {
		described: [],
		resolve: (linked: readonly LinkedTokenizer[]) => {
			asked = linked;
			return new Map(linked.map(({ id }) => [id, ids[id] ?? id]));
		}
	};
	const resolved = resolveLinked(new URLSearchParams(search), links);
	return { asked, search: resolved.toString() };
}

describe('a link with tokenizers of the user’s own', () => {
	it('says their names and fingerprints, readably, and of no others', () => {
		const other = { ...mine, id: 'own-00000000' };
		expect(describeLinked('?t=gpt2,own-1234abcd', [other, mine])).toBe(
			`?t=gpt2,own-1234abcd&own=own-1234abcd,${FINGERPRINT},,mine`
		);
		expect(describeLinked('?t=gpt2', [mine])).toBe('?t=gpt2');
		expect(describeLinked('', [mine])).toBe('');
	});

	it('restores what it said', () => {
		const anyTokenizer = fc.record({
			id: fc.constant(mine.id),
			name: fc.string({ unit: codePoint, minLength: 1 }),
			fingerprint: fc.constantFrom(null, FINGERPRINT),
			hub: fc.constantFrom(null, { repository: 'openai-community/gpt2', commit: COMMIT })
		});
		fc.assert(
			fc.property(anyTokenizer, (tokenizer) => {
				const link = describeLinked('?a=own-1234abcd&rows=3', [tokenizer]);
				expect(read(link)).toEqual({ asked: [tokenizer], search: 'a=own-1234abcd&rows=3' });
			})
		);
	});

	it('names each by its id here, in every field', () => {
		const link = describeLinked('?t=gpt2,own-1234abcd&price=own-1234abcd:0.5', [mine]);
		const { search } = read(link, { 'own-1234abcd': 'own-99999999' });
		expect([...new URLSearchParams(search)]).toEqual([
			['t', 'gpt2,own-99999999'],
			['price', 'own-99999999:0.5']
		]);
	});

	it('still opens if it describes none, or describes one that it does not name', () => {
		expect(read('?t=own-1234abcd')).toEqual({ asked: [], search: 't=own-1234abcd' });
		const unused = describeLinked('?t=own-1234abcd', [mine]).replace('t=own-1234abcd', 't=gpt2');
		expect(read(unused)).toEqual({ asked: [], search: 't=gpt2' });
	});

	it.each(['own-1234abcd', 'gpt2,,,mine', 'own-1234abcd,,', `own-1234abcd,v1:00,,mine`])(
		'ignores the description %s',
		(text) => {
			const search = new URLSearchParams({ t: 'own-1234abcd', own: text });
			expect(read(search.toString())).toEqual({ asked: [], search: 't=own-1234abcd' });
		}
	);
});
