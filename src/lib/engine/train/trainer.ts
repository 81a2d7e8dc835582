import { checkMergingRules, reservedSpellings, trainingAlphabet } from './rules';
import type { PretokenCounts, Training, TrainingRules } from './types';

export interface TrainingProgress {
	/** Merges done. */
	readonly merges: number;
	/** Merges at which the vocabulary size is reached, if each makes a new token. */
	readonly target: number;
	/** How often the pair merged last stood in the corpus; 0 before the first. */
	readonly count: number;
	/** Tokens so far, special ones included. */
	readonly vocabularySize: number;
}

/** Training that goes on as far as it is told to, so that it can be watched and stopped. */
export interface Trainer {
	/** Does at most so many merges. True when training is done. */
	advance(merges: number): boolean;
	readonly progress: TrainingProgress;
	/** What was decided so far. */
	result(): Training;
}

/** @throws Error before any work for rules that make no sense, a vocabulary below the alphabet, an empty corpus. */
export function createTrainer(counts: PretokenCounts, rules: TrainingRules): Trainer {
	const alphabet = trainingAlphabet(rules.alphabet, counts);
	checkMergingRules(rules, alphabet, counts);
	return new RecountingTrainer(counts, rules, alphabet);
}

interface Candidate {
	readonly left: number;
	readonly right: number;
	count: number;
}

class RecountingTrainer implements Trainer {
	readonly #words: number[][] = [];
	readonly #spellings: string[] = [];
	readonly #ids = new Map<string, number>();
	readonly #reserved: Set<string>;
	readonly #merges: number[] = [];
	readonly #products: number[] = [];
	readonly #counts: number[] = [];
	readonly #removed: number[] = [];
	readonly #merged = new Map<string, number>();
	#end: Training['end'] | null = null;

	constructor(
		readonly corpus: PretokenCounts,
		readonly rules: TrainingRules,
		readonly alphabet: Uint8Array
	) {
		const first = rules.alphabet === 'observed' ? rules.specialTokens.length : 0;
		this.#spellings.length = first;
		const idOfByte = new Map<number, number>();
		alphabet.forEach((byte, i) => {
			idOfByte.set(byte, first + i);
			this.#spellings.push(String.fromCharCode(byte));
			this.#ids.set(String.fromCharCode(byte), first + i);
		});
		this.#reserved = new Set(
			reservedSpellings(rules.specialTokens).map((bytes) => String.fromCharCode(...bytes))
		);
		for (let i = 0, at = 0; i < corpus.ends.length; at = corpus.ends[i++]) {
			this.#words.push(
				Array.from(corpus.bytes.subarray(at, corpus.ends[i]), (byte) => idOfByte.get(byte) ?? 0)
			);
		}
	}

	get #size(): number {
		return (
			this.#spellings.length +
			(this.rules.alphabet === 'bytes' ? this.rules.specialTokens.length : 0)
		);
	}

	get progress(): TrainingProgress {
		const { vocabularySize, specialTokens } = this.rules;
		return {
			merges: this.#products.length,
			target: vocabularySize - specialTokens.length - this.alphabet.length,
			count: this.#counts.at(-1) ?? 0,
			vocabularySize: this.#size
		};
	}

	advance(merges: number): boolean {
		for (let i = 0; i < merges && this.#end === null; i++) {
			if (this.#size >= this.rules.vocabularySize) this.#end = 'size';
			else if (!this.#mergeBest()) this.#end = 'frequency';
		}
		if (this.#size >= this.rules.vocabularySize) this.#end ??= 'size';
		return this.#end !== null;
	}

	#mergeBest(): boolean {
		const pairs = new Map<string, Candidate>();
		this.#words.forEach((word, w) => {
			for (let i = 0; i + 1 < word.length; i++) {
				const key = `${word[i]} ${word[i + 1]}`;
				const pair = pairs.get(key) ?? { left: word[i], right: word[i + 1], count: 0 };
				pair.count += this.corpus.counts[w];
				pairs.set(key, pair);
			}
		});
		let best: Candidate | null = null;
		for (const [key, pair] of pairs) {
			if (this.rules.ties === 'huggingface') pair.count += this.#merged.get(key) ?? 0;
			const spelling = this.#spellings[pair.left] + this.#spellings[pair.right];
			if (spelling.length > (this.rules.maxTokenLength ?? Infinity)) continue;
			if (this.#reserved.has(spelling)) continue;
			if (!best || pair.count > best.count) best = pair;
			else if (pair.count === best.count && this.rules.ties === 'huggingface') {
				if ((pair.left - best.left || pair.right - best.right) < 0) best = pair;
			}
		}
		if (!best || best.count < Math.max(1, this.rules.minFrequency)) return false;
		const { left, right, count } = best;
		const spelling = this.#spellings[left] + this.#spellings[right];
		let product = this.#ids.get(spelling);
		if (product === undefined) {
			product = this.#spellings.push(spelling) - 1;
			this.#ids.set(spelling, product);
		}
		let removed = 0;
		this.#words.forEach((word, w) => {
			for (let i = 0; i + 1 < word.length; i++) {
				if (word[i] !== left || word[i + 1] !== right) continue;
				word.splice(i, 2, product);
				removed += this.corpus.counts[w];
			}
		});
		const key = `${left} ${right}`;
		this.#merged.set(key, (this.#merged.get(key) ?? 0) + removed);
		this.#merges.push(left, right);
		this.#products.push(product);
		this.#counts.push(count);
		this.#removed.push(removed);
		return true;
	}

	result(): Training {
		return {
			rules: this.rules,
			alphabet: this.alphabet,
			merges: Uint32Array.from(this.#merges),
			products: Uint32Array.from(this.#products),
			counts: Float64Array.from(this.#counts),
			removed: Float64Array.from(this.#removed),
			tokensBefore: this.corpus.counts.reduce(
				(sum, count, i) =>
					sum + count * (this.corpus.ends[i] - (i > 0 ? this.corpus.ends[i - 1] : 0)),
				0
			),
			end: this.#end ?? 'stopped'
		};
	}
}
