/**
 * Format of the packed declarations: each text is one line of JSON, so that it can be read without parsing the others.
 * gzip compresses all texts together, and its checksum detects damage.
 */
import type { Language, LanguageText } from './types';

/** Languages in the file that loads first: several scripts and language families, and three agglutinative languages. */
// prettier-ignore
export const FIRST_LANGUAGES: readonly string[] = [
	'eng', 'spa', 'deu_1996', 'tur', 'fin', 'hun', 'rus', 'arb', 'hin', 'mya', 'cmn_hans', 'jpn'
];

/** Thrown for a line that isn't a packed text. */
export class LanguageLineError extends Error {
	override readonly name = 'LanguageLineError';
}

/**
 * A packed text: language code, text and words. A word is stored as its byte length, preceded by the negated number
 * of bytes since the previous word (or the start of the text). The negated number is omitted if it is -1.
 */
type Line = readonly [code: string, text: string, words: readonly number[] | null];

export function writeLanguageLine({ code, text, words }: LanguageText): string {
	const line: Line = [code, text, words && packSpans(words)];
	return JSON.stringify(line);
}

/** @throws LanguageLineError quoting the line */
export function readLanguageLine(line: string): LanguageText {
	const parsed: unknown = JSON.parse(line);
	if (!isLine(parsed)) {
		const got = line.slice(0, 40);
		throw new LanguageLineError(`got a line that begins with ${got}, expected a packed text`);
	}
	const [code, text, words] = parsed;
	return { code, text, words: words && unpackSpans(words) };
}

function isLine(value: unknown): value is Line {
	if (!Array.isArray(value)) return false;
	const [code, text, words] = value as unknown[];
	return (
		typeof code === 'string' && typeof text === 'string' && (words === null || Array.isArray(words))
	);
}

function packSpans(words: Uint32Array): number[] {
	const numbers: number[] = [];
	let at = 0;
	for (let word = 0; word < words.length; word += 2) {
		const gap = words[word] - at;
		at = words[word + 1];
		// Not `-gap`, which turns 0 into -0.
		if (gap !== 1) numbers.push(0 - gap);
		numbers.push(at - words[word]);
	}
	return numbers;
}

function unpackSpans(numbers: readonly number[]): Uint32Array {
	const spans: number[] = [];
	let at = 0;
	let gap = 1;
	for (const number of numbers) {
		if (number <= 0) {
			gap = -number;
			continue;
		}
		const start = at + gap;
		at = start + number;
		spans.push(start, at);
		gap = 1;
	}
	return Uint32Array.from(spans);
}

/**
 * Languages as one array per property, which compresses better than objects. `bytes` contains the number of
 * bytes minus the number of characters.
 */
export type LanguageColumns = { readonly [Key in keyof Language]: readonly Language[Key][] };

export const writeLanguageColumns = (languages: readonly Language[]): LanguageColumns => ({
	code: languages.map(({ code }) => code),
	bcp47: languages.map(({ bcp47 }) => bcp47),
	name: languages.map(({ name }) => name),
	ownName: languages.map(({ ownName }) => ownName),
	script: languages.map(({ script }) => script),
	direction: languages.map(({ direction }) => direction),
	bytes: languages.map(({ bytes, chars }) => bytes - chars),
	chars: languages.map(({ chars }) => chars)
});

export const readLanguageColumns = (columns: LanguageColumns): Language[] =>
	columns.code.map((code, i) => ({
		code,
		bcp47: columns.bcp47[i],
		name: columns.name[i],
		ownName: columns.ownName[i],
		script: columns.script[i],
		direction: columns.direction[i],
		bytes: columns.bytes[i] + columns.chars[i],
		chars: columns.chars[i]
	}));
