/** Recognizes files by their names and first bytes, without a reader, so that a page can ask before one is loaded. */
import { decodeUtf8 } from '../../engine/text';

const SETTINGS = [
	'tokenizer_config.json',
	'special_tokens_map.json',
	'added_tokens.json',
	'chat_template.jinja',
	'chat_template.json'
] as const;

/** Files beside a tokenizer.json that transformers reads, or that its `generate` reads. */
export const HUB_FILES = [...SETTINGS, 'generation_config.json', 'config.json'] as const;

/** Whether a file of a folder adds to its tokenizer. */
export const isSettingsFile = (name: string): boolean => SETTINGS.some((known) => known === name);

/** Folder of named chat templates beside a tokenizer. */
export const MORE_TEMPLATES = 'additional_chat_templates';

/** The file of a chat template, whose name is its group. */
export const TEMPLATE_FILE = new RegExp(`^(?:chat_template|${MORE_TEMPLATES}/([^/]+))\\.jinja$`);

/** Whether a file, by its path in the folder, is compared with the tokenizer.json beside it. */
export const isHubFile = (path: string): boolean =>
	HUB_FILES.some((name) => name === path) || TEMPLATE_FILE.test(path);

/** Formats that a library reads, too. None reads SentencePiece models or GGUF. */
const READ_BY_OTHERS = [
	'tokenizer.json',
	'tiktoken JSON',
	'.tiktoken',
	'vocab.json and merges.txt'
] as const;
export type FormatOfOthers = (typeof READ_BY_OTHERS)[number];

export const isReadByOthers = (format: string): format is FormatOfOthers =>
	READ_BY_OTHERS.some((known) => known === format);

/** Names that only the main files of tokenizers have. */
const TOKENIZER_NAME =
	/(^|[-_.])(tokenizer|vocab|tekken(_\d+)?)\.json$|(^|[-_.])merges\.txt$|\.(gguf|tiktoken|model)$|^bpe_simple_vocab_\w+\.txt(\.gz)?$/i;

export const hasTokenizerName = (name: string): boolean => TOKENIZER_NAME.test(name);

export const isGguf = (start: Uint8Array): boolean => decodeUtf8(start.subarray(0, 4)) === 'GGUF';

/** Whether a file can be a SentencePiece model: its first field is a piece, which begins with its string. */
export const isSentencePiece = (start: Uint8Array): boolean =>
	start.length > 4 &&
	start[0] === 0x0a &&
	start[1] < 0x80 &&
	start[2] === 0x0a &&
	start[3] < start[1];

/** Whether a text is the file of merges that OpenAI published with CLIP, `bpe_simple_vocab_16e6.txt`, or its beginning. */
export const isClip = (text: string): boolean => /^"?bpe_simple_vocab_\w+\.txt#version/.test(text);

/** Whether parsed JSON is a tekken.json, which mistral-common reads. */
export const isTekken = (json: Readonly<Record<string, unknown>>): boolean =>
	Array.isArray(json.vocab) && isObject(json.config);

/** Whether parsed JSON has the fields of a tokenizer.json, of a tiktoken encoding, or of a tekken.json. */
export const isTokenizerJson = (json: unknown): boolean =>
	isObject(json) &&
	(Object.hasOwn(json, 'bpe_ranks') ||
		Object.hasOwn(json, 'pat_str') ||
		(isObject(json.model) && Object.hasOwn(json.model, 'vocab')) ||
		isTekken(json));

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** A token in base64, which writes three bytes as four characters, and its rank. */
const RANKED_TOKEN = /^(?=\S)([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)? \d+$/;

/** Whether a text begins with lines of ranks as tiktoken writes them. The last line may be cut. */
export function isRanksText(text: string): boolean {
	const lines = text.split(/\r?\n/).slice(0, -1);
	return lines.length > 1 && lines.every((line) => RANKED_TOKEN.test(line));
}

/**
 * Whether a file that may be anything is meant as a tokenizer, apart from JSON with any name. A file that only has the
 * name of one is refused by its reader in words about tokenizers.
 */
export const looksLikeTokenizer = (name: string, start: Uint8Array): boolean =>
	hasTokenizerName(name) ||
	/\.safetensors$/i.test(name) ||
	isGguf(start) ||
	isSentencePiece(start) ||
	[isRanksText, isClip].some((recognizes) => recognizes(decodeUtf8(start)));
