import {
	parseTokenizerJson,
	specFromTiktoken,
	type TiktokenRanks,
	type TokenizerSpec
} from '../../engine';
import { checksum } from '../../engine/packed';
import { Field } from '../../engine/stages';
import { decodeUtf8, encodeUtf8, firstInvalidUtf8 } from '../../engine/text';
import {
	checkJsonBounds,
	isObject,
	MAX_JSON_BYTES,
	parseJson,
	readJson,
	type JsonDocument
} from './exact-json';
import type { FileFields } from './file-fields';
import { readGguf } from './llama-cpp';
import { isGzip, readClip, readGzippedClip } from './clip';
import { isClip, isGguf, isHubFile, isSentencePiece, isSettingsFile, isTekken } from './recognize';
import { findRefusal } from './refusal';
import { applySettings } from './settings';
import { readTekken } from './tekken';
import { readSentencePiece } from './sentencepiece';
import { knownRanks, readRanks } from './tiktoken';
import type { SlicedFile, TokenizerReading } from './types';
import { isMergesText, specFromVocabAndMerges } from './vocab-merges';

export interface ReadOptions {
	/** Pattern to split text with, for formats that don't include one. */
	readonly pattern?: string | null;
	/** Command line option that sets the pattern, named in error messages. */
	readonly patternFlag?: string;
	/** Computes the SHA-256 as a hexadecimal string. If absent, no published ranks are recognised. */
	readonly sha256?: (bytes: Uint8Array<ArrayBuffer>) => Promise<string>;
	/**
	 * Whether to also read the fields that a comparison needs but that aren't in the spec. This makes reading several
	 * times slower.
	 */
	readonly forComparison?: boolean;
	/** Loads the built-in tokenizer whose ranks were recognised. */
	readonly loadKnown?: (id: string) => Promise<TokenizerSpec>;
}

/** Thrown for files that don't specify how text is split. */
export class PatternMissingError extends Error {}

/** Thrown for a valid tokenizer.json that the engine can't run. */
export class UnsupportedFileError extends Error {}

type Reading = Omit<TokenizerReading, 'files'>;

/** Number of bytes at the start of a file that are used to recognise its format. */
const START_BYTES = 4096;

/** Formats that aren't tokenizers, with the bytes (as Latin-1) that identify them and the offset of those bytes. */
const OTHER_FORMATS: readonly (readonly [
	offset: number,
	start: string,
	name: string,
	advice?: string
])[] = [
	[0, 'PK', 'a zip archive', 'unpack it first'],
	[0, '\x1f\x8b', 'a gzip file', 'unpack it first'],
	[0, '(\xb5/\xfd', 'a zstd file', 'unpack it first'],
	[8, '{"', 'a safetensors file', 'use the tokenizer.json next to it'],
	[0, '\x89PNG', 'an image'],
	[0, '%PDF', 'a PDF'],
	[0, 'version https://git-lfs', 'a Git LFS pointer', 'run `git lfs pull`']
];

const TOKENIZER_FILES =
	'a tokenizer.json, vocab.json with merges.txt, a .tiktoken file, a SentencePiece model or GGUF';

/**
 * Reads one tokenizer from a file or from the files in a folder. Formats are recognised by content: tokenizer.json with
 * the settings files next to it, JSON of a tiktoken encoding, tekken.json, vocab.json with merges.txt, tiktoken ranks,
 * CLIP's merges, SentencePiece BPE, or GGUF.
 * @throws Error with a one-line message: what was found, what was expected, what to do
 */
