import type { AddedTokenSpec } from '../spec';
import type { IntBuffer } from '../structures/arrays';
import type { AlignedText } from '../text/aligned';
import type { Extras } from '../text/extras';
import { codePointAt, previousStart } from '../text/utf8';
import { skipWhiteSpace, skipWhiteSpaceBack } from '../text/unicode-classes';
import { TokenTrie } from '../structures/token-trie';

/** An added token and the bytes to search for. */
export interface AddedTokenPattern {
	readonly token: AddedTokenSpec;
	readonly content: Uint8Array;
}

/**
 * Finds added tokens in a text, leftmost and longest first, like the Aho-Corasick automaton in Hugging Face's library.
 * As in that library, tokens can overlap: one may start in white space that the previous token's `rstrip` includes.
 */
export interface AddedTokenFinder {
	readonly tokens: readonly AddedTokenSpec[];
	/** Appends three values per match to `found`: index of the token, then first and end byte (exclusive) of the match. */
	find(text: AlignedText, found: IntBuffer): void;
}

/**
 * Builds a finder; `null` if there are no tokens to find.
 * @param skipped tokens to read as text. As in the reference, other tokens inside a skipped token are not found
 */
export function createFinder(
	patterns: readonly AddedTokenPattern[],
	extras: Extras,
	skipped: ReadonlySet<AddedTokenSpec> = new Set()
): AddedTokenFinder | null {
	const searched = patterns.filter(({ content }) => content.length > 0);
	if (searched.every(({ token }) => skipped.has(token))) return null;
	const trie = new TokenTrie(searched.map(({ content }) => content));
	const isWordCharacter = searched.some(({ token }) => token.single_word)
		? extras.isWordCharacter
		: null;

	const find: AddedTokenFinder['find'] = ({ bytes, start, end }, found) => {
		const { data, length } = trie.longestMatches(bytes, start, end);
		let previousEnd = start;
		/** End of the previous match's content, before any white space that its token includes. */
		let next = start;
		/** End of the white space that the `rstrip` of a previous match includes. */
		let spaceEnd = start;
		for (let i = length - 2; i >= 0; i -= 2) {
			const at = data[i];
			if (at < next) continue;
			const match = data[i + 1];
			const { token, content } = searched[match];
			let from = at;
			let to = at + content.length;
			next = to;
			if (skipped.has(token)) continue;
			if (token.single_word && isWordCharacter) {
				// `single_word` tokens don't match next to a word character.
				if (from > start && isWordCharacter(codePointAt(bytes, previousStart(bytes, from))))
					continue;
				if (to < end && isWordCharacter(codePointAt(bytes, to))) continue;
			}
			// Leaves out white space that the previous token includes.
			if (token.lstrip)
				from = from > previousEnd ? skipWhiteSpaceBack(bytes, previousEnd, from) : previousEnd;
			if (token.rstrip) to = spaceEnd = skipWhiteSpace(bytes, Math.max(to, spaceEnd), end);
			// Skips a match that lies entirely within the previous token's white space.
			if (from >= to) continue;
			found.push(match);
			found.push(from);
			found.push(to);
			previousEnd = to;
		}
	};
	return { tokens: searched.map(({ token }) => token), find };
}
