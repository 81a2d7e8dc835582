import { Option, type Command } from 'commander';
import {
	buildTokenizer,
	TokenKind,
	withExtras,
	type Encoding,
	type TokenizerSpec
} from '../../lib/engine';
import { surround } from '../../lib/engine/stages';
import type { RuntimeName } from '../../lib/tokenizers/catalogue/shared/descriptor';
import { encodeInChunks } from '../../lib/tokenizers/chunks/encode-chunks';
import type { TokenCount } from '../../lib/tokenizers/chunks/token-counter';
import { EngineRuntime } from '../../lib/tokenizers/runtimes/engine';
import type { Runtime } from '../../lib/tokenizers/runtimes/runtime';
import { named, UserError } from '../failure';
import { inputs, readText, readUtf8 } from '../input';
import { BufferedOutput, type Io } from '../io';
import { convertLines, jsonString } from '../json-lines';
import {
	addReadingOptions,
	loadTokenizer,
	startRuntime,
	TOKENIZER,
	TOKENIZER_HELP,
	type NamedTokenizer,
	type ReadingFlags
} from '../tokenizer';

interface EncodeFlags extends ReadingFlags {
	readonly tokenizer: string;
	readonly runtime: RuntimeName;
	readonly special: 'text' | 'parse';
	readonly bos?: boolean;
	readonly jsonl?: boolean;
	readonly offsets?: boolean;
	readonly count?: boolean;
}

const RUNTIMES: readonly RuntimeName[] = ['lab', 'js-tiktoken', 'transformers.js'];

/** Ids joined at once: a join of millions would need the memory of its string twice. */
const IDS_PER_WRITE = 1 << 14;

/** Bound on text that `--count` keeps until it can be split. Merging a pre-token takes about 21 bytes per byte. */
const MAX_UNSPLIT_BYTES = 1 << 21;

