/**
 * Token ids as people paste them out of logs and shells: `[1, 2, 3]`, one a line,
 * `tensor([[1, 2]], device='cuda:0')`, `{"input_ids": [1, 2], "attention_mask": [1, 1]}`,
 * `Uint32Array(2) [ 1, 2 ]`, `1_000`.
 *
 * Nothing is dropped silently: what was passed over is told in `notes`, what looks like an id and is
 * none in `errors`.
 */

export interface IdError {
	/** The offending part as it stands in the input, shortened when long. */
	readonly text: string;
	/** Where it begins, in units. */
	readonly unit: number;
	/** What is wrong with it and what to do, one sentence. */
	readonly message: string;
}

export interface IdList {
	readonly ids: Uint32Array;
	/** The first {@link ERROR_LIMIT} errors, in order. */
	readonly errors: readonly IdError[];
	/** How many errors there are in all, up to {@link GIVE_UP}. */
	readonly errorCount: number;
	/** What was passed over, in sentences, {@link NOTE_LIMIT} at most. */
	readonly notes: readonly string[];
}

/** So that a book pasted in place of ids does not become a list of a hundred thousand errors. */
export const ERROR_LIMIT = 20;
export const NOTE_LIMIT = 5;
/** After so many errors reading stops: it is no list of ids. */
export const GIVE_UP = 1000;
const LARGEST_ID = 2 ** 32 - 1;
const SHOWN = 40;

/** The same characters as {@link PART} leaves out. */
const isSeparator = (char: string) =>
	char === ' ' || char === ',' || char === '\n' || /[\s;|[\](){}<>"'`]/.test(char);
/** Settings that printed arrays carry, with their value. Bounded: an unclosed quote must not cost a search to the end. */
const SETTING =
	/(?:dtype|device|grad_fn|requires_grad|shape|size|layout)\s*=\s*(?:'[^']{0,99}'|"[^"]{0,99}"|\([^)]{0,99}\)|<[^>]{0,99}>|[\w.:]+)/y;
/** `tensor(`, `np.array(`, `Uint32Array(3) [`: what stands before a printed array. */
const CONSTRUCTOR =
	/(?:\w{1,20}\.)?(?:tensor|list|tuple|\w{0,20}array)(?:\(\d+\)\s{0,9}(?=\[)|\s{0,9}(?=[([]))/iy;
/** `input_ids:`, `"ids" =`, `Token ids:`. */
const LABEL = /[A-Za-z_][\w.-]{0,40}(?: [A-Za-z_][\w.-]{0,40}){0,3}["'`]?\s*[:=]+/y;
const PART = /[^\s,;|[\](){}<>"'`]+/y;

/** Reads the ids in `text`. Never throws; an empty text gives an empty list. */
export function parseIds(text: string): IdList {
	const reader = new Reader(text);
	reader.read();
	const stopped =
		reader.errorCount === GIVE_UP ? [`Stopped after ${GIVE_UP} parts that are no ids.`] : [];
	return {
		ids: Uint32Array.from(reader.ids),
		errors: reader.errors,
		errorCount: reader.errorCount,
		notes: [...stopped, ...reader.notes].slice(0, NOTE_LIMIT)
	};
}

class Reader {
	readonly ids: number[] = [];
	readonly errors: IdError[] = [];
	/** A set: a log of a thousand tensors says `tensor` once. */
	readonly notes = new Set<string>();
	errorCount = 0;
	readonly #text: string;

	constructor(text: string) {
		this.#text = text;
	}

	read(): void {
		const text = this.#text;
		let unit = 0;
		while (unit < text.length) {
			if (this.errorCount === GIVE_UP) return;
			if (isSeparator(text[unit])) {
				unit++;
				continue;
			}
			// Plain numbers are nearly everything there is: read them without a regular expression.
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

	/** The unit behind a run of at most 9 digits that ends at a separator, or `start` if there is none. */
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
			this.notes.add(
				`A comma separates ids: “${text.slice(this.#partBefore(start), unit)}” was read as two.`
			);
		this.ids.push(value);
		return unit;
	}

	/** Where the digits before the comma at `comma + 1` begin. */
	#partBefore(afterComma: number): number {
		let unit = afterComma - 1;
		while (unit > 0 && !isSeparator(this.#text[unit - 1])) unit--;
		return unit;
	}

	/**
	 * Passes over a setting, a constructor or a label. Gives the unit behind it, undefined when none
	 * is here, null when reading ends.
	 */
	#word(unit: number): number | null | undefined {
		if (!/[A-Za-z_]/.test(this.#text[unit])) return undefined;
		for (const pattern of [SETTING, CONSTRUCTOR]) {
			const word = this.#match(pattern, unit);
			if (!word) continue;
			this.notes.add(`Passed over “${shorten(word.trim())}”.`);
			return unit + word.length;
		}
		const label = this.#match(LABEL, unit);
		if (!label) return undefined;
		if (this.ids.length > 0) {
			const message = `“${shorten(label)}” begins another list. Only the ids before it were read.`;
			this.#fail(label, unit, message);
			return null;
		}
		this.notes.add(`Passed over the label “${shorten(label)}”.`);
		return unit + label.length;
	}

	/** Reads anything else up to the next separator, as an id written otherwise or as an error. */
	#part(unit: number): number {
		const part = this.#match(PART, unit) ?? this.#text[unit];
		if (/^\d+(_\d+)*$/.test(part)) {
			const value = Number(part.replaceAll('_', ''));
			if (value <= LARGEST_ID) this.ids.push(value);
			else this.#fail(part, unit, `“${shorten(part)}” is above 4,294,967,295, the largest id.`);
		} else this.#fail(part, unit, whyNotAnId(part));
		return unit + part.length;
	}

	#match(pattern: RegExp, unit: number): string | undefined {
		pattern.lastIndex = unit;
		return pattern.exec(this.#text)?.[0];
	}

	#fail(text: string, unit: number, message: string): void {
		this.errorCount++;
		if (this.errors.length < ERROR_LIMIT) this.errors.push({ text: shorten(text), unit, message });
	}
}

function whyNotAnId(part: string): string {
	const shown = `“${shorten(part)}”`;
	if (/^[-−]100$/.test(part))
		return `${shown} is negative; in training labels -100 marks a position to ignore, not a token.`;
	if (/^[-−]\d+$/.test(part)) return `${shown} is negative; ids begin at 0.`;
	if (/^0x[\da-f]+$/i.test(part))
		return `${shown} is hexadecimal; write ids in decimal (${Number(part).toLocaleString('en', { useGrouping: false })}).`;
	if (/^(\.{3,}|…)$/.test(part)) return `${shown}: ids were left out here when this was printed.`;
	if (/^[-−+]?(\d+\.\d*|\.\d+|\d+(\.\d*)?e[-+]?\d+)$/i.test(part))
		return `${shown} is a decimal number; ids are whole.`;
	return `${shown} is not a number.`;
}

function shorten(text: string): string {
	if (text.length <= SHOWN) return text;
	return (
		text
			.slice(0, SHOWN)
			.toWellFormed()
			.replace(/\ufffd$/, '') + '…'
	);
}
