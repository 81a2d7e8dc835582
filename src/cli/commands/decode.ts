import type { Command } from 'commander';
import { printableJson } from '../../lib/drift/escapes';
import { withErrorPrefix, UserError } from '../failure';
import { readText, sourceOf } from '../input';
import type { Io } from '../io';
import { convertLines, excerpt, jsonIds } from '../json-lines';
import {
	addReadingOptions,
	loadTokenizer,
	startRuntime,
	TOKENIZER,
	TOKENIZER_HELP,
	type ReadingFlags
} from '../tokenizer';

interface DecodeFlags extends ReadingFlags {
	readonly tokenizer: string;
	readonly jsonl?: boolean;
	readonly skipSpecial?: boolean;
	readonly ids?: string;
}

export function addCommand(program: Command, io: Io): void {
	const command = program
		.command('decode')
		.description('decode token ids to text')
		.argument('[files...]', 'ids separated by spaces, newlines or commas (default: standard input)')
		.requiredOption(TOKENIZER, TOKENIZER_HELP);
	addReadingOptions(command)
		.option('--jsonl', 'read one JSON array of ids per line, print one JSON string per line')
		.option('--ids <ids>', 'decode these ids instead of files')
		.option('--skip-special', 'leave special tokens out')
		.addHelpText(
			'after',
			`
No newline is added after the text. Bytes that are not valid UTF-8 become U+FFFD.

Examples:
  bpe-lab decode -t gpt-4o --ids '13225 2375'
  bpe-lab encode -t llama3 file.txt | bpe-lab decode -t llama3
  echo '[9906, 1917]' | bpe-lab decode -t cl100k_base
  echo '[9906,1917]' | bpe-lab decode -t cl100k_base --jsonl`
		)
		.action((files: string[], flags: DecodeFlags) => decode(files, flags, io));
}

async function decode(
	files: readonly string[],
	{ tokenizer: name, jsonl, skipSpecial = false, ids, ...reading }: DecodeFlags,
	io: Io
): Promise<void> {
	const source = await sourceOf(io, files, '--ids', ids);
	const tokenizer = await loadTokenizer(name, io, reading);
	const runtime = await startRuntime(tokenizer, 'lab');
	const decodeIds = (ids: readonly number[], where: string): string =>
		withErrorPrefix(where, () => runtime.decode(ids, { skipSpecial }));
	if (jsonl) {
		await convertLines(source, io, files, (line) =>
			printableJson(decodeIds(jsonIds(line), line.name))
		);
	} else {
		await io.write(decodeIds(parseIds(await readText(source, files)), 'ids'));
	}
}

/** Parses ids separated by whitespace or commas, optionally enclosed in brackets. */
function parseIds(text: string): number[] {
	const ids: number[] = [];
	const list = /^\s*\[([^]*)\]\s*$/.exec(text)?.[1] ?? text;
	for (const [word] of list.matchAll(/[^\s,]+|^\s*,|,(?=\s*(?:,|$))/g)) {
		const id = /^\d+$/.test(word) ? Number(word) : NaN;
		if (!Number.isSafeInteger(id)) {
			throw new UserError(
				`ids: got ${excerpt(JSON.stringify(word))} as item ${ids.length + 1}, expected a token id`
			);
		}
		ids.push(id);
	}
	return ids;
}
