import type { Command } from 'commander';
import type { Io } from '../io';
import { addCountingOptions, type CountingFlags } from './counting-options';

export interface CountFlags extends CountingFlags {
	readonly ndjson?: string;
}

export function addCount(program: Command, io: Io): void {
	const command = program
		.command('count')
		.description('count the pre-tokens of text, for `train --counts`')
		.argument('[files...]', 'UTF-8, each a text of its own (default: standard input)');
	addCountingOptions(command)
		.option('--ndjson <field>', 'read a JSON object a line, and count the text in this field of it')
		.addHelpText(
			'after',
			`
Prints a line a pre-token, first seen first: a JSON string, a tab, and how often it occurs.
Counts of parts of a corpus can be put one after another: what is there twice adds up.

Examples:
  bpe-lab count corpus.txt > counts.tsv
  zcat part-*.jsonl.gz | bpe-lab count --ndjson text --pattern o200k > counts.tsv
  bpe-lab train --counts counts.tsv --pattern o200k --vocab-size 32000 --out tokenizer.json`
		)
		.action(async (files: string[], flags: CountFlags) => {
			const { count } = await import('./count-run');
			await count(files, flags, io);
		});
}
