/**
 * Session files (`.bpelab.json`): a page with its text, tokenizers and settings, for content that doesn't fit in a
 * link. JSON with the fields of {@link Session}; packed tokenizers are base64url.
 */
import * as v from 'valibot';
import { formatChoice } from './format';
import { fromBase64Url, toBase64Url } from './documents/link-codec';
import { describeNewerVersion, describeSessionField } from './documents/messages';
import { SESSION_PAGES, type CapturedPage } from './documents/page-link';
import type { SavedTokenizer } from './tokenizers/saved-tokenizer';

/** A file with UTF-8 text. */
export interface NamedText {
	readonly name: string;
	readonly text: string;
	/** Media type, if it affects how the text is read. */
	readonly type?: string;
}

/** Everything needed to restore a page. */
export interface Session extends Omit<CapturedPage, 'files'> {
	/** Files open in place of the input; `null` if there are none. */
	readonly files: readonly NamedText[] | null;
	/** The saved tokenizers that the page's link refers to. */
	readonly tokenizers: readonly SavedTokenizer[];
}

const FORMAT = 'bpe-lab session';
const VERSION = 1;

const text = v.string();
const whole = v.pipe(v.number(), v.safeInteger());
const count = v.pipe(whole, v.minValue(0));
const files = v.array(text);

/** A tokenizer's fields in a session file, except the packed file and the description of the original files. */
const KNOWN_FIELDS = v.object({
	id: v.pipe(text, v.regex(/^own-[\w-]+$/)),
	name: text,
	summary: text,
	vocabularySize: count,
	saved: whole,
	origin: v.variant('kind', [
		v.object({ kind: v.literal('trained') }),
		v.object({ kind: v.literal('files'), files }),
		v.object({ kind: v.literal('hub'), repository: text, commit: text, files })
	]),
	size: count,
	fingerprint: v.nullable(text),
	identity: v.nullable(text),
	chatTemplate: v.optional(text)
});

const TOKENIZER = v.pipe(
	v.object({
		...KNOWN_FIELDS.entries,
		file: v.pipe(text, v.transform(fromBase64Url), v.instance(Uint8Array))
	}),
	v.transform((tokenizer) => ({ ...tokenizer, description: null }))
);

const LINK_INPUT = v.object({
	kind: v.picklist(['text', 'ids']),
	value: text,
	sample: v.optional(text)
});

/** Drops fields that this version doesn't know. */
const SESSION = v.object({
	page: v.picklist(SESSION_PAGES),
	search: text,
	input: v.nullable(LINK_INPUT),
	files: v.nullable(v.array(v.object({ name: text, text, type: v.optional(text) }))),
	text,
	tokenizers: v.array(TOKENIZER)
});

const EXPECTED: Record<keyof Session, string> = {
	page: formatChoice(SESSION_PAGES.map((page) => `“${page}”`)),
	search: 'a text',
	input: 'a text, a list of ids or null',
	files: 'a list of names and texts, or null',
	text: 'a text',
	tokenizers: 'a list of tokenizers, with files in base64url'
};

export function writeSession({ tokenizers, ...session }: Session): string {
	const packed = tokenizers.map((tokenizer) => ({
		...v.parse(KNOWN_FIELDS, tokenizer),
		file: toBase64Url(tokenizer.file)
	}));
	return `${JSON.stringify({ format: FORMAT, version: VERSION, ...session, tokenizers: packed })}\n`;
}

/**
 * Reads the JSON of a session file.
 * @returns `null` if the JSON isn't a session file
 * @throws Error with a message for users, for a newer version or an unexpected field
 */
export function parseSession(json: unknown): Session | null {
	const head = v.safeParse(
		v.object({ format: v.literal(FORMAT), version: v.optional(v.unknown()) }),
		json
	);
	if (!head.success) return null;
	const { version } = head.output;
	if (version !== VERSION) throw new Error(describeNewerVersion('saved page', version));
	const { success, output, issues } = v.safeParse(SESSION, json);
	if (success) return output;
	const field = issues[0].path?.[0].key as keyof Session;
	throw new Error(describeSessionField(field, EXPECTED[field]));
}
