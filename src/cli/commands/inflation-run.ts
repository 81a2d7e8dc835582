import { lossesOf, lossWords } from '../../lib/languages/carried';
import { ratioOf } from '../../lib/languages/decompose';
import { Measurer } from '../../lib/languages/measure';
import type { TextMeasure } from '../../lib/languages/types';
import type { Language } from '../../lib/languages/types';
import { createTokenizer, type Tokenizer } from '../../lib/engine';
import { oneLine, UserError } from '../failure';
import { BufferedOutput, type Io } from '../io';
import { allLanguages, languageOf, type LanguageWithText } from '../languages';
import { alignedTable } from '../table';
import { loadTokenizer } from '../tokenizer';
import type { InflationFlags } from './inflation';

interface Row {
	readonly tokenizer: string;
	readonly language: Language;
	readonly measure: TextMeasure;
	/** Null where the tokenizer drops some of the text, or of the baseline's. */
	readonly ratio: number | null;
}

/** Runs `bpe-lab inflation`. @throws UserError for an unknown tokenizer or baseline */
export async function inflation(flags: InflationFlags, io: Io): Promise<void> {
	const languages = allLanguages();
	const baseline = languageOf(flags.baseline, languages);
	const tokenizers = new Map<string, Tokenizer>();
	for (const name of flags.tokenizer) tokenizers.set(name, await start(name, io));
	const rows: Row[] = [];
	const warnings: string[] = [];
	for (const [name, tokenizer] of tokenizers) {
		io.status(`${name}: ${languages.size} languages`);
		const own = rowsOf(name, tokenizer, [...languages.values()], baseline);
		const losses = lossesOf(
			own.map(({ measure }) => measure),
			own.find(({ language }) => language === baseline.language)?.measure
		);
		const words = lossWords(losses, { tokenizer: name, baseline: baseline.language.name });
		if (words) warnings.push(words);
		rows.push(...own);
	}
	io.status('');
	for (const words of warnings) io.warn(words);
	const output = new BufferedOutput(io);
	await output.write(flags.json ? asJson(rows) : asTable(rows));
	await output.flush();
}

/** @throws UserError for a name that is no tokenizer, or one that cannot be run */
async function start(name: string, io: Io): Promise<Tokenizer> {
	const { spec } = await loadTokenizer(name, io);
	try {
		return createTokenizer(spec);
	} catch (error) {
		throw new UserError(`${name}: ${oneLine(error)}`, { cause: error });
	}
}

/** From the largest ratio to the smallest, equal ones by code; those without one last. */
function rowsOf(
	name: string,
	tokenizer: Tokenizer,
	languages: readonly LanguageWithText[],
	baseline: LanguageWithText
): Row[] {
	const measurer = new Measurer(tokenizer);
	const measured = ({ text }: LanguageWithText) =>
		measurer.measure(text, tokenizer.encode(text.text));
	const base = measured(baseline);
	return languages
		.map((one): Row => {
			const measure = measured(one);
			const ratio = ratioOf(measure, base);
			return { tokenizer: name, language: one.language, measure, ratio };
		})
		.sort(
			(a, b) => (b.ratio ?? -1) - (a.ratio ?? -1) || (a.language.code < b.language.code ? -1 : 1)
		);
}

/** One object a line, in an array. */
function asJson(rows: readonly Row[]): string {
	const lines = rows.map(({ tokenizer, language, measure, ratio }) => {
		const { code, bcp47, name } = language;
		const { tokens, bytes, chars, words } = measure;
		return JSON.stringify({
			...{ tokenizer, language: code, bcp47, name },
			...{ tokens, bytes, chars, words, ratio }
		});
	});
	return `[\n${lines.join(',\n')}\n]\n`;
}

function asTable(rows: readonly Row[]): string {
	const NUMBERS = [3, 4, 5, 6, 7];
	const head = ['tokenizer', 'language', 'name', 'tokens', 'bytes', 'chars', 'words', 'ratio'];
	const cells = rows.map(({ tokenizer, language, measure, ratio }) => [
		tokenizer,
		language.code,
		language.name,
		String(measure.tokens),
		String(measure.bytes),
		String(measure.chars),
		measure.words === null ? '-' : String(measure.words),
		ratio === null ? '-' : ratio.toFixed(2)
	]);
	return alignedTable([head, ...cells], NUMBERS);
}
