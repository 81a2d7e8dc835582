import { Option, type Command } from 'commander';
import {
	buildTokenizer,
	TokenKind,
	withExtras,
	type Encoding,
	type Tokenizer,
	type TokenizerSpec
} from '../../lib/engine';
import { formatCount } from '../../lib/engine/text';
import type { RuntimeName } from '../../lib/tokenizers/catalogue/shared/descriptor';
import { encodeInChunks } from '../../lib/tokenizers/chunks/encode-chunks';
import type { TokenCount } from '../../lib/tokenizers/chunks/token-counter';
import { EngineRuntime } from '../../lib/tokenizers/runtimes/engine';
import type { Runtime } from '../../lib/tokenizers/runtimes/runtime';
import { excludeEachOther, withErrorPrefix, UserError } from '../failure';
import {
	inBatches,
	MAX_TEXT_BYTES,
	readLines,
	readText,
	sourceOf,
	totalBytes,
	withProgress,
	type InputSource
} from '../input';
import type { Io } from '../io';
import { ReplayableInputs } from '../replayable-inputs';
import { sentSpec, workOnSections } from '../sections';
import { Threads } from '../threads';
import {
	addReadingOptions,
	loadTokenizer,
	startRuntime,
	threadsOption,
	TOKENIZER,
	TOKENIZER_HELP,
	type NamedTokenizer,
	type ReadingFlags
} from '../tokenizer';
import { lineEncoder, type EncodedLines, type LineTask } from '../work';

interface EncodeFlags extends ReadingFlags {
	readonly tokenizer: string;
	readonly runtime: RuntimeName;
	readonly special: 'text' | 'parse';
	readonly bos?: boolean;
	readonly jsonl?: boolean;
	readonly offsets?: boolean;
	readonly count?: boolean;
	readonly text?: string;
	readonly threads: number;
}

const RUNTIMES: readonly RuntimeName[] = ['lab', 'js-tiktoken', 'transformers.js'];

/** Size of the batches of lines that threads encode, in UTF-16 code units. */
const BATCH_UNITS = 1 << 18;

/** Maximum number of bytes without a boundary for `--count`. Encoding takes up to 40 times their size in memory. */
const MAX_BUFFERED_BYTES = 1 << 26;

