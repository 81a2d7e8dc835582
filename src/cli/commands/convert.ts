import type { Command } from 'commander';
import { lossesOf, conversionNote } from '../../lib/tokenizers/files/write';
import { UserError } from '../failure';
import type { Io } from '../io';
import { outputTarget, saveTokenizer } from '../output';
import { addReadingOptions, loadTokenizer, readOptions, type ReadingFlags } from '../tokenizer';

interface ConvertFlags extends ReadingFlags {
	readonly out: string;
	readonly lossy?: boolean;
}

export function addCommand(program: Command, io: Io): void {
	const command = program
		.command('convert')
		.description('write a tokenizer in a different format')
		.argument('<tokenizer>', 'a tokenizer file or folder, or an id from `bpe-lab tokenizers`')
		.requiredOption(
			'--out <file>',
			'a .json file (tokenizer.json), a .tiktoken file, or a folder for vocab.json and merges.txt'
		)
		.option('--lossy', 'write the file even if something is lost, and list what is lost');
	addReadingOptions(command)
		.addHelpText(
			'after',
			`
A tokenizer.json contains every stage. A .tiktoken file contains only tokens and ids; vocab.json and
merges.txt also contain the merges. Without --lossy, nothing is written if the new file would lose
anything that affects ids.

Examples:
  bpe-lab convert model.gguf --out tokenizer.json
  bpe-lab convert qwen3 --out qwen3.tiktoken --lossy`
		)
		.action((name: string, flags: ConvertFlags) => convert(name, flags, io));
}

async function convert(
	name: string,
	{ out, lossy, ...reading }: ConvertFlags,
	io: Io
): Promise<void> {
	const target = await outputTarget(out, [name], io);
	const { spec } = await loadTokenizer(name, io, reading);
	const losses = await lossesOf(spec, target.format, readOptions(undefined));
	if (losses.length > 0 && !lossy) {
		throw new UserError(
			`--out ${out} would lose ${new Intl.ListFormat('en').format(losses)}; ${target.format === 'tokenizer.json' ? '' : 'write a tokenizer.json, or '}add --lossy`
		);
	}
	await saveTokenizer(spec, target, io);
	const without = losses.length > 0 ? ` without ${new Intl.ListFormat('en').format(losses)}` : '';
	const note = conversionNote(spec, target.format);
	io.warn(`wrote ${target.path}${without}${note ? `; ${note}` : ''}`);
}
