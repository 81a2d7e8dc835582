import type { Command } from 'commander';
import {
	createTokenizer,
	buildMergeTrees,
	type MergeTrace,
	type TracedPretoken
} from '../../lib/engine';
import { readText, sourceOf } from '../input';
import { BufferedOutput, type Io } from '../io';
import {
	addReadingOptions,
	loadTokenizer,
	TOKENIZER,
	TOKENIZER_HELP,
	type ReadingFlags
} from '../tokenizer';

interface TraceFlags extends ReadingFlags {
	readonly tokenizer: string;
	readonly text?: string;
}

type Part = MergeTrace[number];

export function addCommand(program: Command, io: Io): void {
	const command = program
		.command('trace')
		.description('print every merge of a text as JSON')
		.argument(
			'[files...]',
			'UTF-8 files, read one after another as one text (default: standard input)'
		)
		.requiredOption(TOKENIZER, TOKENIZER_HELP);
	addReadingOptions(command)
		.option('--text <text>', 'trace this text instead of files')
		.addHelpText(
			'after',
			`
A JSON array with one object per pre-token:
  kind         "piece"
  byteStart, byteEnd   its span in the UTF-8 of the text
  bytes        its bytes as the model sees them (after normalizing)
  initialIds, initialEnds   its initial symbols, and the byte offset where each ends
  whole        taken as one token without merging
  merges       in order: rank, ids of left, right and product, byte position in the pre-token
  ids          the tokens after the last merge
or, for an added token: kind "added", byteStart, byteEnd, id.

Examples:
  bpe-lab trace -t cl100k_base --text strawberry`
		)
		.action((files: string[], flags: TraceFlags) => trace(files, flags, io));
}

async function trace(
	files: readonly string[],
	{ tokenizer: name, text: given, ...reading }: TraceFlags,
	io: Io
): Promise<void> {
	const source = await sourceOf(io, files, '--text', given);
	const { spec } = await loadTokenizer(name, io, reading);
	const text = await readText(source, files);
	const output = new BufferedOutput(io);
	let separator = '[\n';
	for (const part of createTokenizer(spec).trace(text)) {
		await output.write(separator + partJson(part));
		separator = ',\n';
	}
	await output.write(separator === '[\n' ? '[]\n' : '\n]\n');
	await output.flush();
}

function partJson(part: Part): string {
	if (part.kind === 'added') return JSON.stringify(part);
	const { kind, byteStart, byteEnd, bytes, initialIds, initialEnds, whole } = part;
	return JSON.stringify({
		kind,
		byteStart,
		byteEnd,
		bytes: Array.from(bytes),
		initialIds: Array.from(initialIds),
		initialEnds: Array.from(initialEnds),
		whole,
		merges: mergeList(part),
		ids: buildMergeTrees(part).map(({ id }) => id)
	});
}

const mergeList = ({ ranks, lefts, rights, products, positions }: TracedPretoken) =>
	Array.from(ranks, (rank, i) => ({
		rank,
		left: lefts[i],
		right: rights[i],
		product: products[i],
		position: positions[i]
	}));
