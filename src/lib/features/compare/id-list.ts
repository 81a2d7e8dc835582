/**
 * Parses token ids as people paste them from logs and shells: `[1, 2, 3]`, one per line,
 * `tensor([[1, 2]], device='cuda:0')`, `{"input_ids": [1, 2], "attention_mask": [1, 1]}`,
 * `Uint32Array(2) [ 1, 2 ]`, `1_000`.
 *
 * Nothing is dropped silently. `notes` name what was skipped, `errors` name what looks like an id and is not.
 */
import {
	describeInvalidId,
	describeLargeId,
	describeSecondList,
	describeSkipped,
	describeSkippedLabel,
	describeSplitNumber,
	describeStop
} from './messages';

export interface IdList {
	readonly ids: Uint32Array;
	/** Sentences about the first {@link MAX_ERRORS} invalid parts, in order. */
	readonly errors: readonly string[];
	/** Sentences about what was skipped, at most {@link MAX_NOTES}. */
	readonly notes: readonly string[];
}

/** Keeps a book that is pasted instead of ids from filling the page with errors. */
export const MAX_ERRORS = 20;
const MAX_NOTES = 5;
/** Parsing stops after this many errors, because the text is not a list of ids. */
const MAX_ERRORS_BEFORE_STOP = 1000;
const MAX_ID = 2 ** 32 - 1;

/** The characters that {@link PART} excludes. */
const isSeparator = (char: string) =>
	char === ' ' || char === ',' || char === '\n' || /[\s;|[\](){}<>"'`]/.test(char);
/** Settings in printed arrays, with their values. Bounded, so that an unclosed quote costs no search to the end. */
const SETTING =
	/(?:dtype|device|grad_fn|requires_grad|shape|size|layout)\s*=\s*(?:'[^']{0,99}'|"[^"]{0,99}"|\([^)]{0,99}\)|<[^>]{0,99}>|[\w.:]+)/y;
/** Beginning of a printed array: `tensor(`, `np.array(`, `Uint32Array(3) [`. */
const CONSTRUCTOR =
	/(?:\w{1,20}\.)?(?:tensor|list|tuple|\w{0,20}array)(?:\(\d+\)\s{0,9}(?=\[)|\s{0,9}(?=[([]))/iy;
/** Label of a list: `input_ids:`, `"ids" =`, `Token ids:`. */
const LABEL = /[A-Za-z_][\w.-]{0,40}(?: [A-Za-z_][\w.-]{0,40}){0,3}["'`]?\s*[:=]+/y;
const PART = /[^\s,;|[\](){}<>"'`]+/y;

/** Parses the ids in a text. Never throws. */
export function parseIds(text: string): IdList {
	const reader = new Reader(text);
	reader.read();
	const stopped = reader.hasStopped ? [describeStop(MAX_ERRORS_BEFORE_STOP)] : [];
	return {
		ids: Uint32Array.from(reader.ids),
		errors: reader.errors,
		notes: [...stopped, ...reader.notes].slice(0, MAX_NOTES)
	};
}

class Reader {
	readonly ids: number[] = [];
	readonly errors: string[] = [];
	/** A set, so that a log of many tensors is noted once. */
	readonly notes = new Set<string>();
	#errorCount = 0;
	readonly #text: string;

	constructor(text: string) {
		this.#text = text;
	}

	get hasStopped(): boolean {
		return this.#errorCount === MAX_ERRORS_BEFORE_STOP;
	}

	read(): void {
		const text = this.#text;
		let unit = 0;
		while (unit < text.length) {
			if (this.hasStopped) return;
			if (isSeparator(text[unit])) {
				unit++;
				continue;
			}
			// Nearly everything is a plain number, so numbers are parsed without a regular expression.
			const end = this.#plainNumber(unit);
			if (end > unit) {
				unit = end;
				continue;
			}
			const word = this.#word(unit);
			if (word === null) return;
			unit = word ?? this.#part(unit);
		}
	}

	/** Parses at most 9 digits that end at a separator. @returns the unit after them; `start` if there are none */
	#plainNumber(start: number): number {
		const text = this.#text;
		let unit = start;
		let value = 0;
		for (; unit < text.length && unit - start < 9; unit++) {
			const digit = text.charCodeAt(unit) - 0x30;
			if (digit < 0 || digit > 9) break;
			value = value * 10 + digit;
		}
		if (unit === start || (unit < text.length && !isSeparator(text[unit]))) return start;
		if (text[start] === '0' && unit === start + 3 && text[start - 1] === ',')
			this.notes.add(describeSplitNumber(text.slice(this.#partBefore(start), unit)));
		this.ids.push(value);
		return unit;
	}

	/** Unit at which the digits before a comma begin. */
	#partBefore(afterComma: number): number {
		let unit = afterComma - 1;
		while (unit > 0 && !isSeparator(this.#text[unit - 1])) unit--;
		return unit;
	}

	/**
	 * Skips a setting, a constructor or a label.
	 * @returns the unit after it; `undefined` if there is none; `null` if parsing ends here
	 */
	#word(unit: number): number | null | undefined {
		if (!/[A-Za-z_]/.test(this.#text[unit])) return undefined;
		for (const pattern of [SETTING, CONSTRUCTOR]) {
			const word = this.#match(pattern, unit);
			if (!word) continue;
			this.notes.add(describeSkipped(word.trim()));
			return unit + word.length;
		}
		const label = this.#match(LABEL, unit);
		if (!label) return undefined;
		if (this.ids.length > 0) {
			this.#fail(describeSecondList(label));
			return null;
		}
		this.notes.add(describeSkippedLabel(label));
		return unit + label.length;
	}

	/** Parses anything else up to the next separator, as an id in another notation or as an error. */
	#part(unit: number): number {
		const part = this.#match(PART, unit) ?? this.#text[unit];
		if (/^\d+(_\d+)*$/.test(part)) {
			const value = Number(part.replaceAll('_', ''));
			if (value <= MAX_ID) this.ids.push(value);
			else this.#fail(describeLargeId(part, MAX_ID));
		} else this.#fail(describeInvalidId(part));
		return unit + part.length;
	}

	#match(pattern: RegExp, unit: number): string | undefined {
		pattern.lastIndex = unit;
		return pattern.exec(this.#text)?.[0];
	}

	#fail(message: string): void {
		this.#errorCount++;
		if (this.errors.length < MAX_ERRORS) this.errors.push(message);
	}
}
