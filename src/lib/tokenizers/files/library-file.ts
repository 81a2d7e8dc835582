import { decodeUtf8, encodeUtf8 } from '../../engine/text';

/** A model that transformers.js runs and the lab's engine does not. */
export type LibraryModel = 'WordPiece' | 'Unigram';

/** The files of a tokenizer that transformers.js runs. */
export interface LibraryFile {
	readonly model: LibraryModel;
	/** Text of the tokenizer.json. */
	readonly tokenizer: string;
	/** Text of the tokenizer_config.json; `null` if there is none. */
	readonly config: string | null;
}

const MODELS: readonly LibraryModel[] = ['WordPiece', 'Unigram'];

/** First line of the stored files, which names the version and the model. A packed file begins differently. */
const firstLine = (model: LibraryModel): Uint8Array => encodeUtf8(`BPE Lab files 1: ${model}\n`);

/** Writes the files as bytes: a line that names the model, then JSON. */
export function writeLibraryFile({ model, ...files }: LibraryFile): Uint8Array<ArrayBuffer> {
	const line = firstLine(model);
	const json = encodeUtf8(JSON.stringify(files));
	const bytes = new Uint8Array(line.length + json.length);
	bytes.set(line);
	bytes.set(json, line.length);
	return bytes;
}

/** Model of a tokenizer stored by {@link writeLibraryFile}; `null` for a packed file, which the engine runs. */
export function libraryModelOf(bytes: Uint8Array): LibraryModel | null {
	const startsWith = (line: Uint8Array) => line.every((byte, i) => bytes[i] === byte);
	return MODELS.find((model) => startsWith(firstLine(model))) ?? null;
}

/** @throws Error if the bytes are damaged */
export function readLibraryFile(bytes: Uint8Array): LibraryFile {
	const model = libraryModelOf(bytes);
	const json = model && parseJson(decodeUtf8(bytes.subarray(firstLine(model).length)));
	const { tokenizer, config } = isObject(json) ? json : {};
	if (
		model === null ||
		typeof tokenizer !== 'string' ||
		(config !== null && typeof config !== 'string')
	) {
		throw new Error('saved tokenizer: got damaged files; open its tokenizer.json again');
	}
	return { model, tokenizer, config };
}

/** Parses JSON; `null` for a text that is none. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

const isLibraryModel = (model: unknown): model is LibraryModel =>
	MODELS.some((known) => known === model);

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
	const json = parseJson(text.startsWith('\ufeff') ? text.slice(1) : text);
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

/** Whether a value of JSON is an object, not a list. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const isId = (value: unknown): value is number =>
	Number.isInteger(value) && (value as number) >= 0 && (value as number) < MAX_TOKENS;

function expected(path: string, value: unknown, what: string): Error {
	const json = value === undefined ? 'nothing' : JSON.stringify(value);
	return new Error(
		`${path}: got ${json.length > 60 ? `${json.slice(0, 57)}…` : json}, expected ${what}`
	);
}
