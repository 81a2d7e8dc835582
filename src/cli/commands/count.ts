import { Option, type Command } from 'commander';
import {
	isShardName,
	PATTERNS,
	writeCountsTsv,
	type CountingRules,
	type PretokenCounts
} from '../../lib/engine/train';
import { printableJsonText } from '../../lib/drift/escapes';
import {
	countFiles,
	MAX_DISTINCT,
	MAX_DISTINCT_BYTES,
	MAX_JSON_LINE_BYTES,
	MAX_UNSPLIT_TEXT_BYTES
} from '../count-files';
import { shardWriter } from '../counts';
import { UserError } from '../failure';
import type { Io } from '../io';
import { checkParent } from '../output';
import { parsePattern, threadsOption } from '../tokenizer';

interface CountFlags extends CountingRules {
	readonly threads: number;
	readonly ndjson?: string;
	readonly out?: string;
	/** Accepted only so that the error can recommend `encode --count`. */
	readonly tokenizer?: string;
}

export function addCommand(program: Command, io: Io): void {
	const command = program
		.command('count')
		.description('count the pre-tokens in text, for `train --counts`')
		.argument('[files...]', 'UTF-8 files, each a separate text (default: standard input)');
	addCountingOptions(command)
		.addOption(new Option('-t, --tokenizer <tokenizer>').hideHelp())
		.option('--ndjson <field>', 'read one JSON object per line and count the text in this field')
		.option('--out <folder>', 'write gzip shards and manifest.json into this folder')
		.addHelpText(
			'after',
			`
Prints one line per pre-token, in order of first appearance: a JSON string, a tab, and its count.
Once a table reaches ${MAX_DISTINCT.toLocaleString('en')} pre-tokens or ${MAX_DISTINCT_BYTES / 2 ** 20} MB, it is printed and a new one begins. This keeps
memory below 300 MB per thread, but a pre-token may be printed more than once, so add up its counts.
You can also count the parts of a corpus separately and add up the resulting tables in the same way.

With --out, each table is a shard (counts-00000.tsv.gz and so on). manifest.json contains the format
version, the pattern, the feed, the number of records, bytes and pre-tokens, and each shard's name,
line count, total count and SHA-256. If the folder exists, its previous counts are replaced, but
only once all the new ones are written.

A JSON line can be up to ${MAX_JSON_LINE_BYTES / 2 ** 20} MB. Lines longer than 10 MB take more memory: 460 MB for a 60 MB line.
Text that runs for ${MAX_UNSPLIT_TEXT_BYTES / 2 ** 20} MB without a boundary is rejected. A boundary is a space between words or
the end of a line. With --pattern none or a regular expression, only the end of a line is a
boundary; with --feed whole as well, there are no boundaries at all.

Examples:
  bpe-lab count corpus.txt > counts.tsv
  zcat part-*.jsonl.gz | bpe-lab count --ndjson text --pattern o200k --out counts
  bpe-lab train --counts counts --vocab-size 32000 --out tokenizer.json`
		)
		.action((files: string[], { tokenizer, ...flags }: CountFlags) => {
			if (tokenizer === undefined) return count(files, flags, io);
			throw new UserError(
				`--tokenizer: count prints a table of pre-tokens and needs no tokenizer; to count tokens, use \`bpe-lab encode --count -t ${tokenizer}\``
			);
		});
}

async function count(
	files: readonly string[],
	{ pattern, feed, threads, ndjson, out }: CountFlags,
	io: Io
): Promise<void> {
	const rules = { pattern, feed };
	const options = { rules, field: ndjson ?? null, threads };
	if (out === undefined) {
		const write = async (counts: PretokenCounts) => {
			for (const part of writeCountsTsv(counts)) await io.write(printableJsonText(part));
		};
		await write((await countFiles(io, files, options, write)).counts);
		return;
	}
	await checkFolder(out, io);
	await io.saveFolder(
		out,
		async (folder) => {
			const shards = shardWriter(folder);
			const counted = await countFiles(io, files, options, (part) => shards.add(part));
			await shards.finish(rules, counted);
		},
		isShardName
	);
}

async function checkFolder(out: string, io: Io): Promise<void> {
	if (['file', 'stream'].includes(await io.kindOf(out))) {
		throw new UserError(`--out ${out}: got a file, expected a folder for the shards`);
	}
	await checkParent(out, io);
}

/** Adds the options that `count` and `train` share: {@link CountingRules} and `--threads`. */
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
				'how much text the pattern sees at once: a line with its newline, or a file'
			)
				.choices(['lines', 'whole'])
				.default('lines')
		)
		.addOption(threadsOption());
}