export function addCommand(program: Command, io: Io): void {
	const command = program
		.command('encode')
		.description('encode text to token ids on one line')
		.argument(
			'[files...]',
			'UTF-8 files, read one after another as one text (default: standard input)'
		)
		.requiredOption(TOKENIZER, TOKENIZER_HELP);
	addReadingOptions(command)
		.addOption(
			new Option('--runtime <name>', 'the implementation to encode with')
				.choices(RUNTIMES)
				.default('lab')
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
		.option('--text <text>', 'encode this text instead of files')
		.addOption(threadsOption())
		.addHelpText(
			'after',
			`
Nothing is stripped, not even a final newline. Offsets are byte offsets into the input's UTF-8, in
which a lone surrogate becomes U+FFFD. --count reads text of any length in parts, but rejects more
than ${MAX_BUFFERED_BYTES / 2 ** 20} MB without a boundary: a space between words or a newline between letters, depending on
the tokenizer. Nothing is printed unless the whole text is valid UTF-8.

Examples:
  bpe-lab encode -t llama3 file.txt
  bpe-lab encode -t cl100k_base --text 'Hello, world'
  bpe-lab encode -t o200k_base --count book.txt
  echo '"café"' | bpe-lab encode -t gemma3 --jsonl --offsets`
		)
		.action(async (files: string[], flags: EncodeFlags) => {
			if (flags.offsets && !flags.jsonl) throw new UserError('--offsets needs --jsonl; add it');
			if (flags.offsets && flags.count) {
				throw excludeEachOther('--offsets', '--count');
			}
			await encode(files, flags, io);
		});
}

async function encode(files: readonly string[], flags: EncodeFlags, io: Io): Promise<void> {
	const { text } = flags;
	const passes = flags.jsonl || flags.count ? 1 : 2;
	const source = withProgress(
		await sourceOf(io, files, '--text', text),
		io,
		{ total: await totalBytes(io, files), passes },
		(bytes) => `${formatCount(bytes)} bytes read`
	);
	const tokenizer = await loadTokenizer(flags.tokenizer, io, flags);
	const runtime = await startRuntime(tokenizer, flags.runtime);
	const bos = await requestedBos(tokenizer, flags, io);
	const lost = { droppedBytes: 0, removedBytes: 0 };
	const addLost = ({ droppedBytes = 0, removedBytes = 0 }: Partial<typeof lost>) => {
		lost.droppedBytes += droppedBytes;
		lost.removedBytes += removedBytes;
	};
	const job = { tokenizer, flags, bos, addLost, files, source, io };
	if (flags.jsonl) await encodeLines(job, runtime);
	else if (runtime instanceof EngineRuntime) await encodeSections(job, runtime.tokenizer);
	else {
		const whole = await readText(source, files);
		const encoding = withErrorPrefix('the text', () =>
			encodeWhole(runtime, tokenizer, whole, flags)
		);
		addLost(encoding);
		const ids = [...bos, ...encoding.ids];
		await io.write(flags.count ? `${ids.length}\n` : `${ids.join(' ')}\n`);
	}
	io.status('');
	warnOfLoss(tokenizer, lost, io);
}

interface Job {
	readonly tokenizer: NamedTokenizer;
	readonly flags: EncodeFlags;
	readonly bos: readonly number[];
	readonly addLost: (counts: Partial<TokenCount>) => void;
	readonly files: readonly string[];
	readonly source: InputSource;
	readonly io: Io;
}

/** Encodes files as one text, or counts its tokens. Nothing is written until all of the text has been checked. */
async function encodeSections(
	{ flags, bos, addLost, files, source, io }: Job,
	tokenizer: Tokenizer
): Promise<void> {
	const { special, threads, count = false } = flags;
	const { startThread } = io;
	const input = new ReplayableInputs(source, files);
	try {
		if (count) {
			const limit = {
				limit: MAX_BUFFERED_BYTES,
				advice: 'leave out --count to get the ids, or count lines with --jsonl'
			};
			const options = { special, count, limit, threads, startThread };
			const counted = await workOnSections(tokenizer, input.once(), options);
			addLost(counted);
			await io.write(`${counted.tokens + bos.length}\n`);
			return;
		}
		const limit = { limit: MAX_TEXT_BYTES, advice: 'split it, or use --jsonl' };
		/** Printed before the next section's ids: first the BOS, then only a separator. */
		let before = bos.map((id) => `${id} `).join('');
		const onIds = async (ids: Uint8Array) => {
			await io.write(before);
			await io.write(ids);
			before = ' ';
		};
		const check = input.keep();
		const options = { special, count, limit, threads, startThread, check, onIds };
		addLost(await workOnSections(tokenizer, input.again(), options));
		await io.write(`${before.trimEnd()}\n`);
	} finally {
		await input.close();
	}
}

/**
 * Encodes JSON lines. Prints each result immediately, because the program writing to standard input may be waiting for
 * it.
 */
async function encodeLines(
	{ tokenizer, flags, bos, addLost, files, source, io }: Job,
	runtime: Runtime
): Promise<void> {
	const { special, offsets = false, count = false } = flags;
	const spec = sentSpec(tokenizer.spec);
	const task: LineTask = { kind: 'lines', spec, special, bos, offsets, count };
	const threads = new Threads({
		start: runtime instanceof EngineRuntime ? io.startThread : undefined,
		count: flags.threads,
		task,
		work: lineEncoder(task, (text) => encodeWhole(runtime, tokenizer, text, flags)),
		onResult: async ({ text, problem, ...counted }: EncodedLines) => {
			addLost(counted);
			if (text !== '') await io.write(text);
			if (problem !== null) throw new UserError(problem);
		}
	});
	try {
		try {
			for await (const lines of readLines(source, files)) {
				for (const [batch, units] of inBatches(lines, BATCH_UNITS)) await threads.add(batch, units);
			}
		} finally {
			// Print the results for the lines before the invalid one.
			await threads.finish();
		}
	} finally {
		threads.close();
	}
}

/** Warns about bytes that decoding doesn't restore, and names the stage that drops them. */
function warnOfLoss(
	{ name, spec }: NamedTokenizer,
	{ droppedBytes, removedBytes }: Required<Pick<Encoding, 'droppedBytes' | 'removedBytes'>>,
	io: Io
): void {
	const untokenized = droppedBytes - removedBytes;
	const effect = "so decoding the ids won't give the same text back";
	if (untokenized > 0) {
		const bytes = untokenized === 1 ? '1 byte has' : `${untokenized} bytes have`;
		io.warn(`${bytes} no token in ${name}, ${effect}`);
	}
	if (removedBytes > 0) {
		const stages = [spec.normalizer && 'normalizer', spec.pre_tokenizer && 'pre-tokenizer'];
		const bytes = removedBytes === 1 ? '1 byte' : `${removedBytes} bytes`;
		io.warn(
			`the ${stages.filter(Boolean).join(' or ')} of ${name} removes ${bytes} of the text, ${effect}`
		);
	}
}

async function requestedBos(
	tokenizer: NamedTokenizer,
	{ bos: wantsBos }: EncodeFlags,
	io: Io
): Promise<readonly number[]> {
	const bos = wantsBos ? await bosIds(tokenizer) : [];
	if (wantsBos && bos.length === 0) {
		io.warn(`${tokenizer.name} has no BOS, so --bos adds nothing`);
	}
	return bos;
}

function encodeWhole(
	runtime: Runtime,
	{ spec, descriptor }: NamedTokenizer,
	text: string,
	{ special }: EncodeFlags
): Encoding {
	// Chunking is exact only for the built-in pre-tokenizers. The lab's engine doesn't need chunking.
	if (runtime.name === 'lab' || !descriptor) return runtime.encode(text, { special });
	const chunks = encodeInChunks(runtime, spec, text, { special });
	for (let step = chunks.next(); ; step = chunks.next()) if (step.done) return step.value;
}

/**
 * Ids that the model expects before a text: the BOS of a built-in tokenizer, or the start of a file's template; may be
 * empty.
 */
export async function bosIds({ descriptor, spec }: NamedTokenizer): Promise<number[]> {
	if (!descriptor) return templateStart(spec);
	const { id, bos } = descriptor;
	if (bos === null) return [];
	const token = [...spec.added_tokens, ...(spec.model.foreign_tokens ?? [])].find(
		({ content }) => content === bos
	);
	if (!token) throw new Error(`${id}: got no ${bos} token, expected its BOS`);
	return [token.id];
}

async function templateStart(spec: TokenizerSpec): Promise<number[]> {
	const tokenizer = await withExtras((extras) => buildTokenizer(spec, extras));
	// A template adds its tokens only if there is text to wrap, so encode a single letter.
	const { ids, kinds } = tokenizer.encode('a', { addSpecialTokens: true });
	const start: number[] = [];
	while (kinds?.[start.length] === TokenKind.added) start.push(ids[start.length]);
	return start;
}
