import type { TextMeasure } from '../../languages/types';
import type { Language } from '../../languages/types';
import type { KeptColumn, MeasureStore } from './measure-store';
import type { Measures } from './rows';

/** Tokenizers whose measures are kept, about 20 kB each; the one not used for longest goes first. */
export const MOST_KEPT = 32;

/** Of a measure, in this order. Null is 0, and a number that may be null is one more. */
const FIGURES = 7;

/** Measures from earlier visits, by what determines them. Whatever fails, they can be measured anew. */
export class KeptMeasures {
	readonly #open: () => Promise<MeasureStore>;
	readonly #keyOf: (tokenizer: string) => Promise<string | null>;
	readonly #languages: ReadonlyMap<string, Language>;
	readonly #now: () => number;
	#store: Promise<MeasureStore | null> | undefined;

	/**
	 * @param keyOf what the measures of a tokenizer follow from; null where that is not known
	 * @param languages that there are: a kept measure has to agree with them
	 * @param now milliseconds since 1970
	 */
	constructor(
		open: () => Promise<MeasureStore>,
		keyOf: (tokenizer: string) => Promise<string | null>,
		languages: readonly Language[],
		now: () => number = Date.now
	) {
		this.#open = open;
		this.#keyOf = keyOf;
		this.#languages = new Map(languages.map((language) => [language.code, language]));
		this.#now = now;
	}

	/** What is kept of a tokenizer; what is damaged is thrown away. */
	read(tokenizer: string): Promise<Measures> {
		return this.#with(tokenizer, new Map(), async (store, key) => {
			const found = await store.get(key);
			if (found === undefined) return new Map();
			const measures = this.#measuresOf(found);
			if (!measures) {
				await store.delete(key);
				return new Map();
			}
			await store.put({ ...(found as KeptColumn), used: this.#now() });
			return measures;
		});
	}

	/** Keeps these in place of what was kept before. */
	write(tokenizer: string, measures: Measures): Promise<void> {
		return this.#with(tokenizer, undefined, async (store, key) => {
			const codes = [...measures.keys()];
			const figures = figuresOf([...measures.values()]);
			const checksum = checksumOf(codes, figures);
			await store.put({ key, used: this.#now(), codes, figures, checksum });
			const keys = await store.keys();
			for (const old of keys.slice(0, -MOST_KEPT)) await store.delete(old);
		});
	}

	/** A browser that keeps nothing (private windows, a full disk) loses nothing: it measures again. */
	async #with<T>(
		tokenizer: string,
		otherwise: T,
		work: (store: MeasureStore, key: string) => Promise<T>
	): Promise<T> {
		try {
			const key = await this.#keyOf(tokenizer);
			if (key === null) return otherwise;
			const store = await (this.#store ??= this.#open().catch(() => null));
			return store ? await work(store, key) : otherwise;
		} catch {
			return otherwise;
		}
	}

	/** Null for what no version of this code has written, or what has changed since. */
	#measuresOf(value: unknown): Measures | null {
		if (!isColumn(value)) return null;
		const { codes, figures, checksum } = value;
		if (figures.length !== codes.length * FIGURES) return null;
		if (checksumOf(codes, figures) !== checksum) return null;
		const measures = new Map<string, TextMeasure>();
		for (const [i, code] of codes.entries()) {
			const measure = measureAt(figures, i * FIGURES);
			const language = this.#languages.get(code);
			// The text is another one, or the language is gone.
			if (language?.bytes !== measure.bytes || language.chars !== measure.chars) return null;
			measures.set(code, measure);
		}
		return measures;
	}
}

function isColumn(value: unknown): value is KeptColumn {
	if (typeof value !== 'object' || value === null) return false;
	const { codes, figures, checksum } = value as Partial<Record<keyof KeptColumn, unknown>>;
	return (
		Array.isArray(codes) &&
		codes.every((code) => typeof code === 'string') &&
		figures instanceof Uint32Array &&
		typeof checksum === 'number'
	);
}

const orZero = (value: number | null): number => (value === null ? 0 : value + 1);
const orNull = (value: number): number | null => (value === 0 ? null : value - 1);

const figuresOf = (measures: readonly TextMeasure[]): Uint32Array =>
	Uint32Array.from(
		measures.flatMap(({ tokens, bytes, chars, words, oneTokenWords, fallbackBytes, lostBytes }) => [
			...[tokens, bytes, chars, orZero(words), orZero(oneTokenWords)],
			...[fallbackBytes, lostBytes]
		])
	);

function measureAt(figures: Uint32Array, at: number): TextMeasure {
	const [tokens, bytes, chars, words, oneTokenWords, fallbackBytes, lostBytes] = figures.subarray(
		at,
		at + FIGURES
	);
	const [all, whole] = [orNull(words), orNull(oneTokenWords)];
	return { tokens, bytes, chars, words: all, oneTokenWords: whole, fallbackBytes, lostBytes };
}

/** FNV-1a over 32-bit values (http://www.isthe.com/chongo/tech/comp/fnv/): it finds damage, not intent. */
function checksumOf(codes: readonly string[], figures: Uint32Array): number {
	let hash = 0x811c9dc5;
	const add = (value: number) => (hash = Math.imul(hash ^ value, 0x01000193) >>> 0);
	for (const code of codes) for (let i = 0; i < code.length; i++) add(code.charCodeAt(i));
	figures.forEach(add);
	return hash;
}
