import { Option, type Command } from 'commander';
import type { RuntimeName } from '../../lib/tokenizers/catalogue/types';
import { TOKENIZER, TOKENIZER_HELP } from './tokenizer-option';
import { UserError } from '../failure';
import type { Io } from '../io';

export interface EncodeFlags {
	readonly tokenizer: string;
	readonly runtime: RuntimeName;
	readonly special: 'text' | 'parse';
	readonly bos?: boolean;
	readonly jsonl?: boolean;
	readonly offsets?: boolean;
	readonly count?: boolean;
}

const RUNTIMES: readonly RuntimeName[] = ['lab', 'js-tiktoken', 'transformers.js'];

export function addEncode(program: Command, io: Io): void {
	program
		.command('encode')
		.description('text to token ids, on one line')
		.argument('[files...]', 'UTF-8, read one after another as one text (default: standard input)')
		.requiredOption(TOKENIZER, TOKENIZER_HELP)
		.addOption(
			new Option('--runtime <name>', 'the program that encodes').choices(RUNTIMES).default('lab')
		)
		.addOption(
			new Option('--special <mode>', 'special tokens in the text: ordinary text, or recognised')
				.choices(['text', 'parse'])
				.default('text')
		)
		.option('--bos', 'put the token before the text that the model expects there')
		.option('--jsonl', 'read one JSON string a line, print one JSON array of ids a line')
		.option('--offsets', 'with --jsonl: {"ids":[…],"byteStarts":[…],"byteEnds":[…]} a line')
		.option('--count', 'print the number of tokens alone')
		.addHelpText(
			'after',
			`
Nothing is stripped: a final newline is text. Offsets are bytes of the UTF-8 of the
input, in which a lone surrogate is U+FFFD.

Examples:
  bpe-lab encode -t llama3 file.txt
  printf 'Hello' | bpe-lab encode -t cl100k_base --count
  echo '"café"' | bpe-lab encode -t gemma3 --jsonl --offsets`
		)
		.action(async (files: string[], flags: EncodeFlags) => {
			if (flags.offsets && !flags.jsonl) throw new UserError('--offsets needs --jsonl');
			if (flags.offsets && flags.count) {
				throw new UserError('--offsets and --count exclude each other');
			}
			const { encode } = await import('./encode-run');
			await encode(files, flags, io);
		});
}
