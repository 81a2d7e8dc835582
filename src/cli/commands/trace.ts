import type { Command } from 'commander';
import type { Io } from '../io';
import { TOKENIZER, TOKENIZER_HELP } from './tokenizer-option';

export interface TraceFlags {
	readonly tokenizer: string;
}

export function addTrace(program: Command, io: Io): void {
	program
		.command('trace')
		.description('every merge of a text, as JSON')
		.argument('[files...]', 'UTF-8, read one after another as one text (default: standard input)')
		.requiredOption(TOKENIZER, TOKENIZER_HELP)
		.addHelpText(
			'after',
			`
A JSON array with one object a pre-token:
  kind         "piece"
  byteStart, byteEnd   where it is in the UTF-8 of the text
  bytes        its bytes as the model sees them (after normalizing)
  initialIds, initialEnds   the symbols it starts from, and the byte in the piece after each
  whole        taken as one token before any merge, because merging would not give it
  merges       in order: rank, ids of left, right and product, byte position in the piece
  ids          what is left after the last merge
or, for an added token: kind "added", byteStart, byteEnd, id.

Example:
  printf 'strawberry' | bpe-lab trace -t cl100k_base`
		)
		.action(async (files: string[], flags: TraceFlags) => {
			const { trace } = await import('./trace-run');
			await trace(files, flags, io);
		});
}
