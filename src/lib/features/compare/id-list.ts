/**
 * Parses token ids as people paste them from logs and shells: `[1, 2, 3]`, one per line, `tensor([[1, 2]],
 * device='cuda:0')`, `{"input_ids": [1, 2], "attention_mask": [1, 1]}`, `token_id=1 logprob=-0.13` per line, `1 ->
 * 'Hello'` per line, `1_000`.
 *
 * If numbers have labels, only those labelled as ids are read. Numbers in a sentence are skipped, unless they form a
 * list in brackets. Everything skipped is reported: `notes` lists what was skipped, and `errors` lists the parts that
 * aren't ids.
 */
import {
	describeFoundLabel,
	describeFoundList,
	describeInvalidId,
	describeLargeId,
	describeNoList,
	describeQuotedTexts,
	describeSkipped,
	describeSplitNumber
} from './id-messages';

export interface IdList {
	readonly ids: Uint32Array;
	/** One sentence for each part of the list that isn't an id, in order, up to {@link MAX_ERRORS}. */
	readonly errors: readonly string[];
	/** Sentences about what was read and what was skipped, at most {@link MAX_NOTES}. */
	readonly notes: readonly string[];
}

export const MAX_ERRORS = 20;
const MAX_NOTES = 5;
const MAX_ID = 2 ** 32 - 1;

/** Labels for token ids, most reliable first. Label names are compared in lower case, with `_` between words. */
const ID_LABELS: readonly ((name: string, isList: boolean) => boolean)[] = [
	(name) =>
		/(^|_)(input_ids|token_?ids?)$/.test(name) &&
		!/(^|_)(bos|eos|eot|eom|pad|unk|sep|cls|mask|start|end|stop)_token_?ids?$/.test(name),
	(name) => /(^|_)(ids|labels)$/.test(name),
	(name, isList) => isList && /(^|_)(tokens?|prompt|output)$/.test(name),
	(name) => name === 'id' || name === 'token'
];

/** A setting in a printed array, such as `dtype=int64`. The bounded length limits the cost of an unclosed quote. */
const SETTING =
	/(?:dtype|device|grad_fn|requires_grad|shape|size|layout)\s*=\s*(?:'[^']{0,99}'|"[^"]{0,99}"|\([^)]{0,99}\)|<[^>]{0,99}>|[\w.:]+)/y;
