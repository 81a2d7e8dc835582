import { decodeUtf8, encodeUtf8 } from '../../engine/text';
import { readTokenizerJsonText } from './read';
import type { SlicedFile } from './types';

/** A model that transformers.js runs and the lab's engine does not. */
export type LibraryModel = 'WordPiece' | 'Unigram';

/** The files of a tokenizer that transformers.js runs. */
export interface LibraryFile {
	readonly name: string;
	readonly model: LibraryModel;
	/** Text of the tokenizer.json. */
	readonly tokenizer: string;
	/** Text of the tokenizer_config.json; `null` if there is none. */
	readonly config: string | null;
}

/** Begins the stored files, in place of the magic of a packed file. */
const MAGIC = encodeUtf8('BPE-LAB-FILES 1\n');

/** Writes the files as bytes: a line with the version, then JSON. */
export function writeLibraryFile(file: LibraryFile): Uint8Array<ArrayBuffer> {
	const json = encodeUtf8(JSON.stringify(file));
	const bytes = new Uint8Array(MAGIC.length + json.length);
	bytes.set(MAGIC);
	bytes.set(json, MAGIC.length);
	return bytes;
}

/** Whether stored bytes are those of {@link writeLibraryFile}; otherwise they are a packed file of the engine. */
export const isLibraryFile = (bytes: Uint8Array): boolean =>
	MAGIC.every((byte, i) => bytes[i] === byte);

/** @throws Error if the bytes are damaged */
export function readLibraryFile(bytes: Uint8Array): LibraryFile {
	let json: unknown;
	try {
		json = isLibraryFile(bytes) && JSON.parse(decodeUtf8(bytes.subarray(MAGIC.length)));
	} catch {
		json = null;
	}
	const { name, model, tokenizer, config } = (json || {}) as Partial<LibraryFile>;
	if (
		typeof name !== 'string' ||
		!isLibraryModel(model) ||
		typeof tokenizer !== 'string' ||
		(config !== null && typeof config !== 'string')
	) {
		throw new Error('saved tokenizer: got damaged files; open its tokenizer.json again');
	}
	return { name, model, tokenizer, config };
}

const isLibraryModel = (model: unknown): model is LibraryModel =>
	model === 'WordPiece' || model === 'Unigram';

/** A tokenizer.json as an object, its model checked as far as transformers.js relies on it. */
export type LibraryJson = Readonly<Record<string, unknown>> & {
	readonly model: Readonly<Record<string, unknown>> & {
		readonly type: LibraryModel;
		readonly vocab: Readonly<Record<string, number>> | readonly (readonly [string, number])[];
	};
	readonly added_tokens: readonly LibraryAddedToken[];
};

export interface LibraryAddedToken {
	readonly id: number;
	readonly content: string;
	readonly special: boolean;
	readonly lstrip: boolean;
	readonly rstrip: boolean;
}

/** The largest published vocabularies have 500,000 tokens. */
const MAX_TOKENS = 1 << 21;

/**
 * Parses the text of a tokenizer.json with a WordPiece or Unigram model.
 * @returns `null` if it is something else
 * @throws Error in one line: what was found and what was expected
 */
export function parseLibraryJson(text: string): LibraryJson | null {
	let json: unknown;
	try {
		json = JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text);
	} catch {
		return null;
	}
	if (!isObject(json) || !isObject(json.model) || !isLibraryModel(json.model.type)) return null;
	const { model } = json;
	if (model.type === 'WordPiece') checkWordPiece(model);
	else checkUnigram(model);
	return {
		...json,
		model,
		added_tokens: parseAddedTokens(json.added_tokens)
	} as unknown as LibraryJson;
}

function checkWordPiece({ vocab, unk_token, ...model }: Readonly<Record<string, unknown>>): void {
	if (!isObject(vocab)) throw expected('model.vocab', vocab, 'an object');
	const entries = Object.entries(vocab);
	checkSize(entries.length);
	for (const [token, id] of entries) {
		if (!isId(id)) throw expected(`model.vocab[${JSON.stringify(token)}]`, id, 'an id');
	}
	if (typeof unk_token !== 'string' || !Object.hasOwn(vocab, unk_token))
		throw expected('model.unk_token', unk_token, 'a token of the vocabulary');
	if (typeof model.continuing_subword_prefix !== 'string')
		throw expected('model.continuing_subword_prefix', model.continuing_subword_prefix, 'a text');
}

function checkUnigram({ vocab, unk_id }: Readonly<Record<string, unknown>>): void {
	if (!Array.isArray(vocab)) throw expected('model.vocab', vocab, 'an array');
	checkSize(vocab.length);
	for (const [id, piece] of (vocab as readonly unknown[]).entries()) {
		const isPiece =
			Array.isArray(piece) && typeof piece[0] === 'string' && typeof piece[1] === 'number';
		if (!isPiece) throw expected(`model.vocab[${id}]`, piece, 'a token with its score');
	}
	if (!isId(unk_id) || unk_id >= vocab.length)
		throw expected('model.unk_id', unk_id, 'the id of the unknown token');
}

function checkSize(tokens: number): void {
	if (tokens === 0 || tokens > MAX_TOKENS)
		throw new Error(`model.vocab: got ${tokens} tokens, expected 1 to ${MAX_TOKENS}`);
}

function parseAddedTokens(tokens: unknown): LibraryAddedToken[] {
	if (tokens === undefined || tokens === null) return [];
	if (!Array.isArray(tokens)) throw expected('added_tokens', tokens, 'an array');
	return (tokens as readonly unknown[]).map((token, i) => {
		const { id, content, special, lstrip, rstrip } = isObject(token) ? token : {};
		if (!isId(id) || typeof content !== 'string' || content === '')
			throw expected(`added_tokens[${i}]`, token, 'a token with its id');
		return {
			...(token as object),
			id,
			content,
			special: special === true,
			lstrip: lstrip === true,
			rstrip: rstrip === true
		};
	});
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const isId = (value: unknown): value is number =>
	Number.isInteger(value) && (value as number) >= 0 && (value as number) < MAX_TOKENS;

function expected(path: string, value: unknown, what: string): Error {
	const json = value === undefined ? 'nothing' : JSON.stringify(value);
	return new Error(
		`${path}: got ${json.length > 60 ? `${json.slice(0, 57)}…` : json}, expected ${what}`
	);
}

/**
 * Reads a tokenizer that only transformers.js runs.
 * @returns `null` if the files are no tokenizer.json with a WordPiece or Unigram model
 * @throws Error in one line
 */
export async function readLibraryFiles(
	name: string,
	files: readonly SlicedFile[]
): Promise<LibraryFile | null> {
	const tokenizer = await readTokenizerJsonText(files);
	const json = tokenizer === null ? null : parseLibraryJson(tokenizer);
	if (tokenizer === null || json === null) return null;
	const found = files.find((file) => file.name === 'tokenizer_config.json');
	const config = found ? await readConfig(found) : null;
	return { name, model: json.model.type, tokenizer, config };
}

/** Largest tokenizer_config.json that is read, in bytes; the largest known one has 200,000. */
const MAX_CONFIG_BYTES = 4 << 20;

async function readConfig(file: SlicedFile): Promise<string> {
	if (file.size > MAX_CONFIG_BYTES)
		throw new Error(
			`${file.name}: got ${file.size} bytes, expected at most ${MAX_CONFIG_BYTES}; leave it out`
		);
	const text = decodeUtf8(await file.read(0, file.size));
	try {
		if (isObject(JSON.parse(text))) return text;
	} catch {
		// Refused below.
	}
	throw new Error(`${file.name}: got no JSON object, expected settings; leave it out`);
}
