import type { Command } from 'commander';
import type { Io } from '../io';
import { TOKENIZER, TOKENIZER_HELP } from './tokenizer-option';

export interface DecodeFlags {
	readonly tokenizer: string;
	readonly jsonl?: boolean;
	readonly skipSpecial?: boolean;
}

export function addDecode(program: Command, io: Io): void {
	program
		.command('decode')
		.description('token ids to text')
		.argument('[files...]', 'ids with whitespace between them (default: standard input)')
		.requiredOption(TOKENIZER, TOKENIZER_HELP)
		.option('--jsonl', 'read one JSON array of ids a line, print one JSON string a line')
		.option('--skip-special', 'leave special tokens out')
		.addHelpText(
			'after',
			`
Nothing is added: no newline after the text. Bytes that are not UTF-8 become U+FFFD.

Examples:
  bpe-lab encode -t llama3 file.txt | bpe-lab decode -t llama3
  echo '[9906,1917]' | bpe-lab decode -t cl100k_base --jsonl`
		)
		.action(async (files: string[], flags: DecodeFlags) => {
			const { decode } = await import('./decode-run');
			await decode(files, flags, io);
		});
}
