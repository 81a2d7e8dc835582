import {
	tokenAt,
	vocabularySize,
	type Tokenizer,
	type TokenizerSpec,
	type Vocabulary
} from '../../engine';
import { preTokenizerSteps } from '../../engine/stages';
import {
	setOf,
	union,
	type CodePointSet,
	propertySet,
	scriptSets,
	parseRegex,
	type RegexNode,
	byteLength,
	decodeUtf8,
	firstInvalidUtf8,
	sequenceLength
} from '../../engine/text';
import { countsOf, partition, setsOf } from '../regex/normal-form';
import type { PartCharacters } from '../regex/strings';
import { KINDS } from './revealing-inputs';
import { orNull } from '../calls';

/** Maximum number of parts of Unicode. With more, there would be too many sequences of three parts to try. */
const MAX_PARTS = 72;
/** Maximum number of sample characters per part. */
const MAX_SAMPLES = 3;

/**
 * Classes used in published patterns. Every part of Unicode lies entirely inside or outside each class, even if no
 * pattern uses the class.
 */
const CATEGORIES = ['Lu', 'Ll', 'Lt', 'Lm', 'Lo', 'M', 'Nd', 'N', 'P', 'S', 'White_Space', 'C'];
/** Sampled first, because differing tokens are likely to contain these characters. */
const COMMON = [...'etaoinshrdluETAOIN1203.,-/\'"(_=\n\r\t '];

const MAX_REPEAT = 100_000;

/**
 * Parses every regular expression in the stages of `specs`, and an equivalent one for each FixedLength step. The engine
 * has already accepted all of these expressions.
 */
export function patternsOf(specs: readonly TokenizerSpec[]): { source: string; node: RegexNode }[] {
	const found = new Set(stringsOf(specs, (name) => name === 'Regex'));
	for (const { pre_tokenizer } of specs) {
		for (const step of preTokenizerSteps(pre_tokenizer)) {
			if (step.type === 'FixedLength' && step.length <= MAX_REPEAT) found.add(`.{${step.length}}`);
		}
	}
	return Array.from(found, (source) => ({ source, node: parseRegex(source) }));
}

/** Every literal text that the stages of `specs` replace, prepend or strip. */
export function literalsOf(specs: readonly TokenizerSpec[]): string[] {
	const names = ['String', 'content', 'prepend', 'replacement', 'delimiter'];
	const found = new Set(stringsOf(specs, (name) => names.includes(name)));
	found.delete('');
	return [...found];
}

/** Values of the fields in the normalizer, pre-tokenizer and decoder for which `isWanted` returns true. */
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

/** Parts of Unicode that the patterns distinguish, with sample characters. */
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
		if (found.size >= MAX_SAMPLES - 1) break;
		const code = character.codePointAt(0) ?? 0;
		if (String.fromCodePoint(code) === character && has(part, code)) found.add(character);
	}
	for (const [first, last] of part) {
		if (found.size >= MAX_SAMPLES) break;
		for (const code of [first, last]) {
			if (has(assigned, code) && !isSurrogate(code)) found.add(String.fromCodePoint(code));
		}
	}
	if (found.size > 0) return [...found].slice(0, MAX_SAMPLES);
	// The part contains no assigned characters. If it consists of surrogates, U+FFFD stands for it.
	const other = part.find(([first]) => !isSurrogate(first));
	return [other ? String.fromCodePoint(other[0]) : '\ufffd'];
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

export function repeatCounts(
	patterns: readonly { readonly node: RegexNode }[],
	max: number
): number[] {
	const counts = new Set(patterns.flatMap(({ node }) => countsOf(node)));
	return [...counts].filter((count) => count >= 2 && count <= max).sort((x, y) => x - y);
}

/** Maps each code point to the number of the part of Unicode that contains it. There are at most 256 parts. */
export function partNumbers(parts: readonly PartCharacters[]) {
	const of = new Uint8Array(0x110000);
	parts.forEach(({ part }, i) => part.forEach(([first, last]) => of.fill(i, first, last + 1)));
	return { of, count: parts.length, ofText: (text: string) => of[text.codePointAt(0) ?? 0] };
}

/** For each part of Unicode, a few words made up only of its characters. */
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

/** Puts words whose length is closest to seven UTF-16 code units first. */
const byLength = (a: string, b: string): number => score(b) - score(a);
const score = (word: string): number => (word.length <= 7 ? word.length : 14 - word.length);

/** Blocks whose characters have the same properties. Only one in every {@link ALIKE_STEP} code points is tried. */
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

/** Assigned code points and a few unassigned ones, but only a sample of those in {@link ALIKE}. */
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

/** Numbers the code points by set membership: two have the same number if and only if they are in the same sets. */
export function classNumbers(sets: Iterable<CodePointSet>): Uint32Array {
	const numbers = new Uint32Array(0x110000);
	let count = 1;
	for (const set of sets) {
		const inside: number[] = [];
		for (const [first, last] of set) {
			for (let code = first; code <= last; code++) {
				numbers[code] = inside[numbers[code]] ??= count++;
			}
		}
	}
	return numbers;
}

/**
 * Classes that stages use without a pattern: general categories (which include case), white space and word characters.
 */