export async function readTokenizer(
	files: readonly SlicedFile[],
	options: ReadOptions = {}
): Promise<TokenizerReading> {
	if (files.length === 1) return readSingle(files[0], options);
	const main = mainFile(files);
	const settings = files.filter(({ name }) => isSettingsFile(name));
	const reading =
		main.name === 'vocab.json' ? await readPair(files, options) : await readSingle(main, options);
	const texts = new Map<string, string>();
	for (const file of settings) texts.set(file.name, await readText(file));
	const applied = applySettings(reading, texts);
	if (!reading.file) return applied;
	const beside: Record<string, string> = {};
	for (const file of files) {
		if (isHubFile(file.name)) beside[file.name] = await readText(file);
	}
	const { added_tokens } = reading.spec;
	const ownAddedTokens = applied.spec.added_tokens === added_tokens ? null : added_tokens;
	return { ...applied, file: { ...reading.file, beside, ownAddedTokens } };
}

function mainFile(files: readonly SlicedFile[]): SlicedFile {
	const named = (name: string) => files.find((file) => file.name === name);
	const byName =
		named('tokenizer.json') ??
		(named('merges.txt') && named('vocab.json')) ??
		named('tokenizer.model') ??
		named('tekken.json');
	if (byName) return byName;
	const possible = files.filter(
		({ name }) =>
			/\.(model|tiktoken)$/.test(name) || /^(?!.*-0*([2-9]|1\d+)-of-\d+).*\.gguf$/.test(name)
	);
	if (possible.length === 1) return possible[0];
	throw new Error(
		possible.length > 1
			? `got a folder with ${possible.length} tokenizers (${listNames(possible)}), expected one; specify the file`
			: `got a folder without a tokenizer${files.length > 0 ? ` (${listNames(files)})` : ''}, expected tokenizer.json, vocab.json with merges.txt, a .model, a .tiktoken or a .gguf file`
	);
}

const MAX_NAMES = 5;

const listNames = (files: readonly SlicedFile[]): string =>
	files
		.slice(0, MAX_NAMES)
		.map(({ name }) => name)
		.join(', ') + (files.length > MAX_NAMES ? ', …' : '');

