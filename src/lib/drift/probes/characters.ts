import { tokenAt, vocabularySize, type TokenizerSpec, type Vocabulary } from '../../engine';
import {
	setOf,
	union,
	type CodePointSet,
	propertySet,
	parseRegex,
	type RegexNode,
	decodeUtf8,
	firstInvalidUtf8,
	sequenceLength
} from '../../engine/text';
import { countsOf, partition, setsOf } from '../regex/normal-form';
import type { PartCharacters } from '../regex/strings';
import { KINDS } from './telling';

/** More parts than these would make rows of three of them a million. */
const MAX_PARTS = 72;
/** Sample characters per part. */
const PER_PART = 3;

/** Classes that published patterns use: characters of each are told apart even if the two patterns don't. */
const CATEGORIES = ['Lu', 'Ll', 'Lt', 'Lm', 'Lo', 'M', 'Nd', 'N', 'P', 'S', 'White_Space', 'C'];
/** Tried first as sample characters: common ones make tokens that differ. */
const COMMON = [...'etaoinshrdluETAOIN1203.,-/\'"(_=\n\r\t '];

/** Every regular expression of the stages of some specs, parsed. They are those of tokenizers that were built. */
export function patternsOf(specs: readonly TokenizerSpec[]): { source: string; node: RegexNode }[] {
	const found = new Set(stringsOf(specs, (name) => name === 'Regex'));
	return Array.from(found, (source) => ({ source, node: parseRegex(source) }));
}

/** Every text that the stages of some specs spell out: what they replace, prepend and strip. */
export function literalsOf(specs: readonly TokenizerSpec[]): string[] {
	const names = ['String', 'content', 'prepend', 'replacement'];
	const found = new Set(stringsOf(specs, (name) => names.includes(name)));
	found.delete('');
	return [...found];
}

/** The values of the fields of these names, in normalizer, pre-tokenizer and decoder. */
function* stringsOf(
	specs: readonly TokenizerSpec[],
	isWanted: (name: string) => boolean
): Generator<string> {
	function* inside(value: object): Generator<string> {
		for (const [name, inner] of Object.entries(value) as [string, unknown][]) {
			if (typeof inner === 'string' && isWanted(name)) yield inner;
			else if (typeof inner === 'object' && inner !== null) yield* inside(inner);
		}
	}
	for (const { normalizer, pre_tokenizer, decoder } of specs) {
		yield* inside([normalizer, pre_tokenizer, decoder]);
	}
}

/** Parts of Unicode that the patterns tell apart, each with sample characters. */
export function partsOf(patterns: readonly { readonly node: RegexNode }[]): PartCharacters[] {
	const sets = [
		...patterns.flatMap(({ node }) => setsOf(node)),
		...CATEGORIES.map((name) => propertySet(name) ?? [])
	];
	const isAssigned = setOf(propertySet('assigned') ?? []);
	return partition(sets, MAX_PARTS).map((part) => ({
		part,
		characters: charactersOf(part, isAssigned)
	}));
}

function charactersOf(part: CodePointSet, assigned: CodePointSet): string[] {
	const found = new Set<string>();
	for (const character of [...COMMON, ...KINDS]) {
		if (found.size >= PER_PART - 1) break;
		const code = character.codePointAt(0) ?? 0;
		if (String.fromCodePoint(code) === character && has(part, code)) found.add(character);
	}
	for (const [first, last] of part) {
		if (found.size >= PER_PART) break;
		for (const code of [first, last]) {
			if (has(assigned, code) && !isSurrogate(code)) found.add(String.fromCodePoint(code));
		}
	}
	if (found.size === 0) {
		for (const [first] of part) {
			if (!isSurrogate(first)) found.add(String.fromCodePoint(first));
			if (found.size > 0) break;
		}
	}
	// A part of nothing but surrogates has no character.
	return found.size === 0 ? ['\ufffd'] : [...found].slice(0, PER_PART);
}

function has(set: CodePointSet, code: number): boolean {
	let low = 0;
	let high = set.length - 1;
	while (low <= high) {
		const middle = (low + high) >> 1;
		const [first, last] = set[middle];
		if (code < first) high = middle - 1;
		else if (code > last) low = middle + 1;
		else return true;
	}
	return false;
}

const isSurrogate = (code: number): boolean => code >= 0xd800 && code < 0xe000;

/** Counts that patterns repeat by, from 2 to `most`. */
export function repeatCounts(
	patterns: readonly { readonly node: RegexNode }[],
	most: number
): number[] {
	const counts = new Set(patterns.flatMap(({ node }) => countsOf(node)));
	return [...counts].filter((count) => count >= 2 && count <= most).sort((x, y) => x - y);
}

/** The number of the part that each code point is in. There are at most 256 parts. */
export function partNumbers(parts: readonly PartCharacters[]) {
	const of = new Uint8Array(0x110000);
	parts.forEach(({ part }, i) => part.forEach(([first, last]) => of.fill(i, first, last + 1)));
	return { of, count: parts.length, ofText: (text: string) => of[text.codePointAt(0) ?? 0] };
}