const FINE_CATEGORIES =
	'Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So Zs Zl Zp Cc Cf Co Cn White_Space word';

/**
 * Divides Unicode into classes that the pre-tokenizers in `specs` treat alike. The code points in a class have the same
 * general category, belong to the same classes in the patterns, and have the same script if a stage splits by script.
 * Each character in a stage's literals forms its own class.
 */
export function finestClasses(specs: readonly TokenizerSpec[]): Uint32Array {
	const splitsByScript = specs.some(({ pre_tokenizer }) =>
		preTokenizerSteps(pre_tokenizer).some(({ type }) => type === 'UnicodeScripts')
	);
	return classNumbers([
		...patternsOf(specs).flatMap(({ node }) => setsOf(node)),
		...Array.from(literalsOf(specs).join(''), (character): CodePointSet => {
			const code = character.codePointAt(0) ?? 0;
			return [[code, code]];
		}),
		...FINE_CATEGORIES.split(' ').map((name) => propertySet(name) ?? []),
		...(splitsByScript ? scriptSets().map(([, set]) => set) : [])
	]);
}

export type Complete = (bytes: Uint8Array) => string[];

/** Maximum number of characters to try per class if none has a token boundary next to the given bytes. */
const MAX_WHOLE = 4;

/**
 * Creates a function that completes incomplete characters at the start and end of the given bytes. For each class of
 * characters, it tries one character in which a token boundary separates the incomplete character's bytes from the
 * added ones. If there is none, it tries up to {@link MAX_WHOLE} characters that contain the incomplete character's
 * bytes.
 */
export function completer(classes: ArrayLike<number>, tokenizer: Tokenizer): Complete {
	const known = new Map<string, string[]>();
	const charactersWith = (bytes: Uint8Array, at: 'begin' | 'end'): string[] => {
		if (bytes.length === 0) return [''];
		const key = `${at} ${bytes.join(' ')}`;
		let found = known.get(key);
		if (!found) {
			const ofClass = new Map<number, string[]>();
			const done = new Set<number>();
			for (const code of at === 'begin' ? codesFrom(bytes) : codesTo(bytes)) {
				if (isSurrogate(code) || done.has(classes[code])) continue;
				const character = String.fromCodePoint(code);
				const boundary = at === 'begin' ? bytes.length : byteLength(character) - bytes.length;
				const list = ofClass.get(classes[code]) ?? [];
				if (orNull(() => tokenizer.encode(character))?.byteStarts.includes(boundary)) {
					ofClass.set(classes[code], [character]);
					done.add(classes[code]);
				} else if (list.length < MAX_WHOLE) ofClass.set(classes[code], [...list, character]);
			}
			known.set(key, (found = [...ofClass.values()].flat()));
		}
		return found;
	};
	return (bytes) => {
		// Nearly all tokens are valid UTF-8.
		if (firstInvalidUtf8(bytes) < 0) return [decodeUtf8(bytes)];
		let head = 0;
		while (head < bytes.length && head < 3 && (bytes[head] & 0xc0) === 0x80) head++;
		const tail = head + incompleteStart(bytes.subarray(head));
		const middle = bytes.subarray(head, tail);
		if (firstInvalidUtf8(middle) >= 0) return [];
		const text = decodeUtf8(middle);
		const ends = charactersWith(bytes.subarray(tail), 'begin');
		return charactersWith(bytes.subarray(0, head), 'end').flatMap((left) =>
			ends.map((right) => left + text + right)
		);
	};
}

/** Offset of the last character if its UTF-8 is incomplete; otherwise, the number of bytes. */
function incompleteStart(bytes: Uint8Array): number {
	for (let back = 1; back <= Math.min(3, bytes.length); back++) {
		const at = bytes.length - back;
		if ((bytes[at] & 0xc0) === 0x80) continue;
		return sequenceLength(bytes[at]) > back ? at : bytes.length;
	}
	return bytes.length;
}

/** Code points whose UTF-8 starts with these bytes but is longer. */
function* codesFrom(bytes: Uint8Array): Generator<number> {
	const length = sequenceLength(bytes[0]);
	const missing = length - bytes.length;
	if (bytes[0] < 0xc0 || missing < 1) return;
	let code = bytes[0] & (0x7f >> length);
	for (const byte of bytes.subarray(1)) code = (code << 6) | (byte & 0x3f);
	const first = code << (6 * missing);
	const last = first + (1 << (6 * missing)) - 1;
	// Code points below `min` take fewer bytes in UTF-8.
	const min = [0, 0, 0x80, 0x800, 0x10000][length];
	for (let one = Math.max(first, min); one <= Math.min(last, 0x10ffff); one++) yield one;
}

/** Code points whose UTF-8 ends with these bytes but is longer. */
function* codesTo(bytes: Uint8Array): Generator<number> {
	let low = 0;
	for (const byte of bytes) low = (low << 6) | (byte & 0x3f);
	const min = [0, 0x80, 0x800, 0x10000][bytes.length];
	const step = 1 << (6 * bytes.length);
	for (let code = low; code <= 0x10ffff; code += step) if (code >= min) yield code;
}
