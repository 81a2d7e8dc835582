import type { Loads } from '../types';
import { panicOnUse, type NativeTokenizer } from './native-aborts';
import { PARTS, refuseLoneSurrogate, type NativeParts } from './native-parts';
import {
	JsonNumber,
	MAX_DEPTH,
	type Json,
	type JsonDocument
} from '../../tokenizers/files/exact-json';
import { entriesOf, invalidType, Panic, Refusal, string, Undecided } from './serde';

const isPart = (key: string): key is keyof NativeParts => Object.hasOwn(PARTS, key);

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
 * Predicts whether Hugging Face's native library (tokenizers 0.23) loads a tokenizer.json and can use it.
 * `refused` is an error in loading, `aborts` a panic in loading or on some text or ids. The message after it is
 * native's, without the position in the file and with the figures of an example.
 * @returns `null` if only native can tell: unknown, neither `yes` nor a refusal
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
				// A later part may still be refused with certainty.
				undecided ??= error;
			}
		} else {
			// Native's reader skips a key that it does not know, but not its value.
			throw new Refusal('expected `,` or `}`');
		}
	}
	const { model, ...others } = { ...NO_PARTS, ...(parts as Partial<NativeParts>) };
	if (!model) throw new Refusal('Model missing.');
	if (undecided) throw undecided;
	return { ...others, model };
}

/** Parts that native reads straight from the text, so that unknown fields are skipped unread. */
const READ_AT_ONCE: ReadonlySet<string> = new Set(['truncation', 'padding']);

/** @throws Refusal for a value that serde_json cannot represent */
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
