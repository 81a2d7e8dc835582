/** Recognises files by their names and first bytes, so that a page can ask the user before loading a reader. */
import { decodeUtf8 } from '../../engine/text';

const SETTINGS = [
	'tokenizer_config.json',
	'special_tokens_map.json',
	'added_tokens.json',
	'chat_template.jinja',
	'chat_template.json'
] as const;

/** The files that transformers or its `generate` method reads in addition to a tokenizer.json. */
export const HUB_FILES = [...SETTINGS, 'generation_config.json', 'config.json'] as const;

/** Whether a file next to a tokenizer.json changes the tokenizer. */
export const isSettingsFile = (name: string): boolean => SETTINGS.some((known) => known === name);

/** Folder of named chat templates next to a tokenizer. */
export const MORE_TEMPLATES = 'additional_chat_templates';

/** Matches the path of a chat template, and captures the template's name if it is in the path. */
export const TEMPLATE_FILE = new RegExp(`^(?:chat_template|${MORE_TEMPLATES}/([^/]+))\\.jinja$`);

/** Whether a comparison of two tokenizer.json files also compares this file in their folders. */
export const isHubFile = (path: string): boolean =>
	HUB_FILES.some((name) => name === path) || TEMPLATE_FILE.test(path);

/** Formats that at least one of the libraries can read, which excludes SentencePiece models and GGUF. */
const LIBRARY_FORMATS = [
	'tokenizer.json',
	'tiktoken JSON',
	'.tiktoken',
	'vocab.json and merges.txt'
] as const;
export type LibraryFormat = (typeof LIBRARY_FORMATS)[number];

export const hasLibraryReader = (format: string): format is LibraryFormat =>
	LIBRARY_FORMATS.some((known) => known === format);

/** Matches names used only for a tokenizer's main file. */
const TOKENIZER_NAME =
	/(^|[-_.])(tokenizer|vocab|tekken(_\d+)?)\.json$|(^|[-_.])merges\.txt$|\.(gguf|tiktoken|model)$|^bpe_simple_vocab_\w+\.txt(\.gz)?$/i;

export const hasTokenizerName = (name: string): boolean => TOKENIZER_NAME.test(name);

export const isGguf = (start: Uint8Array): boolean => decodeUtf8(start.subarray(0, 4)) === 'GGUF';

/** Whether a file might be a SentencePiece model: its first field is a piece, and the piece begins with a string. */
export const isSentencePiece = (start: Uint8Array): boolean =>
	start.length > 4 &&
	start[0] === 0x0a &&
	start[1] < 0x80 &&
	start[2] === 0x0a &&
	start[3] < start[1];

/** Whether the text is the beginning of the merges file that OpenAI published with CLIP, `bpe_simple_vocab_16e6.txt`. */
export const isClip = (text: string): boolean => /^"?bpe_simple_vocab_\w+\.txt#version/.test(text);

/** Whether parsed JSON is a tekken.json, the format of mistral-common. */
export const isTekken = (json: Readonly<Record<string, unknown>>): boolean =>
	Array.isArray(json.vocab) && isObject(json.config);

/** Whether parsed JSON has the fields of a tokenizer.json, a tiktoken encoding or a tekken.json. */
export const isTokenizerJson = (json: unknown): boolean =>
	isObject(json) &&
	(Object.hasOwn(json, 'bpe_ranks') ||
		Object.hasOwn(json, 'pat_str') ||
		(isObject(json.model) && Object.hasOwn(json.model, 'vocab')) ||
		isTekken(json));

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Matches a token in base64 (four characters per three bytes) and its rank. */
const RANKED_TOKEN = /^(?=\S)([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)? \d+$/;

/** Whether text begins with lines of ranks as tiktoken writes them. The last line may be incomplete. */
export function isRanksText(text: string): boolean {
	const lines = text.split(/\r?\n/).slice(0, -1);
	return lines.length > 1 && lines.every((line) => RANKED_TOKEN.test(line));
}

/**
 * Whether a file of unknown type is probably meant to be a tokenizer. JSON with an arbitrary name isn't recognised
 * here. For a file with a tokenizer's name, the content isn't checked, because the reader rejects any other content with
 * an error about tokenizers.
 */
export const looksLikeTokenizer = (name: string, start: Uint8Array): boolean =>
	hasTokenizerName(name) ||
	/\.safetensors$/i.test(name) ||
	isGguf(start) ||
	isSentencePiece(start) ||
	[isRanksText, isClip].some((recognizes) => recognizes(decodeUtf8(start)));
