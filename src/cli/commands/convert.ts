import type { Command } from 'commander';
import type { TokenizerSpec } from '../../lib/engine';
import { GPT2_PATTERN, preTokenizerSteps } from '../../lib/engine/stages';
import type { TrainingPattern } from '../../lib/engine/train';
import { knownRanksOf } from '../../lib/tokenizers/files/tiktoken';
import { oneLine, UserError } from '../failure';
import type { Io } from '../io';
import { outputTarget, writeTokenizer, type OutputTarget } from '../output';
import { addPatternOption, loadTokenizer, readOptions } from '../tokenizer';

interface ConvertFlags {
	readonly out: string;
	readonly lossy?: boolean;
	readonly pattern?: TrainingPattern;
}

export function addCommand(program: Command, io: Io): void {
	const command = program
		.command('convert')
		.description('write a tokenizer in another format')
		.argument('<tokenizer>', 'a tokenizer file or folder, or an id of `bpe-lab tokenizers`')
		.requiredOption(
			'--out <file>',
			'a .json (tokenizer.json), a .tiktoken, or a folder for vocab.json and merges.txt'
		)
		.option('--lossy', 'write the file although it cannot hold everything, and say what is lost');
	addPatternOption(command)
		.addHelpText(
			'after',
			`
A tokenizer.json holds every stage. A .tiktoken holds tokens and ids alone, vocab.json and
merges.txt also the merges. If something that changes ids would be lost, nothing is written
without --lossy.

Examples:
  bpe-lab convert model.gguf --out tokenizer.json
  bpe-lab convert qwen3 --out qwen3.tiktoken --lossy`
		)
		.action((name: string, flags: ConvertFlags) => convert(name, flags, io));
}

/** @throws UserError for bad input, or if the format cannot hold the tokenizer */
async function convert(name: string, { out, lossy, pattern }: ConvertFlags, io: Io): Promise<void> {
	const target = await outputTarget(out, [name], io);
	const { spec } = await loadTokenizer(name, io, pattern);
	const losses = await lossesOf(spec, target);
	if (losses.length > 0 && !lossy) {
		throw new UserError(
			`--out ${out} would lose ${new Intl.ListFormat('en').format(losses)}; write a tokenizer.json, or add --lossy`
		);
	}
	try {
		await writeTokenizer(spec, target, io);
	} catch (error) {
		throw error instanceof UserError ? error : new UserError(oneLine(error), { cause: error });
	}
	const without = losses.length > 0 ? ` without ${new Intl.ListFormat('en').format(losses)}` : '';
	io.warn(`wrote ${target.path}${without}`);
}

/** Parts that change ids and that the format cannot hold, as nouns. What makes writing impossible is left to the writer. */
async function lossesOf(spec: TokenizerSpec, { kind }: OutputTarget): Promise<string[]> {
	if (kind === 'tokenizer.json') {
		return [
			...(hasNewerUnicode(spec) ? ['the Unicode version of its normalizer'] : []),
			...(matchesLongest(spec) ? ['the longest matches of its normalizer'] : [])
		];
	}
	if (kind === 'tiktoken' && (await isRecognised(spec))) return [];
	const losses: string[] = [];
	const special = spec.added_tokens.length;
	const steps = preTokenizerSteps(spec.pre_tokenizer);
	const patterns = steps.flatMap((step) =>
		step.type === 'Split' && 'Regex' in step.pattern
			? [step.pattern.Regex]
			: step.type === 'ByteLevel' && step.use_regex
				? [GPT2_PATTERN]
				: []
	);
	const others = steps.filter(
		(step) => step.type !== 'ByteLevel' && !(step.type === 'Split' && 'Regex' in step.pattern)
	);
	const isGpt2 = patterns.length === 1 && patterns[0] === GPT2_PATTERN;
	if (others.length > 0)
		losses.push(`the pre-tokenizer ${others.map(({ type }) => type).join(', ')}`);
	if (patterns.length > 0 ? kind === 'tiktoken' || !isGpt2 : others.length === 0)
		losses.push(describePatterns(patterns));
	if (steps.some((step) => step.type === 'ByteLevel' && step.add_prefix_space))
		losses.push('the space that it puts before a text');
	if (kind === 'tiktoken' && special > 0) {
		losses.push(special === 1 ? '1 added token' : `${special.toLocaleString('en')} added tokens`);
	}
	if (kind === 'folder' && special > 0)
		losses.push('which tokens are added tokens, and their flags');
	if (kind === 'folder' && spec.normalizer) losses.push(`the normalizer ${spec.normalizer.type}`);
	if (kind === 'folder' && spec.model.ignore_merges) losses.push('ignore_merges');
	if (
		/TemplateProcessing|RobertaProcessing|BertProcessing/.test(JSON.stringify(spec.post_processor))
	)
		losses.push('the special tokens that it adds around a text');
	return losses;
}

const describePatterns = (patterns: readonly string[]): string =>
	patterns.length === 0
		? 'that it does not split a text'
		: patterns.length === 1
			? `the pattern /${patterns[0]}/`
			: `its ${patterns.length} patterns`;

const hasNewerUnicode = ({ normalizer }: TokenizerSpec): boolean =>
	JSON.stringify(normalizer).includes('"unicode":"latest"');

const matchesLongest = ({ normalizer }: TokenizerSpec): boolean =>
	JSON.stringify(normalizer).includes('"match":"longest"');

/** Whether the lab would read the written ranks as this very tokenizer. */
async function isRecognised(spec: TokenizerSpec): Promise<boolean> {
	const { sha256, loadKnown } = readOptions(undefined);
	const known = await knownRanksOf(spec, sha256);
	if (known === undefined) return false;
	const stages = ({
		normalizer,
		pre_tokenizer,
		post_processor,
		decoder,
		added_tokens
	}: TokenizerSpec) =>
		JSON.stringify([normalizer, pre_tokenizer, post_processor, decoder, added_tokens]);
	return stages(await loadKnown(known)) === stages(spec);
}
