import type { Loads } from '../types';
import { panicOnUse, type AddedToken, type NativeTokenizer } from './native-aborts';
import { model } from './native-model';
import { decoder, normalizer, postProcessor, preTokenizer } from './native-stages';
import { JsonNumber, MAX_DEPTH, type Json, type JsonDocument } from './read-json';
import {
	array,
	boolean,
	entriesOf,
	invalidType,
	oneWord,
	option,
	optional,
	Panic,
	readFields,
	Refusal,
	string,
	struct,
	u32,
	Undecided,
	unit,
	usize,
	variant,
	type Read,
	type Reader
} from './serde';

/** A string that is not held before it is read. */
const atOnce = <T>(inner: Reader<T>): Reader<T> => ({
	...inner,
	read(json) {
		if (typeof json === 'string') refuseLoneSurrogate(json);
		return inner.read(json);
	}
});

const side = atOnce(oneWord(['Left', 'Right'], { atTop: true }));

const truncation = struct('TruncationParams', {
	direction: optional(side, 'Right'),
	max_length: usize,
	strategy: atOnce(oneWord(['LongestFirst', 'OnlyFirst', 'OnlySecond'], { atTop: true })),
	stride: usize
});

const padding = struct('PaddingParams', {
	strategy: atOnce(variant({ BatchLongest: unit, Fixed: usize }, { atTop: true })),
	direction: side,
	pad_to_multiple_of: option(usize),
	pad_id: u32,
	pad_type_id: u32,
	pad_token: atOnce(string)
});

const ADDED_TOKEN = {
	content: string,
	single_word: boolean,
	lstrip: boolean,
	rstrip: boolean,
	normalized: boolean,
	special: boolean
};

const addedToken = struct('AddedTokenWithId', { id: u32 }, { isFlattened: true });

/** A part of the file that native's Node.js binding wraps in a struct of its own. */
const wrapped = <T>(name: string, inner: Reader<T>): Reader<T> => ({
	read(json) {
		struct(name, {}, { isFlattened: true }).read(json);
		return inner.read(json);
	}
});

const PARTS = {
	truncation: option(atOnce(truncation)),
	padding: option(atOnce(padding)),
	added_tokens: array<AddedToken>({
		read(json) {
			addedToken.read(json);
			return readFields(entriesOf(json) ?? [], ADDED_TOKEN);
		}
	}),
	normalizer: option(wrapped('Normalizer', normalizer)),
	pre_tokenizer: option(wrapped('PreTokenizer', preTokenizer)),
	post_processor: option(wrapped('Processor', postProcessor)),
	decoder: option(wrapped('Decoder', decoder)),
	model: wrapped('Model', model)
};

type Parts = { readonly [K in keyof typeof PARTS]: Read<(typeof PARTS)[K]> };

const isPart = (key: string): key is keyof Parts => Object.hasOwn(PARTS, key);

const NO_PARTS = {
	truncation: null,
	padding: null,
	added_tokens: [],
	normalizer: null,
	pre_tokenizer: null,
	post_processor: null,
	decoder: null,
	model: null
};

/**
 * Whether Hugging Face's native library (tokenizers 0.23) loads a tokenizer.json and can use it.
 * `refused` is an error that loading gives, `aborts` a panic in loading or on some text or ids.
 * The words after them are native's, without the place in the file and with figures of an example.
 * @returns `null` if only native can tell: treat that as unknown, neither as `yes` nor as a refusal
 */
export function nativeLoads(document: JsonDocument): Loads | null {
	try {
		panicOnUse(load(document));
		return 'yes';
	} catch (error) {
		if (error instanceof Refusal) return `refused: ${error.message}`;
		if (error instanceof Panic) return `aborts: ${error.message}`;
		if (error instanceof Undecided) return null;
		throw error;
	}
}

function load({ value, exact, hasByteOrderMark }: JsonDocument): NativeTokenizer {
	if (hasByteOrderMark) throw new Refusal('expected value');
	const entries = entriesOf(exact);
	if (!entries) throw invalidType(exact, 'struct Tokenizer');
	const parts: Partial<Record<string, unknown>> = {};
	let undecided: Undecided | null = null;
	for (const [key, json] of entries) {
		if (exact !== value && !READ_AT_ONCE.has(key)) refuseUnreadable(json, 1);
		if (key === 'version') {
			const version = string.read(json);
			if (version !== '1.0') throw new Refusal(`Unknown tokenizer version '${version}'`);
		} else if (isPart(key)) {
			try {
				parts[key] = PARTS[key].read(json);
			} catch (error) {
				if (!(error instanceof Undecided)) throw error;
				// A part after it may still be refused for certain.
				undecided ??= error;
			}
		} else {
			// The reader steps over a key that it does not know, but not over its value.
			throw new Refusal('expected `,` or `}`');
		}
	}
	const { model, ...others } = { ...NO_PARTS, ...(parts as Partial<Parts>) };
	if (!model) throw new Refusal('Model missing.');
	if (undecided) throw undecided;
	return { ...others, model };
}

/** Parts that are not held first: what they do not know is skipped unread. */
const READ_AT_ONCE: ReadonlySet<string> = new Set(['truncation', 'padding']);

/** Refuses what serde_json cannot hold. */
function refuseUnreadable(json: Json, depth: number): void {
	if (json instanceof JsonNumber && !Number.isFinite(Number(json.text))) {
		throw new Refusal('number out of range');
	}
	if (typeof json === 'string') refuseLoneSurrogate(json);
	const entries = entriesOf(json);
	const items = entries ? entries.map(([, item]) => item) : Array.isArray(json) ? json : null;
	if (!items) return;
	if (depth >= MAX_DEPTH) throw new Refusal('recursion limit exceeded');
	for (const [key] of entries ?? []) refuseLoneSurrogate(key);
	for (const item of items) refuseUnreadable(item, depth + 1);
}

function refuseLoneSurrogate(text: string): void {
	const lone = /[\ud800-\udfff]/u.exec(text)?.[0];
	if (lone === undefined) return;
	// A leading one must be followed by another escape.
	throw new Refusal(
		lone < '\udc00' ? 'unexpected end of hex escape' : 'lone leading surrogate in hex escape'
	);
}
