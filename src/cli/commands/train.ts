import { Option, type Command } from 'commander';
import type { MergingRules } from '../../lib/engine/train';
import { UserError } from '../failure';
import type { Io } from '../io';
import { addCountingOptions, parseWholeNumber, type CountingFlags } from './counting-options';

export interface TrainFlags extends CountingFlags {
	readonly vocabSize: number;
	readonly ties: MergingRules['ties'];
	readonly alphabet: MergingRules['alphabet'];
	readonly minFrequency: number;
	readonly special?: readonly string[];
	readonly maxTokenLength?: number;
	readonly counts?: string;
	readonly out: string;
}

export function addTrain(program: Command, io: Io): void {
	const command = program
		.command('train')
		.description('train a byte-level BPE tokenizer on text')
		.argument('[files...]', 'UTF-8, each a text of its own (default: standard input)')
		.requiredOption(
			'--vocab-size <n>',
			'tokens to aim at: alphabet, merges and special tokens together',
			parseWholeNumber
		);
	addCountingOptions(command)
		.addOption(
			new Option(
				'--ties <rule>',
				'of pairs that occur equally often, merge the one with the smallest ids, or the one seen first'
			)
				.choices(['huggingface', 'first-seen'])
				.default('huggingface')
		)
		.addOption(
			new Option(
				'--alphabet <bytes>',
				'the bytes that occur, in the order of their letters in tokenizer.json, or all 256 (id = byte)'
			)
				.choices(['observed', 'bytes'])
				.default('observed')
		)
		.option('--min-frequency <n>', 'merge no pair that occurs less often', parseWholeNumber, 2)
		.option(
			'--special <token...>',
			'special tokens: the first ids with observed bytes, the last with all',
			(token: string, tokens: readonly string[] | undefined) => [...(tokens ?? []), token]
		)
		.option('--max-token-length <n>', 'make no token of more bytes', parseWholeNumber)
		.option('--counts <file.tsv>', 'train on what `bpe-lab count` printed, instead of on text')
		.requiredOption(
			'--out <file>',
			'a .json (tokenizer.json), a .tiktoken, or a folder for vocab.json and merges.txt'
		)
		.addHelpText(
			'after',
			`
The merges are those of Hugging Face's trainer, which begins with --min-frequency 0; with --ties
first-seen --alphabet bytes --feed whole they are minbpe's. Counts do not say what stood first in the
text, so they exclude first-seen; give them the pattern they were made with. Put files before
--special, or after another option.

Where the text gives fewer tokens than asked for, a line says how far it went and why. Text of bytes
that did not occur cannot be encoded by a tokenizer of observed bytes. A .tiktoken holds no pattern
and no special tokens, vocab.json and merges.txt hold no pattern: their readers must be told.

Examples:
  bpe-lab train corpus.txt --vocab-size 8000 --out tokenizer.json
  bpe-lab train --vocab-size 512 --pattern '/\\p{L}+|\\s+/' --out small.tiktoken < corpus.txt
  bpe-lab encode -t tokenizer.json --count corpus.txt`
		)
		.action(async (files: string[], flags: TrainFlags) => {
			if (flags.counts !== undefined && files.length > 0) {
				throw new UserError(
					`--counts is read instead of text: got ${files[0]} too, expected no files`
				);
			}
			if (flags.counts !== undefined && flags.ties === 'first-seen') {
				throw new UserError(
					'--ties first-seen needs the text in its order, which --counts does not keep: give the text'
				);
			}
			const { train } = await import('./train-run');
			await train(files, flags, io);
		});
}
