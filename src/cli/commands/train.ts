import { InvalidArgumentError, Option, type Command } from 'commander';
import {
	createTrainer,
	patternRegex,
	trainedSpec,
	type CountingRules,
	type MergingRules,
	type Training
} from '../../lib/engine/train';
import { formatCount, plural } from '../../lib/engine/text';
import { countFiles } from '../count-files';
import { readCounts } from '../counts';
import { excludeEachOther, UserError } from '../failure';
import type { Io } from '../io';
import { outputTarget, saveTokenizer, type OutputTarget } from '../output';
import { addCountingOptions } from './count';

interface TrainFlags extends CountingRules {
	readonly threads: number;
	readonly vocabSize: number;
	readonly ties: MergingRules['ties'];
	readonly alphabet: MergingRules['alphabet'];
	readonly minFrequency: number;
	readonly special?: readonly string[];
	readonly maxTokenLength?: number;
	readonly counts?: readonly string[];
	readonly out: string;
}

const MERGES_PER_STATUS = 100;

export function addCommand(program: Command, io: Io): void {
	const command = program
		.command('train')
		.description('train a byte-level BPE tokenizer on text')
		.argument('[files...]', 'UTF-8 files, each a separate text (default: standard input)')
		.requiredOption(
			'--vocab-size <n>',
			'size of the vocabulary: alphabet, merges and special tokens together',
			parseWholeNumber
		);
	addCountingOptions(command)
		.addOption(
			new Option(
				'--ties <rule>',
				'which of several equally frequent pairs to merge: the one with the smallest ids, or the one seen first'
			)
				.choices(['huggingface', 'first-seen'])
				.default('huggingface')
		)
		.addOption(
			new Option(
				'--alphabet <bytes>',
				'start with the bytes that occur, sorted by their characters in tokenizer.json, or with all 256 (id = byte)'
			)
				.choices(['observed', 'bytes'])
				.default('observed')
		)
		.option(
			'--min-frequency <n>',
			'do not merge pairs that occur fewer than n times',
			parseWholeNumber,
			2
		)
		.option(
			'--special <token...>',
			'special tokens, which get the first ids with --alphabet observed and the last with --alphabet bytes',
			(token: string, tokens: readonly string[] | undefined) => [...(tokens ?? []), token]
		)
		.option('--max-token-length <n>', 'maximum token length, in bytes', parseWholeNumber)
		.option(
			'--counts <files...>',
			'train on tables or folders from `bpe-lab count` instead of text'
		)
		.requiredOption(
			'--out <file>',
			'a .json file (tokenizer.json), a .tiktoken file, or a folder for vocab.json and merges.txt'
		)
		.addHelpText(
			'after',
			`
The merges match those of Hugging Face's trainer, whose default is --min-frequency 0. With --ties
first-seen --alphabet bytes --feed whole, the merges match minbpe's. Counts do not record the order
of the text, so --counts rules out --ties first-seen. Counts from several tables and folders are
added up. A folder's manifest states the pattern and the feed, so --pattern and --feed can be left
out. For a table of counts, specify the pattern that its pre-tokens were split with. Put files
before --special, or after another option.

If training stops early, a line says where and why. A tokenizer trained with --alphabet observed
cannot encode bytes that did not occur. A .tiktoken file contains no pattern or special tokens, and
vocab.json and merges.txt contain no pattern, so you have to supply these when you load the files.

Examples:
  bpe-lab train corpus.txt --vocab-size 8000 --out tokenizer.json
  bpe-lab train --vocab-size 512 --pattern '/\\p{L}+|\\s+/' --out small.tiktoken < corpus.txt
  bpe-lab train --counts part-1 part-2 --vocab-size 32000 --out tokenizer.json
  bpe-lab encode -t tokenizer.json --count corpus.txt`
		)
		.action(async (files: string[], flags: TrainFlags, command: Command) => {
			if (flags.counts !== undefined && files.length > 0) {
				throw excludeEachOther('--counts', `the file ${files[0]}`);
			}
			if (flags.counts !== undefined && flags.ties === 'first-seen') {
				throw new UserError(
					"--ties first-seen needs the order of the text, which counts don't record; train on the text instead of --counts"
				);
			}
			const isAsked = (rule: keyof CountingRules) => command.getOptionValueSource(rule) === 'cli';
			const asked = {
				...(isAsked('pattern') && { pattern: flags.pattern }),
				...(isAsked('feed') && { feed: flags.feed })
			};
			await train(files, flags, asked, io);
		});
}

function parseWholeNumber(text: string): number {
	const value = /^\d+$/.test(text) ? Number(text) : NaN;
	if (Number.isSafeInteger(value)) return value;
	throw new InvalidArgumentError('expected a whole number of at least 0');
}

/** @param asked counting rules that the user set */
async function train(
	files: readonly string[],
	flags: TrainFlags,
	asked: Partial<CountingRules>,
	io: Io
): Promise<void> {
	const { counts: tables, pattern, feed, threads } = flags;
	const target = await outputTarget(flags.out, tables ?? files, io);
	const rules = { pattern, feed };
	const { counts, rules: counted } = tables
		? await readCounts(io, tables, asked)
		: { ...(await countFiles(io, files, { rules, field: null, threads })), rules };
	const trainer = createTrainer(counts, {
		...(counted ?? rules),
		ties: flags.ties,
		alphabet: flags.alphabet,
		vocabularySize: flags.vocabSize,
		minFrequency: flags.minFrequency,
		maxTokenLength: flags.maxTokenLength ?? null,
		specialTokens: flags.special ?? []
	});
	while (!trainer.advance(MERGES_PER_STATUS)) {
		const { merges, target, count } = trainer.progress;
		io.status(
			`${formatCount(merges)} of ${formatCount(target)} merges · the last pair occurred ${formatCount(count)} times`,
			merges / target
		);
	}
	io.status('');
	const training = trainer.result();
	await saveTokenizer(trainedSpec(training), target, io);
	io.warn(`${describeTraining(training, trainer.progress.vocabularySize)}; wrote ${target.path}`);
	const missing = describeMissing(training, target);
	if (missing) io.warn(missing);
}

function describeTraining({ rules, products, end }: Training, size: number): string {
	const merges = `${plural(products.length, 'merge')}, a vocabulary of ${formatCount(size)}`;
	if (end === 'size') return merges;
	const { minFrequency, maxTokenLength, vocabularySize } = rules;
	const pair =
		maxTokenLength === null
			? 'no pair of tokens'
			: `no pair that makes a token of ${formatCount(maxTokenLength)} bytes or fewer`;
	const why =
		minFrequency > 1
			? `${pair} occurs at least ${formatCount(minFrequency)} times`
			: `${pair} is left`;
	return `${merges} instead of ${formatCount(vocabularySize)}, because ${why}`;
}

/** Describes what is needed to load the file but can't be stored in its format; `null` if nothing is missing. */
function describeMissing({ rules }: Training, { format, path }: OutputTarget): string | null {
	const regex = patternRegex(rules.pattern);
	const pattern = regex === null ? 'a pattern that splits nothing' : `the pattern ${regex}`;
	if (format === 'tiktoken') {
		const special = rules.specialTokens.length > 0 ? ' and its special tokens' : '';
		return `${path} contains only tokens and ids; whoever loads it needs ${pattern}${special}`;
	}
	if (format === 'vocab-merges' && rules.pattern !== 'gpt2') {
		return `${path} doesn't say how text is split; whoever loads it needs ${pattern}`;
	}
	return null;
}
