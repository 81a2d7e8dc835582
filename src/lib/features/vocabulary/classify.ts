import { namedTokens, specialIds, tokenTexts } from '../../drift/token-texts';
import type { TokenizerSpec } from '../../engine';
import { firstInvalidUtf8 } from '../../engine/text';
import { findScript } from '../../languages/script';
import { SCRIPT_GROUPS, TOKEN_KINDS, type TokenKindName } from '../../session/documents/vocabulary';
import { NO_TOKEN, type VocabularyTable } from './table';

const [NO_LETTERS, MIXED, PARTS, OTHER, FIRST_SCRIPT] = SCRIPT_GROUPS.keys();

export function createTable(spec: TokenizerSpec): VocabularyTable {
	const vocabulary = tokenTexts(spec);
	const special = specialIds(spec);
	const named = namedTokens(spec);
	const { length } = vocabulary.ends;
	const kinds = new Uint8Array(length);
	const scripts = new Uint8Array(length);
	for (let id = 0, start = 0; id < length; start = vocabulary.ends[id++]) {
		const end = vocabulary.ends[id];
		const bytes = vocabulary.bytes.subarray(start, end);
		const isWhole = firstInvalidUtf8(bytes) < 0;
		const kind: TokenKindName = special.has(id)
			? 'special'
			: named.has(id)
				? 'added'
				: isByte(spec, id, end - start)
					? 'byte'
					: isWhole
						? 'ordinary'
						: 'partial';
		kinds[id] = end === start && !named.has(id) ? NO_TOKEN : TOKEN_KINDS.indexOf(kind);
		scripts[id] = isWhole ? scriptGroupOf(bytes) : PARTS;
	}
	return { vocabulary, kinds, scripts };
}

/** Whether a token represents a single byte: a byte of a byte-level vocabulary, or `<0x0A>` for byte fallback. */
function isByte({ model }: TokenizerSpec, id: number, length: number): boolean {
	if (length !== 1) return false;
	const { ends } = model.vocabulary;
	return model.byte_level || ends[id] - (id === 0 ? 0 : ends[id - 1]) === SPELLED_BYTE_LENGTH;
}

/** Length of `<0x0A>`. */
const SPELLED_BYTE_LENGTH = 6;

const LETTER_OR_MARK = /[\p{L}\p{M}]/u;
/** For each code point, its index in {@link SCRIPT_GROUPS} plus 1; 0 if not determined yet. */
const groups = new Uint8Array(0x110000);

function groupOfCodePoint(codePoint: number): number {
	if (groups[codePoint] > 0) return groups[codePoint] - 1;
	const character = String.fromCodePoint(codePoint);
	let group = NO_LETTERS;
	if (LETTER_OR_MARK.test(character)) {
		const script = findScript(character);
		if (script >= 0) group = FIRST_SCRIPT + script;
		// Marks such as accents belong to the script of their letter.
		else if (!/\p{Script=Inherited}|\p{Script=Common}/u.test(character)) group = OTHER;
	}
	groups[codePoint] = group + 1;
	return group;
}

/** Script group of the letters in a text; `bytes` must be valid UTF-8. */
function scriptGroupOf(bytes: Uint8Array): number {
	let found = NO_LETTERS;
	for (let at = 0; at < bytes.length;) {
		const lead = bytes[at++];
		let codePoint = lead;
		if (lead >= 0x80) {
			const more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
			codePoint = lead & (0x3f >> more);
			for (const end = at + more; at < end;) codePoint = (codePoint << 6) | (bytes[at++] & 0x3f);
		}
		const group = groupOfCodePoint(codePoint);
		if (group === NO_LETTERS || group === found) continue;
		if (found !== NO_LETTERS) return MIXED;
		found = group;
	}
	return found;
}
