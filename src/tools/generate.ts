/** Generates, from npm packages, the files that the lab needs for building, testing and running. */
import { gzipSync } from 'node:zlib';
import { writePacked } from '../lib/engine/packed';
import { trainedSpec, trainOn } from '../lib/engine/train';
import {
	FIRST_LANGUAGES,
	writeLanguageColumns,
	writeLanguageLine
} from '../lib/languages/language-lines';
import type { Translation } from '../lib/languages/types';
import { CATALOGUE } from '../lib/tokenizers/catalogue';
import { sampleVocabulary, specialTokensOf } from '../lib/tokenizers/vocabulary-sample';
import { DEMO_RULES, DEMO_TOKENIZERS } from '../lib/tokenizers/catalogue/shared/demo-tokenizers';
import { PACKED_CORPORA, factbookDocuments } from './corpora/corpora';
import { pack } from './generated';
import { declarations } from './languages/declarations';
import { readSpec } from './prerender';
import { parentOf, readCommitted, readVocabulary, vocabularySource } from './vocabularies/read';

export function generate(): void {
	generateForCommands();
	pack('pages', () => ({ ...corpora(), ...demoTokenizers() }));
}

/** Regenerates the files that bpe-lab reads if they are missing or stale. */
export function generateForCommands(): void {
	pack('commands', () => ({ ...vocabularies(), ...languages() }));
	pack('samples', vocabularySamples);
	pack('special-ids', specialIds);
}

type Files = Record<string, string | Uint8Array>;

/**
 * Packs vocabularies from npm packages; the other packed vocabularies are committed. Workers read parents.json instead
 * of the catalogue.
 */
const vocabularies = (): Files => ({
	'parents.json': JSON.stringify(
		Object.fromEntries(CATALOGUE.map(({ id, parent }) => [id, parent]))
	),
	...Object.fromEntries(
		CATALOGUE.map((descriptor) => [
			`${descriptor.id}.bin`,
			vocabularySource(descriptor).format === 'committed'
				? readCommitted(descriptor)
				: compress(writePacked(descriptor.id, readVocabulary(descriptor), parentOf(descriptor)))
		])
	)
});

/** Samples from every packed vocabulary, used to identify a tokenizer before its vocabulary is loaded. */
const vocabularySamples = (): Files => ({
	'vocabulary-samples.json': JSON.stringify(
		Object.fromEntries(CATALOGUE.map(({ id }) => [id, sampleVocabulary(readSpec(id))]))
	)
});

/** Ids and contents of special tokens, by which the Compare page recognises ids before a vocabulary is loaded. */
const specialIds = (): Files => ({
	'special-ids.json': JSON.stringify(
		Object.fromEntries(CATALOGUE.map(({ id }) => [id, specialTokensOf(readSpec(id))]))
	)
});

/** Files for the Inflation page: an index of the languages, the texts shown first, and all texts. */
function languages(): Files {
	const all = declarations();
	const first = FIRST_LANGUAGES.map((code) => {
		const found = all.find(({ text }) => text.code === code);
		if (!found) throw new Error(`udhr: the declaration ${code} lacks some of its 30 articles`);
		return found;
	});
	const lines = (list: readonly Translation[]) =>
		list.map(({ text }) => writeLanguageLine(text)).join('\n');
	return {
		'languages.json': JSON.stringify(writeLanguageColumns(all.map(({ language }) => language))),
		'languages/first.bin': compress(lines(first)),
		'languages/all.bin': compress(lines(all))
	};
}

const corpora = (): Files =>
	Object.fromEntries(
		Object.entries(PACKED_CORPORA).map(([id, text]) => [`corpora/${id}.txt`, text()])
	);

function demoTokenizers(): Files {
	const book = factbookDocuments()
		.map(({ text }) => text)
		.join('');
	return Object.fromEntries(
		DEMO_TOKENIZERS.map(({ id, ties }) => {
			const { training } = trainOn(book, { ...DEMO_RULES, ties });
			return [`${id}.bin`, compress(writePacked(id, trainedSpec(training)))];
		})
	);
}

const compress = (data: string | Uint8Array): Uint8Array => gzipSync(data, { level: 9 });
