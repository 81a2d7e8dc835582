import {
	createTrainer,
	patternRegex,
	trainedSpec,
	type PretokenCounts,
	type Trainer,
	type Training,
	type TrainingRules
} from '../../lib/engine/train';
import { countFiles, readCounts } from '../count-files';
import { oneLine, UserError } from '../failure';
import type { Io } from '../io';
import { outputTarget, writeTokenizer, type OutputTarget } from '../output-target';
import type { TrainFlags } from './train';

/** Merges between two lines of progress. */
const AT_ONCE = 100;

/** Runs `bpe-lab train`. @throws UserError for bad input, or rules that the text cannot meet */
export async function train(files: readonly string[], flags: TrainFlags, io: Io): Promise<void> {
	const { counts: table, pattern, feed } = flags;
	const target = await outputTarget(flags.out, table === undefined ? files : [table], io);
	const counts =
		table === undefined
			? await countFiles(io, files, { pattern, feed }, null)
			: await readCounts(io, table);
	const trainer = startTrainer(counts, {
		pattern,
		feed,
		ties: flags.ties,
		alphabet: flags.alphabet,
		vocabularySize: flags.vocabSize,
		minFrequency: flags.minFrequency,
		maxTokenLength: flags.maxTokenLength ?? null,
		specialTokens: flags.special ?? []
	});
	while (!trainer.advance(AT_ONCE)) {
		const { merges, target, count } = trainer.progress;
		io.status(
			`${number(merges)} of ${number(target)} merges · the last pair ${number(count)} times`
		);
	}
	io.status('');
	const training = trainer.result();
	try {
		await writeTokenizer(trainedSpec(training), target, io);
	} catch (error) {
		throw error instanceof UserError ? error : new UserError(oneLine(error), { cause: error });
	}
	io.warn(`${summary(training, trainer.progress.vocabularySize)}; wrote ${target.path}`);
	const unsaid = whatFilesDoNotSay(training, target);
	if (unsaid) io.warn(unsaid);
}

function startTrainer(counts: PretokenCounts, rules: TrainingRules): Trainer {
	try {
		return createTrainer(counts, rules);
	} catch (error) {
		throw new UserError(oneLine(error), { cause: error });
	}
}

/** How far it went, and why no further. */
function summary({ rules, products, end }: Training, size: number): string {
	const merges = `${products.length === 1 ? '1 merge' : `${number(products.length)} merges`}, a vocabulary of ${number(size)}`;
	if (end === 'size') return merges;
	const { minFrequency, maxTokenLength, vocabularySize } = rules;
	const pair =
		maxTokenLength === null
			? 'no pair of tokens'
			: `no pair that makes a token of ${number(maxTokenLength)} bytes or fewer`;
	const why =
		minFrequency > 1 ? `${pair} occurs ${number(minFrequency)} times or more` : `${pair} is left`;
	return `${merges} of the ${number(vocabularySize)} asked for: ${why}`;
}

function whatFilesDoNotSay({ rules }: Training, { kind, path }: OutputTarget): string | null {
	const regex = patternRegex(rules.pattern);
	const pattern = regex === null ? 'a pattern that cuts nothing' : `the pattern ${regex}`;
	if (kind === 'tiktoken') {
		const special = rules.specialTokens.length > 0 ? ' and its special tokens' : '';
		return `${path} holds tokens and ids alone: give its reader ${pattern}${special}`;
	}
	if (kind === 'folder' && rules.pattern !== 'gpt2') {
		return `${path} does not say how text is cut: give its reader ${pattern}`;
	}
	return null;
}

const number = (value: number): string => value.toLocaleString('en');
