import type { SentencePieceSpec } from '../spec';
import { TokenTrie } from '../structures/token-trie';
import { AlignedBuilder, beginsText, slice, type AlignedText } from '../text/aligned';
import { encodeUtf8, sequenceLength } from '../text/utf8';
import { Charsmap } from './charsmap';
import { replaceCharacters } from './precompiled';

const SPACE = 0x20;

/**
 * Creates SentencePiece's normalizer, based on `Normalizer::Normalize` in `src/normalizer.cc`. At each position, it
 * matches the longest user-defined symbol; if there is none, the longest string in the table; and otherwise a single
 * character. Each match is rewritten separately. Spaces at the start of a result are omitted if the previous result
 * ended with a space.
 * @throws Error if the table is damaged
 */
export function createSentencePiece(spec: SentencePieceSpec) {
	const { precompiled_charsmap, remove_extra_whitespaces: removesSpaces } = spec;
	const charsmap = precompiled_charsmap === '' ? null : new Charsmap(precompiled_charsmap);
	const contents = spec.user_defined_symbols.map(encodeUtf8);
	const symbols = new TokenTrie(contents);
	const space = encodeUtf8(spec.escape_whitespaces ? '▁' : ' ');
	const builder = new AlignedBuilder();

	/** User-defined symbols in the text, as returned by {@link TokenTrie.longestMatches}. */
	let matches = symbols.longestMatches(new Uint8Array(), 0, 0);
	/** Index in `matches` of the first match at or after the current position. */
	let match = 0;

	/**
	 * Finds the symbol or table entry at byte `at` and its replacement; `null` if the character doesn't change. Within a
	 * text, `at` must not decrease.
	 */
	function find(bytes: Uint8Array, at: number, end: number) {
		const { data } = matches;
		while (match >= 0 && data[match] < at) match -= 2;
		if (match < 0 || data[match] !== at) return charsmap && charsmap.find(bytes, at, end, true);
		const content = contents[data[match + 1]];
		return { end: at + content.length, content };
	}

	/** Skips spaces and text that becomes spaces. */
	function skipSpaces(bytes: Uint8Array, at: number, end: number): number {
		while (at < end) {
			const found = find(bytes, at, end);
			const content = found ? found.content : bytes.subarray(at, at + 1);
			if (content.length !== 1 || content[0] !== SPACE) break;
			at = found ? found.end : at + 1;
		}
		return at;
	}

	return (text: AlignedText): AlignedText => {
		const { bytes, start, end } = text;
		matches = symbols.longestMatches(bytes, start, end);
		match = matches.length - 2;
		const first = removesSpaces ? skipSpaces(bytes, start, end) : start;
		if (first === end) return { ...text, start: end };
		const rest = { ...slice(text, first, end), isFirst: beginsText(text) };
		builder.begin(rest);
		// The prefix is added even if nothing follows it.
		if (spec.add_dummy_prefix) builder.replace(space, first, first);
		let isAfterSpace = removesSpaces;
		for (let at = first; at < end;) {
			const found = find(bytes, at, end);
			const next = found ? found.end : at + sequenceLength(bytes[at]);
			if (found || bytes[at] === SPACE) {
				const content = found ? found.content : bytes.subarray(at, next);
				let from = 0;
				while (isAfterSpace && content[from] === SPACE) from++;
				replaceCharacters(builder, bytes, at, next, escapeSpaces(content.subarray(from), space));
				if (from < content.length)
					isAfterSpace = removesSpaces && content[content.length - 1] === SPACE;
			} else isAfterSpace = false;
			at = next;
		}
		const normalized = builder.finish();
		const endsWithSpace = (at: number) =>
			at - normalized.start >= space.length &&
			space.every((byte, i) => normalized.bytes[at - space.length + i] === byte);
		let last = normalized.end;
		while (removesSpaces && endsWithSpace(last)) last -= space.length;
		return { ...normalized, end: last };
	};
}

function escapeSpaces(content: Uint8Array, space: Uint8Array): Uint8Array {
	if (content.length === 1 && content[0] === SPACE) return space;
	if (!content.includes(SPACE)) return content;
	return Uint8Array.from(
		Array.from(content, (byte) => (byte === SPACE ? [...space] : [byte])).flat()
	);
}
