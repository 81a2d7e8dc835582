import { InvalidArgumentError, Option, type Command } from 'commander';
import { UserError } from '../failure';
import type { Io } from '../io';
import { GATES } from './diff-gates';

export interface DiffFlags {
	readonly text?: readonly string[];
	readonly embeddingRows?: number;
	readonly json?: boolean;
	readonly markdown?: boolean;
	readonly probes?: 'deep' | 'quick';
	readonly failOn?: keyof typeof GATES;
}

export function addDiff(program: Command, io: Io): void {
	program
		.command('diff')
		.description('what changes when a model trained with A is served with B')
		.argument('<a>', 'the tokenizer that the model was trained with')
		.argument('<b>', 'the tokenizer that serves it')
		.option('--text <files...>', 'compare these as well, each a document (UTF-8)')
		.addOption(
			new Option(
				'--embedding-rows <n>',
				'rows of the model, padded ones included (default: largest id of A + 1)'
			).argParser(rows)
		)
		.option('--json', 'print the report as JSON')
		.option('--markdown', 'print the report as Markdown')
		.addOption(
			new Option(
				'--probes <depth>',
				'how many inputs are tried: deep for tens of thousands, quick for the first few thousand (default: deep)'
			).choices(['deep', 'quick'])
		)
		.addOption(
			new Option(
				'--fail-on <severity>',
				'exit with 1 from this severity up: any difference that is more than formatting, silent, crash'
			).choices(Object.keys(GATES))
		)
		.addHelpText(
			'after',
			`
Verdicts, from nothing to worst:
  identical, formatting-only   the same tokenizer, perhaps written differently
  harmless                     fields differ, and no input is known to come out differently
  silent                       ids or text differ, and nothing errors
  crash                        Hugging Face's library refuses the file, one side stops with an error,
                               or B gives ids that the model has no embedding row for

Examples:
  bpe-lab diff cl100k_base o200k_base
  bpe-lab diff llama3 tokenizer.json --text docs/*.md --markdown > drift.md
  bpe-lab diff trained/tokenizer.json served/tokenizer.json --fail-on silent`
		)
		.action(async (a: string, b: string, flags: DiffFlags) => {
			if (flags.json && flags.markdown) {
				throw new UserError('--json and --markdown exclude each other');
			}
			const { diff } = await import('./diff-run');
			await diff(a, b, flags, io);
		});
}

function rows(value: string): number {
	const number = Number(value);
	if (!Number.isSafeInteger(number) || number < 1) {
		throw new InvalidArgumentError('expected a whole number from 1 up');
	}
	return number;
}