/** Start of a printed array: `tensor(`, `np.array(`, `Uint32Array(3) [`. */
const CONSTRUCTOR =
	/<?(?:\w{1,20}\.)?(?:tensor|list|tuple|\w{0,20}array)(?::|\(\d+\)\s{0,9}(?=\[)|\s{0,9}(?=[([]))/iy;
/** Label of a number or a list: `input_ids":`, `Token ids:`, `token_id=`. */
const LABEL = /([A-Za-z_][\w.-]{0,40}(?: [A-Za-z_][\w.-]{0,40}){0,3})["'`]?\s*[:=]+(?!>)/y;
const QUOTED =
	/"(?:[^"\\\n]|\\.){0,999}"|'(?:[^'\\\n]|\\.){0,999}'|`[^`\n]{0,999}`|“[^”\n]{0,999}”/y;
const ARROW = /[-=]>|→/y;
const PART = /[^\s,;|[\](){}<>"'`“”]+/y;
const SEPARATOR = /[\s;|<>"'`“”,]/;

/** Numbers that share a label or a list in brackets, or that are outside all labels and brackets. */
interface Segment {
	readonly label: string | null;
	/** Bracket depth at the label. A list after the label is nested one level deeper. */
	readonly depth: number;
	isList: boolean;
	readonly ids: number[];
	readonly errors: string[];
	/** Number of parts that don't look like numbers. */
	words: number;
}

/** Parses the ids in a text. Never throws. */
export function parseIds(text: string): IdList {
	const { segments, notes, quotedTexts } = new Reader(text).read();
	const { chosen, note } = choose(segments);
	const quoted = quotedTexts > 0 ? [describeQuotedTexts(quotedTexts)] : [];
	return {
		ids: Uint32Array.from(chosen.flatMap(({ ids }) => ids)),
		errors: chosen.flatMap(({ errors }) => errors).slice(0, MAX_ERRORS),
		notes: [...note, ...notes, ...quoted].slice(0, MAX_NOTES)
	};
}

interface Choice {
	readonly chosen: readonly Segment[];
	/** Sentences that explain why these segments were chosen. */
	readonly note: readonly string[];
}

function choose(segments: readonly Segment[]): Choice {
	const labelled = segments.filter(({ label, ids }) => label !== null && ids.length > 0);
	const labels = [...new Set(segments.flatMap(({ label }) => label ?? []))];
	for (const isIdLabel of ID_LABELS) {
		const first = labelled.find(({ label, isList }) => isIdLabel(normalize(label ?? ''), isList));
		if (first?.label) return chooseLabel(segments, labels, first.label);
	}
	const free = segments.filter(({ label }) => label === null);
	const outside = free.filter(({ isList }) => !isList);
	const numbers = outside.flatMap(({ ids }) => ids);
	if (labelled.length > 0 && labels.length === 1 && free.every(({ ids }) => ids.length === 0))
		return chooseLabel(segments, labels, labels[0]);
	const words = outside.reduce((sum, segment) => sum + segment.words, 0);
	if (labels.length === 0 && words <= numbers.length) return { chosen: free, note: [] };
	const lists = free.filter(({ isList, ids }) => isList && ids.length > 0);
	const skipped = [...numbers.slice(0, MAX_NOTES).map(String), ...labels];
	return lists.length > 0
		? { chosen: lists, note: [describeFoundList(skipped)] }
		: { chosen: [], note: [describeNoList(skipped)] };
}

function chooseLabel(
	segments: readonly Segment[],
	labels: readonly string[],
	chosen: string
): Choice {
	const withNumbers = labels.filter(
		(name) =>
			name !== chosen &&
			segments.some(({ label, ids, errors }) => label === name && ids.length + errors.length > 0)
	);
	return {
		chosen: segments.filter(({ label }) => label === chosen),
		note: [describeFoundLabel(chosen, withNumbers)]
	};
}

class Reader {
	readonly #text: string;
	readonly #segments: Segment[] = [];
	/** A set, because a log may contain `tensor` a thousand times. */
	readonly #notes = new Set<string>();
	#quotedTexts = 0;
	#depth = 0;
	#segment: Segment;

	constructor(text: string) {
		this.#text = text;
		this.#segment = this.#begin(null);
	}

	read() {
		const text = this.#text;
		for (let unit = 0; unit < text.length;) unit = this.#step(unit);
		return { segments: this.#segments, notes: this.#notes, quotedTexts: this.#quotedTexts };
	}

	/** Reads the character or word at code unit `unit` and returns the code unit after it. */
	#step(unit: number): number {
		const char = this.#text[unit];
		// Plain numbers, which make up most input, are read without regular expressions.
		if (char === ' ' || char === ',' || char === '\n') return unit + 1;
		const end = this.#plainNumber(unit);
		if (end > unit) return end;
		if ('[({'.includes(char)) return this.#bracket(unit, 1);
		if ('])}'.includes(char)) return this.#bracket(unit, -1);
		if (`"'\`“`.includes(char)) {
			const after = this.#quotedText(unit);
			if (after > unit) return after;
		}
		const arrow = this.#match(ARROW, unit);
		if (arrow) return unit + arrow[0].length;
		if (SEPARATOR.test(char)) return unit + 1;
		return this.#word(unit) ?? this.#part(unit);
	}

	#begin(label: string | null): Segment {
		const isList = label === null && this.#depth > 0;
		const segment = { label, depth: this.#depth, isList, ids: [], errors: [], words: 0 };
		this.#segments.push(segment);
		return segment;
	}

	/** Adds a list that follows a label to the label's segment. Other brackets, unless nested, begin a new segment. */
	#bracket(unit: number, by: 1 | -1): number {
		this.#depth = Math.max(0, this.#depth + by);
		const { label, depth, ids, isList } = this.#segment;
		if (label !== null && this.#depth > depth) {
			if (ids.length === 0) this.#segment.isList = true;
			else if (!isList) this.#segment = this.#begin(null);
		} else if (label !== null || isList !== this.#depth > 0) this.#segment = this.#begin(null);
		return unit + 1;
	}

	/** Reads a number of at most 9 digits and returns the code unit after it; `start` if there is no such number. */
	#plainNumber(start: number): number {
		const text = this.#text;
		let unit = start;
		let value = 0;
		for (; unit < text.length && unit - start < 9; unit++) {
			const digit = text.charCodeAt(unit) - 0x30;
			if (digit < 0 || digit > 9) break;
			value = value * 10 + digit;
		}
		if (unit === start || (unit < text.length && !isEnd(text[unit]))) return start;
		if (text[start] === '0' && unit === start + 3 && text[start - 1] === ',')
			this.#notes.add(describeSplitNumber(text.slice(this.#partBefore(start), unit)));
		this.#segment.ids.push(value);
		return unit;
	}

	/** Start of the part that precedes the comma at `afterComma - 1`. */
	#partBefore(afterComma: number): number {
		let unit = afterComma - 1;
		while (unit > 0 && !isEnd(this.#text[unit - 1])) unit--;
		return unit;
	}

	/**
	 * Skips quoted text, unless it consists of numbers or is a label.
	 * @returns the code unit after the text; `unit` if nothing was skipped
	 */
	#quotedText(unit: number): number {
		if (/[\p{L}\p{N}]/u.test(this.#text[unit - 1] ?? '')) return unit;
		const quoted = this.#match(QUOTED, unit)?.[0];
		if (!quoted || /^[\s\d_,;[\]]*$/.test(quoted.slice(1, -1))) return unit;
		if (/^\s*[:=]/.test(this.#text.slice(unit + quoted.length, unit + quoted.length + 9)))
			return unit;
		this.#quotedTexts++;
		return unit + quoted.length;
	}

	/** Skips a setting or a constructor, or begins a segment at a label. */
	#word(unit: number): number | undefined {
		if (!/[A-Za-z_<]/.test(this.#text[unit])) return undefined;
		for (const pattern of [SETTING, CONSTRUCTOR]) {
			const word = this.#match(pattern, unit)?.[0];
			if (!word) continue;
			this.#notes.add(describeSkipped(word.trim()));
			return unit + word.length;
		}
		const label = this.#match(LABEL, unit);
		if (!label) return undefined;
		// In `INFO token_id=`, only the identifier `token_id` is the label.
		const last = label[1].slice(label[1].lastIndexOf(' ') + 1);
		this.#segment = this.#begin(last.includes('_') ? last : label[1]);
		return unit + label[0].length;
	}

	/** Reads any other part up to the next separator: an id such as `1_000`, an error or a word. */
	#part(unit: number): number {
		const part = this.#match(PART, unit)?.[0] ?? this.#text[unit];
		const value = /^\d+(_\d+)*$/.test(part) ? Number(part.replaceAll('_', '')) : NaN;
		if (value <= MAX_ID) this.#segment.ids.push(value);
		else if (this.#endsLabel(unit, part)) this.#segment = this.#begin(null);
		else {
			if (!/^[-−+.…]?\d|^[-−+.…]+$/.test(part)) this.#segment.words++;
			if (this.#segment.errors.length < MAX_ERRORS)
				this.#segment.errors.push(
					value > MAX_ID ? describeLargeId(part, MAX_ID) : describeInvalidId(part)
				);
		}
		return unit + part.length;
	}

	/**
	 * Whether a word ends the list of numbers under a label: `took` does in `ids: 1 2 took 40 ms`, but `x` doesn't in
	 * `ids: 1, x, 2`.
	 */
	#endsLabel(unit: number, part: string): boolean {
		const { label, isList, ids } = this.#segment;
		if (label === null || isList || ids.length === 0 || /\d/.test(part)) return false;
		return !/,\s*$/.test(this.#text.slice(Math.max(0, unit - 9), unit));
	}

	#match(pattern: RegExp, unit: number): RegExpExecArray | null {
		pattern.lastIndex = unit;
		return pattern.exec(this.#text);
	}
}

const isEnd = (char: string): boolean =>
	char === ',' || char === ' ' || '[](){}'.includes(char) || SEPARATOR.test(char);

const normalize = (label: string): string => label.toLowerCase().replaceAll(/[ .-]+/g, '_');
