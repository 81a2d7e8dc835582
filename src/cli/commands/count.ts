import { Option, type Command } from 'commander';
import {
	PATTERNS,
	writeCountsTsv,
	type CountingRules,
	type PretokenCounts
} from '../../lib/engine/train';
import { countFiles, MAX_DISTINCT, MAX_DISTINCT_BYTES } from '../count-files';
import type { Io } from '../io';
import { parsePattern } from '../pattern';

interface CountFlags extends CountingRules {
	readonly ndjson?: string;
}

export function addCommand(program: Command, io: Io): void {
	const command = program
		.command('count')
		.description('count the pre-tokens of text, for `train --counts`')
		.argument('[files...]', 'UTF-8, each a text of its own (default: standard input)');
	addCountingOptions(command)
		.option('--ndjson <field>', 'read one JSON object per line and count the text in this field')
		.addHelpText(
			'after',
			`
Prints one line per pre-token, first seen first: a JSON string, a tab, and its count. After
${MAX_DISTINCT.toLocaleString('en')} pre-tokens or ${MAX_DISTINCT_BYTES / 2 ** 20} MB of them it prints what it has and starts again, so that memory is bounded
and a pre-token may be printed more than once. The reader adds its counts, also those of parts
of a corpus that were counted apart.

Examples:
  bpe-lab count corpus.txt > counts.tsv
  zcat part-*.jsonl.gz | bpe-lab count --ndjson text --pattern o200k > counts.tsv
  bpe-lab train --counts counts.tsv --pattern o200k --vocab-size 32000 --out tokenizer.json`
		)
		.action((files: string[], flags: CountFlags) => count(files, flags, io));
}

/** @throws UserError for bad input */
async function count(
	files: readonly string[],
	{ pattern, feed, ndjson }: CountFlags,
	io: Io
): Promise<void> {
	const write = async (counts: PretokenCounts) => {
		for (const part of writeCountsTsv(counts)) await io.write(part);
	};
	await write(await countFiles(io, files, { pattern, feed }, ndjson ?? null, write));
}

/** Adds the options of `count` and `train` about pre-tokens, named as in {@link CountingRules}. */
export function addCountingOptions(command: Command): Command {
	return command
		.addOption(
			new Option(
				'--pattern <pattern>',
				`how text is split before pairs are counted: ${Object.keys(PATTERNS).join(', ')}, or /regex/`
			)
				.argParser(parsePattern)
				.default('gpt2')
		)
		.addOption(
			new Option(
				'--feed <unit>',
				'text that the pattern sees at once: a line with its newline, or a file'
			)
				.choices(['lines', 'whole'])
				.default('lines')
		);
}
