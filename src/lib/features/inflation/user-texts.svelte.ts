import { encodeUtf8 } from '../../engine/text';
import type { TextMeasure } from '../../languages/types';
import { WorkerQuery } from '../../session/worker-query.svelte';
import type { Workers } from '../../workers/pool';
import { compare, isDropped, knownPremium, type Comparison } from './rows';
import type { InflationCalls } from './worker';

/** The worker call that the texts need; a test passes a plain object. */
export type UserTextsWorkers = Pick<Workers<InflationCalls>, 'measureUserTexts'>;

/** A text that the user pasted, and its name. */
export interface UserText {
	readonly name: string;
	readonly text: string;
}

/** Name of a text, or its number if it has none. */
export const textName = ({ name }: UserText, at: number): string => name.trim() || `text ${at + 1}`;

/** The texts in one tokenizer. */
export interface UserTextsResult {
	readonly tokenizer: string;
	readonly measures: readonly TextMeasure[];
}

interface UserTextsInput {
	readonly tokenizers: readonly string[];
	readonly texts: readonly UserText[];
}

/** UTF-16 code units of the longest text that is measured: every change finds its words again. */
export const MAX_USER_TEXT_UNITS = 1_000_000;

/** The same text in several languages, pasted by the user. The first is the baseline. */
export class UserTexts {
	texts = $state.raw<readonly UserText[]>([]);
	readonly defaults: readonly UserText[];
	/** Of the texts measured last. */
	readonly query: WorkerQuery<UserTextsInput, readonly UserTextsResult[]>;

	constructor(workers: UserTextsWorkers, defaults: readonly UserText[]) {
		this.texts = defaults;
		this.defaults = defaults;
		this.query = new WorkerQuery<UserTextsInput, readonly UserTextsResult[]>(
			({ tokenizers, texts }) => {
				const encoded = texts.map(({ text }) => encodeUtf8(text));
				return Promise.all(
					tokenizers.map(async (tokenizer) => {
						const { measures } = await workers.measureUserTexts({ tokenizer, texts: encoded });
						return { tokenizer, measures };
					})
				);
			},
			{ policy: 'latest' }
		);
	}

	/** Whether the texts differ from the default ones. */
	get changed(): boolean {
		const { texts } = this;
		return (
			texts.length !== this.defaults.length || texts.some((text, i) => text !== this.defaults[i])
		);
	}

	/** One per tokenizer, of the texts measured last; empty before. */
	get results(): readonly UserTextsResult[] {
		return this.query.answer?.value ?? [];
	}

	/** Names of the texts that {@link results} are of. */
	get measuredNames(): readonly string[] {
		return this.query.answer?.input.texts.map(textName) ?? [];
	}

	/** Names of the empty texts. */
	get empty(): readonly string[] {
		return this.#namesOf((text) => text === '');
	}
	/** Names of the texts with more than {@link MAX_USER_TEXT_UNITS}. */
	get tooLong(): readonly string[] {
		return this.#namesOf((text) => text.length > MAX_USER_TEXT_UNITS);
	}

	#namesOf(has: (text: string) => boolean): readonly string[] {
		return this.texts.flatMap((one, i) => (has(one.text) ? [textName(one, i)] : []));
	}

	/** Replaces the texts, perhaps by the default ones. */
	set(texts: readonly UserText[]): void {
		const areDefault =
			texts.length === this.defaults.length &&
			this.defaults.every(({ name, text }, i) => name === texts[i].name && text === texts[i].text);
		this.texts = areDefault ? this.defaults : texts;
	}
	change(at: number, change: Partial<UserText>): void {
		this.texts = this.texts.map((text, i) => (i === at ? { ...text, ...change } : text));
	}
	/**
	 * Adds texts. By default an empty one.
	 * @returns removes those of them that have not changed since
	 */
	add(
		texts: readonly UserText[] = [{ name: `Text ${this.texts.length + 1}`, text: '' }]
	): () => void {
		this.texts = [...this.texts, ...texts];
		return () => {
			for (const text of texts) this.remove(this.texts.indexOf(text));
		};
	}
	/** Keeps at least two texts. */
	remove(at: number): void {
		if (this.texts.length > 2) this.texts = this.texts.filter((_, i) => i !== at);
	}

	/** Puts a text that was removed back at its place, or at the end if there are fewer texts now. */
	insert(at: number, text: UserText): void {
		this.texts = this.texts.toSpliced(at, 0, text);
	}

	/** Measures the current texts; none of them if one is too long. */
	measure(tokenizers: readonly string[]): void {
		if (this.tooLong.length > 0) this.query.forget();
		else void this.query.ask({ tokenizers, texts: this.texts });
	}
}

/** A row of the table: for each text a figure, and that figure relative to the first text's. */
export interface UserTextsRow {
	readonly key: string;
	readonly name: string;
	/** Whether the figures are tokens; else they are a size, which no tokenizer changes. */
	readonly isTokens: boolean;
	readonly cells: readonly {
		readonly count: number;
		/** `null` if one of the two is empty, or dropped in part. */
		readonly ratio: number | null;
		/** Whether the tokenizer has no tokens for part of the text. */
		readonly dropped: boolean;
	}[];
}

/** Characters and bytes, then tokens. @param nameOf the name of a tokenizer */
export function userTextsRows(
	results: readonly UserTextsResult[],
	nameOf: (tokenizer: string) => string
): readonly UserTextsRow[] {
	if (results.length === 0) return [];
	const [{ measures: sizes }] = results;
	const sizeRow = (field: 'chars' | 'bytes', name: string): UserTextsRow => ({
		key: field,
		name,
		isTokens: false,
		cells: sizes.map((size) => {
			const [count, first] = [size[field], sizes[0][field]];
			return { count, ratio: count > 0 && first > 0 ? count / first : null, dropped: false };
		})
	});
	const tokenRows = results.map(({ tokenizer, measures }) => ({
		key: tokenizer,
		name: nameOf(tokenizer),
		isTokens: true,
		cells: measures.map((measure) => ({
			count: measure.tokens,
			ratio: knownPremium(measure, measures[0]),
			dropped: isDropped(measure)
		}))
	}));
	return [sizeRow('chars', 'characters'), sizeRow('bytes', 'bytes'), ...tokenRows];
}

/** The texts that have a premium, each compared with the first. */
export const compareUserTexts = (
	{ measures }: UserTextsResult,
	names: readonly string[]
): readonly (Comparison & { readonly key: string; readonly name: string })[] =>
	measures.flatMap((measure, i) => {
		const comparison = compare(measure, measures[0]);
		return comparison ? [{ ...comparison, key: String(i), name: names[i] }] : [];
	});

/** JSON of names and texts. */
export const writeTexts = (texts: readonly UserText[]): string =>
	JSON.stringify(texts.map(({ name, text }) => [name, text]));

/** `null` unless the JSON is a list of at least two pairs of name and text. */
export function parseTexts(json: string): UserText[] | null {
	let list: unknown;
	try {
		list = JSON.parse(json);
	} catch {
		return null;
	}
	if (!Array.isArray(list) || list.length < 2 || !list.every(isPair)) return null;
	return list.map(([name, text]) => ({ name, text }));
}

const isPair = (item: unknown): item is [string, string] =>
	Array.isArray(item) && typeof item[0] === 'string' && typeof item[1] === 'string';