/** Words within one part of Unicode, the longest few of each part: runs of them cross any count. */
export function wordsByPart(
	texts: readonly Vocabulary[],
	parts: readonly PartCharacters[]
): string[][] {
	const { of: partOf } = partNumbers(parts);
	const words: string[][] = parts.map(() => []);
	for (const text of texts) {
		for (let id = 0; id < vocabularySize(text); id++) {
			const bytes = tokenAt(text, id);
			if (bytes.length < 2 || bytes.length > 12 || firstInvalidUtf8(bytes) >= 0) continue;
			const word = decodeUtf8(bytes);
			const codes = Array.from(word, (character) => character.codePointAt(0) ?? 0);
			if (codes.length < 2) continue;
			const list = words[partOf[codes[0]]];
			if (!codes.every((code) => partOf[code] === partOf[codes[0]])) continue;
			list.push(word);
			if (list.length > 64) list.sort(byLength).splice(6);
		}
	}
	return words.map((list) => list.sort(byLength).slice(0, 6));
}

/** Long first, but not the longest: words of three to seven characters are in the way of any boundary. */
const byLength = (a: string, b: string): number => score(b) - score(a);
const score = (word: string): number => (word.length <= 7 ? word.length : 14 - word.length);

/** Blocks whose code points are all alike: one in {@link ALIKE_STEP} is tried. */
const ALIKE: CodePointSet = [
	[0x3400, 0x4dbf],
	[0x4e00, 0x9fff],
	[0xac00, 0xd7a3],
	[0xe000, 0xf8ff],
	[0x17000, 0x18cff],
	[0x20000, 0x323af],
	[0xf0000, 0x10ffff]
];
const ALIKE_STEP = 61;

/** Assigned code points and a few unassigned ones: all of them, except that blocks of thousands alike are sampled. */
export function* codePoints(): Generator<number> {
	const assigned = union(propertySet('assigned') ?? [], [[0x378, 0x379]], [[0x1fffe, 0x1ffff]]);
	for (const [first, last] of assigned) {
		for (let code = first; code <= last;) {
			if (isSurrogate(code)) {
				code = 0xe000;
				continue;
			}
			yield code;
			code += has(ALIKE, code) ? ALIKE_STEP : 1;
		}
	}
}

/** Texts in which a row of bytes that is no text by itself occurs: characters that end and begin with its halves. */
export function textsAround(fragment: Uint8Array, most: number): string[] {
	let head = 0;
	while (head < fragment.length && head < 3 && (fragment[head] & 0xc0) === 0x80) head++;
	let tail = fragment.length;
	for (let back = 1; back <= 3 && back <= fragment.length - head; back++) {
		const byte = fragment[fragment.length - back];
		if ((byte & 0xc0) === 0x80) continue;
		const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
		if (needs > back) tail = fragment.length - back;
		break;
	}
	const middle = fragment.subarray(head, tail);
	if (firstInvalidUtf8(middle) >= 0) return [];
	const before = head === 0 ? [''] : charactersWith(fragment.subarray(0, head), 'end');
	const after = tail === fragment.length ? [''] : charactersWith(fragment.subarray(tail), 'begin');
	const text = decodeUtf8(middle);
	const found: string[] = [];
	for (const left of before) {
		for (const right of after) {
			if (found.length >= most) return found;
			found.push(left + text + right);
		}
	}
	return found;
}

const MAX_CHARACTERS = 6;

function charactersWith(bytes: Uint8Array, at: 'begin' | 'end'): string[] {
	const found: string[] = [];
	const assigned = propertySet('assigned') ?? [];
	for (const code of at === 'begin' ? codesFrom(bytes) : codesTo(bytes)) {
		if (isSurrogate(code) || !has(assigned, code)) continue;
		found.push(String.fromCodePoint(code));
		if (found.length >= MAX_CHARACTERS) break;
	}
	return found;
}

/** Code points whose UTF-8 begins with these bytes, which are not all of it. */
function* codesFrom(bytes: Uint8Array): Generator<number> {
	const length = sequenceLength(bytes[0]);
	const missing = length - bytes.length;
	if (bytes[0] < 0xc0 || missing < 1) return;
	let code = bytes[0] & (0x7f >> length);
	for (const byte of bytes.subarray(1)) code = (code << 6) | (byte & 0x3f);
	const first = code << (6 * missing);
	const last = first + (1 << (6 * missing)) - 1;
	// Shorter sequences hold the code points below.
	const least = [0, 0, 0x80, 0x800, 0x10000][length];
	for (let one = Math.max(first, least); one <= Math.min(last, 0x10ffff); one++) yield one;
}

/** Code points whose UTF-8 ends with these bytes, which are not all of it. */
function* codesTo(bytes: Uint8Array): Generator<number> {
	let low = 0;
	for (const byte of bytes) low = (low << 6) | (byte & 0x3f);
	const least = [0, 0x80, 0x800, 0x10000][bytes.length];
	const step = 1 << (6 * bytes.length);
	for (let code = low; code <= 0x10ffff; code += step) if (code >= least) yield code;
}