async function readSingle(file: SlicedFile, options: ReadOptions): Promise<TokenizerReading> {
	const start = await file.read(0, Math.min(START_BYTES, file.size));
	if (start.length === 0) throw new Error('got an empty file, expected a tokenizer');
	if (isGguf(start)) return readGguf(file);
	if (isSentencePiece(start)) return readSentencePiece(file);
	const gzipped =
		isGzip(start) && file.size <= MAX_JSON_BYTES
			? await readGzippedClip(await file.read(0, file.size))
			: null;
	if (gzipped !== null) return { ...clipReading(gzipped), files: [file.name] };
	const latin = Array.from(start.subarray(0, 64), (byte) => String.fromCharCode(byte)).join('');
	const other = OTHER_FORMATS.find(([offset, text]) => latin.startsWith(text, offset));
	if (other) {
		const [, , name, advice] = other;
		throw new Error(`got ${name}, expected a tokenizer${advice ? `; ${advice}` : ''}`);
	}
	const text = await readText(file);
	const files = [file.name];
	if (isClip(text)) return { ...clipReading(text), files };
	// Text that starts with a comment is also read as JSON, because the JSON reader's error gives the comment's position.
	if (/^[\s\ufeff]*([{[]|\/[/*])/.test(text) || file.name.endsWith('.json'))
		return { ...(await readJsonText(text, options)), files };
	if (/^\S+ \d+\r?\n/.test(text)) return { ...(await readTiktoken(text, options)), files };
	if (/^minbpe v\d/.test(text))
		throw new Error(
			`got a .model file from minbpe, which BPE Lab can't read; expected ${TOKENIZER_FILES}`
		);
	if (isMergesText(text) && /^\S+ \S+<\/w>$/m.test(text.slice(0, START_BYTES)))
		throw new Error(`got codes from subword-nmt, which have no ids; expected ${TOKENIZER_FILES}`);
	if (isMergesText(text)) {
		throw new Error(
			'got a merges.txt without its vocab.json, expected both; use a folder that contains both files'
		);
	}
	throw new Error(`got text that isn't a tokenizer, expected ${TOKENIZER_FILES}`);
}

const clipReading = (text: string): Reading => ({
	format: 'CLIP merges',
	spec: readClip(text),
	stated: [],
	assumed: ['The stages are those of Hugging Face’s conversion of CLIP’s tokenizer.'],
	unsupported: ['OpenAI’s reader repairs broken Unicode and HTML entities first; the lab does not.']
});

async function readJsonText(
	text: string,
	{ forComparison = false, sha256 }: ReadOptions
): Promise<Reading> {
	if (!forComparison) return readTokenizerJson(parseJson(text));
	const document = readJson(text);
	let reading: Reading;
	try {
		reading = readTokenizerJson(document.value);
	} catch (error) {
		if (isForOthers(document.value))
			throw new UnsupportedFileError((error as Error).message, { cause: error });
		// The cause may be a detail that `JSON.parse` loses. If so, report the detail instead of the error.
		const isModel = isObject(document.value) && isObject(document.value.model);
		const refusal = isModel ? findRefusal(document) : null;
		throw refusal === null ? error : new Error(refusal, { cause: error });
	}
	const bytes = encodeUtf8(text);
	const digest = (await sha256?.(bytes)) ?? `${checksum(bytes)} of ${bytes.length} bytes`;
	return { ...reading, file: fileFields(document, reading.spec, digest) };
}

/** Whether a file has a model or decoder that Hugging Face's library runs but the engine doesn't. */
function isForOthers(json: unknown): boolean {
	const { model, decoder } = isObject(json) ? json : {};
	const typeOf = (stage: unknown) => (isObject(stage) ? String(stage.type) : '');
	return /^(Unigram|WordPiece|WordLevel)$/.test(typeOf(model)) || typeOf(decoder) === 'CTC';
}

/**
 * Reads a tokenizer.json, a tekken.json, or the JSON of a tiktoken encoding (`pat_str`, `bpe_ranks`, `special_tokens`).
 * @param json the parsed text
 * @throws Error with a one-line message that names the field
 */
export function readTokenizerJson(json: unknown): Reading {
	const notes = { stated: [], assumed: [], unsupported: [] };
	if (!isObject(json)) throw new Error('got JSON without a "model", expected a tokenizer.json');
	if (Object.hasOwn(json, 'bpe_ranks'))
		return { format: 'tiktoken JSON', spec: specFromTiktoken(checkRanks(json)), ...notes };
	if (isTekken(json)) return { format: 'tekken.json', spec: readTekken(json), ...notes };
	if (Object.hasOwn(json, 'model')) {
		const spec = parseTokenizerJson(json);
		return { format: 'tokenizer.json', spec, ...notes, unsupported: unusedParts(json) };
	}
	const values = Object.values(json);
	if (values.length > 0 && values.every((value) => typeof value === 'number')) {
		throw new Error(
			'got a vocab.json without its merges.txt, expected both; use a folder that contains both files'
		);
	}
	throw new Error('got JSON without a "model", expected a tokenizer.json');
}

function checkRanks(json: Readonly<Record<string, unknown>>): TiktokenRanks {
	const file = new Field(json, '');
	return {
		bpe_ranks: file.get('bpe_ranks').string(),
		pat_str: file.get('pat_str').string(),
		special_tokens: file.get('special_tokens').object() as Record<string, number>
	};
}

function unusedParts({ truncation, padding, model }: Readonly<Record<string, unknown>>): string[] {
	const { dropout } = model as { readonly dropout?: unknown };
	return [
		...(truncation ? ['truncation is set; the lab ignores it and encodes the whole text.'] : []),
		...(padding ? ['padding is set; the lab ignores it and encodes one text at a time.'] : []),
		...(dropout
			? ['model.dropout is set, which skips merges at random; the lab always applies them all.']
			: [])
	];
}

/** Reads a file as text. @throws Error if it's too large or not UTF-8 */
export async function readText(file: SlicedFile): Promise<string> {
	if (file.size > MAX_JSON_BYTES) {
		throw new Error(
			`got ${file.size} bytes in ${file.name}, expected at most ${MAX_JSON_BYTES} bytes of text; check that it is a tokenizer`
		);
	}
	const bytes = await file.read(0, file.size);
	const invalid = firstInvalidUtf8(bytes);
	if (invalid >= 0) {
		throw new Error(
			`not UTF-8 at byte ${invalid} of ${file.name}, and not in a binary format that BPE Lab reads; expected a tokenizer`
		);
	}
	const text = decodeUtf8(bytes);
	if (/^[\s\ufeff]*[{[]/.test(text)) checkJsonBounds(bytes);
	return text;
}

async function readPair(
	files: readonly SlicedFile[],
	{ pattern = null, patternFlag }: ReadOptions
): Promise<TokenizerReading> {
	const [vocabFile, mergesFile] = ['vocab.json', 'merges.txt'].map((name) =>
		files.find((file) => file.name === name)
	);
	if (!vocabFile || !mergesFile)
		throw new Error('got only one of vocab.json and merges.txt, expected both');
	const vocab = new Field(parseJson(await readText(vocabFile)), 'vocab.json').object();
	return {
		format: 'vocab.json and merges.txt',
		files: ['vocab.json', 'merges.txt'],
		spec: specFromVocabAndMerges(vocab, await readText(mergesFile), pattern),
		stated: [],
		assumed: [
			pattern === null
				? `Text is split by GPT-2’s pattern, which programs that read these files assume${patternFlag ? `; ${patternFlag} selects a different pattern` : ''}.`
				: describeGivenPattern(patternFlag)
		],
		unsupported: []
	};
}

const describeGivenPattern = (flag: string | undefined): string =>
	`Text is split by ${flag ? `the pattern from ${flag}` : 'the chosen pattern'}.`;

async function readTiktoken(
	text: string,
	{ pattern = null, patternFlag, sha256, loadKnown }: ReadOptions
): Promise<Reading> {
	const { spec, file } = readRanks(text, pattern ?? '');
	const base = { format: '.tiktoken' as const, stated: [], unsupported: [] };
	if (pattern !== null) {
		return {
			...base,
			spec,
			assumed: [describeGivenPattern(patternFlag), 'There are no special tokens.']
		};
	}
	const known = sha256 && knownRanks(await sha256(file));
	if (!known || !loadKnown) {
		throw new PatternMissingError(
			`got only the ranks of a vocabulary that BPE Lab doesn't recognise, and ranks don't specify how to split text; ${patternFlag ? `add ${patternFlag}` : 'choose a pattern'}`
		);
	}
	const { model } = spec;
	return {
		...base,
		spec: { ...(await loadKnown(known)), model },
		assumed: [`The ranks match ${known}, so its pattern and special tokens are used.`]
	};
}

function fileFields(
	document: JsonDocument,
	spec: Pick<TokenizerSpec, 'added_tokens'>,
	digest: string
): FileFields {
	const file = isObject(document.value) ? document.value : {};
	const { truncation = null, padding = null, model } = file;
	const isTokenizerJson = isObject(model);
	const dropout = isTokenizerJson ? model.dropout : null;
	return {
		isTokenizerJson,
		truncation,
		padding,
		dropout: typeof dropout === 'number' && dropout > 0 ? dropout : null,
		refusal: isTokenizerJson ? findRefusal(document) : null,
		digest,
		addedIds: isTokenizerJson ? addedIdsOf(file, spec) : null,
		beside: {},
		ownAddedTokens: null
	};
}

function addedIdsOf(
	{ added_tokens: listed }: Readonly<Record<string, unknown>>,
	{ added_tokens }: Pick<TokenizerSpec, 'added_tokens'>
): FileFields['addedIds'] {
	const tokens = Array.isArray(listed) ? (listed as { content: string; id: number }[]) : [];
	const ids = new Map(tokens.map(({ content, id }) => [content, id]));
	return added_tokens.some(({ content, id }) => ids.get(content) !== id) ? [...ids] : null;
}
