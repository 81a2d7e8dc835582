import { identifyTokenizer, type Identification, type KnownVocabularies } from '../../lib/drift';
import { printable, printableJson } from '../../lib/drift/escapes';
import { platformSha256 } from '../../lib/drift/sha256';
import { decodeUtf8 } from '../../lib/engine/text';
import type { Command } from 'commander';
import { CATALOGUE } from '../../lib/tokenizers/catalogue';
import type { TokenizerDescriptor } from '../../lib/tokenizers/catalogue/shared/descriptor';
import {
	describeInWords,
	describeTokenizer,
	type TokenizerDescription
} from '../../lib/tokenizers/files/describe';
import { withErrorPrefix } from '../failure';
import type { Io } from '../io';
import {
	addReadingOptions,
	findShipped,
	readGenerated,
	readShipped,
	readTokenizerPath,
	type ReadingFlags
} from '../tokenizer';

interface InspectFlags extends ReadingFlags {
	readonly json?: boolean;
}

export function addCommand(program: Command, io: Io): void {
	const command = program
		.command('inspect')
		.description(
			'describe a tokenizer: every stage, what was assumed, and which known tokenizer it is'
		)
		.argument('<tokenizer>', 'a tokenizer file or folder, or an id from `bpe-lab tokenizers`')
		.option('--json', 'print the description as JSON');
	addReadingOptions(command)
		.addHelpText(
			'after',
			`
Reads tokenizer.json, alone or in a folder with tokenizer_config.json; vocab.json with merges.txt;
.tiktoken; SentencePiece BPE models; and GGUF of any size.

Examples:
  bpe-lab inspect tokenizer.json
  bpe-lab inspect model.gguf --json`
		)
		.action((name: string, flags: InspectFlags) => inspect(name, flags, io));
}

async function inspect(name: string, { json, ...flags }: InspectFlags, io: Io): Promise<void> {
	const descriptor = await findShipped(name, io);
	const notes = { files: [], stated: [], assumed: [], unsupported: [] };
	const reading = descriptor
		? { ...notes, format: 'catalogue', spec: readShipped(descriptor) }
		: await readTokenizerPath(name, io, flags);
	const description = describeTokenizer(reading);
	const known = {
		catalogue: CATALOGUE,
		samples: readGenerated('vocabulary-samples.json', parseSamples),
		load: (one: TokenizerDescriptor) => Promise.resolve(readShipped(one))
	};
	const identification = await withErrorPrefix(name, () =>
		identifyTokenizer(reading.spec, known, platformSha256())
	);
	await io.write(
		json
			? `${printableJson({ ...description, identification }, 2)}\n`
			: inspectionText(description, identification)
	);
}

const parseSamples = (bytes: Uint8Array) =>
	JSON.parse(decodeUtf8(bytes)) as KnownVocabularies['samples'];

function inspectionText(
	description: TokenizerDescription,
	{ sentence, fingerprint }: Identification
): string {
	const { title, summary, sections } = describeInWords(description);
	const lines = [title, sentence, summary];
	for (const section of sections) {
		lines.push('', section.title, ...section.lines.map((line) => `  ${line}`));
	}
	if (fingerprint !== null) lines.push('', `Fingerprint ${fingerprint}`);
	return `${lines.map(printable).join('\n')}\n`;
}
