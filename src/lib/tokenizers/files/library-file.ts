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

export const MODELS: readonly LibraryModel[] = ['WordPiece', 'Unigram'];

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

/** Whether a value of JSON is an object, not a list. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