export function addCommand(program: Command, io: Io): void {
	const command = program
		.command('encode')
		.description('encode text to token ids on one line')
		.argument('[files...]', 'UTF-8, read one after another as one text (default: standard input)')
		.requiredOption(TOKENIZER, TOKENIZER_HELP);
	addReadingOptions(command)
		.addOption(
			new Option('--runtime <name>', 'the program that encodes').choices(RUNTIMES).default('lab')
		)
		.addOption(
			new Option(
				'--special <mode>',
				'how special tokens in the text are read: as ordinary text, or parsed'
			)
				.choices(['text', 'parse'])
				.default('text')
		)
		.option('--bos', 'add the token that the model expects before the text')
		.option('--jsonl', 'read one JSON string per line, print one JSON array of ids per line')
		.option('--offsets', 'with --jsonl: {"ids":[…],"byteStarts":[…],"byteEnds":[…]} per line')
		.option('--count', 'print only the number of tokens')
		.addHelpText(
			'after',
			`
Nothing is stripped: a final newline is text. Offsets are bytes of the input's UTF-8, in which a
lone surrogate is U+FFFD. --count reads text of any length in at most 300 MB of memory. It refuses
text in which it finds no place to split for ${MAX_UNSPLIT_BYTES / 2 ** 20} MB: a space between words or a newline between
letters, depending on the tokenizer.

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
			await encode(files, flags, io);
		});
}

/** @throws UserError for bad input, or text that a library cannot encode */
async function encode(files: readonly string[], flags: EncodeFlags, io: Io): Promise<void> {
	const tokenizer = await loadTokenizer(flags.tokenizer, io, flags);
	const runtime = await startRuntime(tokenizer, flags.runtime);
	const bos = await requestedBos(tokenizer, flags, io);
	const encodeText = (text: string, name: string): Encoding => {
		const encoding = named(name, () => encodeWhole(runtime, tokenizer, text, flags));
		return bos.length === 0 ? encoding : surround(encoding, bos, [], 0);
	};
	const lost = { droppedBytes: 0, removedBytes: 0 };
	const addLost = ({ droppedBytes = 0, removedBytes = 0 }: Partial<typeof lost>) => {
		lost.droppedBytes += droppedBytes;
		lost.removedBytes += removedBytes;
	};
	if (flags.count && !flags.jsonl && runtime instanceof EngineRuntime) {
		const count = await countTokens(runtime, files, flags, io);
		addLost(count);
		await io.write(`${count.tokens + bos.length}\n`);
	} else if (flags.jsonl) {
		await convertLines(io, files, (line) => {
			const encoding = encodeText(jsonString(line), line.name);
			addLost(encoding);
			return jsonResult(encoding, flags);
		});
	} else {
		const encoding = encodeText(await readText(io, files), 'the text');
		addLost(encoding);
		if (flags.count) await io.write(`${encoding.ids.length}\n`);
		else await writeIds(encoding.ids, io);
	}
	warnOfLoss(tokenizer, lost, io);
}

/** Warns about bytes that decoding doesn't bring back, and names what drops them. */
function warnOfLoss(
	{ name, spec }: NamedTokenizer,
	{ droppedBytes, removedBytes }: Required<Pick<Encoding, 'droppedBytes' | 'removedBytes'>>,
	io: Io
): void {
	const untokenized = droppedBytes - removedBytes;
	const effect = 'decoding the ids does not bring them back';
	if (untokenized > 0) {
		const bytes = untokenized === 1 ? '1 byte has' : `${untokenized} bytes have`;
		io.warn(`${bytes} no token in ${name}: ${effect}`);
	}
	if (removedBytes > 0) {
		const stages = [spec.normalizer && 'normalizer', spec.pre_tokenizer && 'pre-tokenizer'];
		const bytes = removedBytes === 1 ? '1 byte' : `${removedBytes} bytes`;
		io.warn(
			`the ${stages.filter(Boolean).join(' or ')} of ${name} removes ${bytes} of the text: ${effect}`
		);
	}
}

/** Ids that `--bos` adds. */
async function requestedBos(
	tokenizer: NamedTokenizer,
	{ bos: wantsBos }: EncodeFlags,
	io: Io
): Promise<readonly number[]> {
	const bos = wantsBos ? await bosIds(tokenizer) : [];
	if (wantsBos && bos.length === 0) {
		io.warn(`${tokenizer.name} has no BOS: --bos adds nothing`);
	}
	return bos;
}

/** Counts the tokens of files as one text, in bounded memory. */
async function countTokens(
	runtime: EngineRuntime,
	files: readonly string[],
	{ special }: EncodeFlags,
	io: Io
): Promise<TokenCount> {
	const { createTokenCounter } = await import('../../lib/tokenizers/chunks/token-counter');
	const counter = createTokenCounter(runtime, {
		special,
		limit: MAX_UNSPLIT_BYTES,
		advice: 'leave --count out to get the ids, or count lines with --jsonl'
	});
	return named('the text', async () => {
		for (const path of inputs(files)) {
			for await (const bytes of readUtf8(io, path)) counter.add(bytes);
		}
		return counter.finish();
	});
}

function encodeWhole(
	runtime: Runtime,
	{ spec, descriptor }: NamedTokenizer,
	text: string,
	{ special }: EncodeFlags
): Encoding {
	// Chunks are exact for the pre-tokenizers of the catalogue; the engine needs none.
	if (runtime.name === 'lab' || !descriptor) return runtime.encode(text, { special });
	const chunks = encodeInChunks(runtime, spec, text, { special });
	for (let step = chunks.next(); ; step = chunks.next()) if (step.done) return step.value;
}

/** Ids that the model expects before a text: the catalogue's BOS, or those of a file's template; may be empty. */
export async function bosIds({ descriptor, spec }: NamedTokenizer): Promise<number[]> {
	if (!descriptor) return templateStart(spec);
	const { id, bos } = descriptor;
	if (bos === null) return [];
	const token = [...spec.added_tokens, ...(spec.model.foreign_tokens ?? [])].find(
		({ content }) => content === bos
	);
	if (!token) throw new Error(`${id}: got no token ${bos}, expected its BOS`);
	return [token.id];
}

async function templateStart(spec: TokenizerSpec): Promise<number[]> {
	const tokenizer = await withExtras((extras) => buildTokenizer(spec, extras));
	// The template is applied around a text.
	const { ids, kinds } = tokenizer.encode('a', { addSpecialTokens: true });
	const start: number[] = [];
	while (kinds?.[start.length] === TokenKind.added) start.push(ids[start.length]);
	return start;
}

async function writeIds(ids: Uint32Array, io: Io): Promise<void> {
	const output = new BufferedOutput(io);
	for (let from = 0; from < ids.length; from += IDS_PER_WRITE) {
		const separator = from === 0 ? '' : ' ';
		await output.write(separator + ids.subarray(from, from + IDS_PER_WRITE).join(' '));
	}
	await output.write('\n');
	await output.flush();
}

function jsonResult(
	{ ids, byteStarts, byteEnds }: Encoding,
	{ offsets, count }: EncodeFlags
): string {
	if (count) return String(ids.length);
	if (!offsets) return jsonNumbers(ids);
	return `{"ids":${jsonNumbers(ids)},"byteStarts":${jsonNumbers(byteStarts)},"byteEnds":${jsonNumbers(byteEnds)}}`;
}

/** A typed array as a JSON array; JSON.stringify would make an object of it. */
const jsonNumbers = (numbers: Uint32Array): string => `[${numbers.join(',')}]`;
