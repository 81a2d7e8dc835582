/** Bytes of the largest JSON that is read; Gemma 3's tokenizer.json has 33 million. */
export const MAX_JSON_BYTES = 64 << 20;

/** serde_json, which reads these files for Hugging Face's library, stops here. */
const MAX_DEPTH = 127;
/** Arrays, objects and commas; Gemma 3's file has 1.9 million. */
const MAX_VALUES = 3_000_000;
/** Gemma 3's file has 307,000. */
const MAX_KEYS = 1_000_000;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;

/**
 * Checks in one pass, without building anything, that JSON can be parsed within a few hundred megabytes.
 * @throws Error in one line for nesting or numbers of values that no tokenizer has
 */
export function checkJsonBounds(bytes: Uint8Array): void {
	if (bytes.length > MAX_JSON_BYTES) {
		throw new Error(
			`got ${bytes.length} bytes of JSON, expected at most ${MAX_JSON_BYTES}; is this a tokenizer?`
		);
	}
	let depth = 0;
	let values = 0;
	let keys = 0;
	for (let at = 0; at < bytes.length; at++) {
		const byte = bytes[at];
		if (byte === QUOTE) {
			for (at++; at < bytes.length && bytes[at] !== QUOTE; at++) if (bytes[at] === BACKSLASH) at++;
		} else if (byte === COMMA) {
			values++;
		} else if (byte === COLON) {
			keys++;
		} else if ((byte & 0xdf) === 0x5b) {
			values++;
			if (++depth > MAX_DEPTH) {
				throw new Error(
					`got JSON nested more than ${MAX_DEPTH} deep at byte ${at}, expected a tokenizer`
				);
			}
		} else if ((byte & 0xdf) === 0x5d) {
			depth--;
		}
		if (values > MAX_VALUES || keys > MAX_KEYS) {
			throw new Error(
				`got JSON with more than ${values > MAX_VALUES ? `${MAX_VALUES} values` : `${MAX_KEYS} keys`}, expected a tokenizer`
			);
		}
	}
}
