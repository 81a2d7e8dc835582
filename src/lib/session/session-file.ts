/**
 * Session files (`.bpelab.json`): a page with its text, tokenizers and settings, for what fits into no link.
 * JSON with the fields of {@link Session}; the packed files of tokenizers are base64url.
 */
import { formatChoice } from './format';
import { fromBase64Url, toBase64Url, type LinkInput } from './documents/link-codec';
import { describeNewerVersion, describeSessionField } from './documents/messages';
import { SESSION_PAGES, type CapturedPage } from './documents/page-link';
import type { SavedTokenizer, TokenizerOrigin } from './tokenizers/saved-tokenizer';

/** A file with UTF-8 text. */
export interface NamedText {
	readonly name: string;
	readonly text: string;
	/** Media type, if it says how the text is read. */
	readonly type?: string;
}

/** Everything that restores a page. */
export interface Session extends Omit<CapturedPage, 'files'> {
	/** Files that are open in place of the input; `null` if there are none. */
	readonly files: readonly NamedText[] | null;
	/** The saved tokenizers that the link names. */
	readonly tokenizers: readonly SavedTokenizer[];
}

const FORMAT = 'bpe-lab session';
const VERSION = 1;

/** Text of a session file. What was read from a tokenizer's files stays in this browser. */
export function writeSession({ tokenizers, ...session }: Session): string {
	const packed = tokenizers.map((tokenizer) => ({
		...withKnownFields(tokenizer),
		file: toBase64Url(tokenizer.file)
	}));
	return `${JSON.stringify({ format: FORMAT, version: VERSION, ...session, tokenizers: packed })}\n`;
}

/**
 * Reads the JSON of a session file.
 * @returns `null` if it is the JSON of something else
 * @throws Error with a message for users, for a newer version and for a field that is not as expected
 */
export function parseSession(json: unknown): Session | null {
	if (!isRecord(json) || json.format !== FORMAT) return null;
	if (json.version !== VERSION) throw new Error(describeNewerVersion('session file', json.version));
	const { page, search, input, files, text, tokenizers } = json;
	const linkedPage = SESSION_PAGES.find((known) => known === page);
	if (linkedPage === undefined)
		throw unexpected('page', formatChoice(SESSION_PAGES.map((known) => `“${known}”`)));
	if (typeof search !== 'string') throw unexpected('search', 'a text');
	if (typeof text !== 'string') throw unexpected('text', 'a text');
	if (input !== null && !isInput(input)) throw unexpected('input', 'a text, a list of ids or null');
	if (files !== null && !isListOf(files, isNamedText))
		throw unexpected('files', 'a list of names and texts, or null');
	if (!isListOf(tokenizers, isPackedTokenizer))
		throw unexpected('tokenizers', 'a list of tokenizers');
	return {
		page: linkedPage,
		search,
		input,
		files,
		text,
		tokenizers: tokenizers.map((packed) => {
			const file = fromBase64Url(packed.file);
			if (!file) throw unexpected('tokenizers', 'files in base64url');
			return { ...withKnownFields({ ...packed, file }), description: null };
		})
	};
}

/** Leaves out what session files do not have, or this version of the lab does not know. */
const withKnownFields = (tokenizer: PackedTokenizer<Uint8Array>): PackedTokenizer<Uint8Array> => {
	const fields = TOKENIZER_FIELDS.filter((field) => tokenizer[field] !== undefined);
	const known = Object.fromEntries(fields.map((field) => [field, tokenizer[field]]));
	return known as unknown as PackedTokenizer<Uint8Array>;
};

const unexpected = (field: string, expected: string): Error =>
	new Error(describeSessionField(field, expected));

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null;

const isListOf = <T>(value: unknown, isItem: (item: unknown) => item is T): value is readonly T[] =>
	Array.isArray(value) && value.every(isItem);

const isInput = (value: unknown): value is LinkInput =>
	isRecord(value) &&
	(value.kind === 'text' || value.kind === 'ids') &&
	typeof value.value === 'string' &&
	['string', 'undefined'].includes(typeof value.sample);

const isNamedText = (value: unknown): value is NamedText =>
	isRecord(value) &&
	typeof value.name === 'string' &&
	typeof value.text === 'string' &&
	['string', 'undefined'].includes(typeof value.type);

const isText = (value: unknown): value is string => typeof value === 'string';
const isCount = (value: unknown): value is number =>
	Number.isSafeInteger(value) && Number(value) >= 0;
const orNull = (is: (value: unknown) => boolean) => (value: unknown) => value === null || is(value);
const isTextList = (value: unknown) => isListOf(value, isText);

const isOrigin = (value: unknown): value is TokenizerOrigin =>
	isRecord(value) &&
	(value.kind === 'trained' ||
		(isTextList(value.files) &&
			(value.kind === 'files' ||
				(value.kind === 'hub' && isText(value.repository) && isText(value.commit)))));

/** A saved tokenizer without what was read from its files. */
type PackedTokenizer<File> = Omit<SavedTokenizer, 'description' | 'check' | 'file'> & {
	readonly file: File;
};

/** Tells whether each field of a tokenizer is as it must be. */
const FIELD_CHECKS: Record<keyof PackedTokenizer<string>, (value: unknown) => boolean> = {
	id: (value) => isText(value) && /^own-[\w-]+$/.test(value),
	name: isText,
	summary: isText,
	file: isText,
	vocabularySize: isCount,
	saved: (value) => Number.isSafeInteger(value),
	origin: isOrigin,
	size: isCount,
	fingerprint: orNull(isText),
	identity: orNull(isText),
	chatTemplate: (value) => value === undefined || isText(value)
};
const TOKENIZER_FIELDS = Object.keys(FIELD_CHECKS) as (keyof PackedTokenizer<string>)[];

const isPackedTokenizer = (value: unknown): value is PackedTokenizer<string> =>
	isRecord(value) && TOKENIZER_FIELDS.every((field) => FIELD_CHECKS[field](value[field]));
