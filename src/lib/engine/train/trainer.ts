import { encodeUtf8 } from '../text/utf8';
import { CorpusPairs } from './corpus-pairs';
import { createPretokenCounter } from './counter';
import { MAX_LISTED_COUNT, type PairFigures, PairQueue } from './pair-queue';
import { checkMergingRules, ReservedTokens, trainingAlphabet } from './rules';
import { createTieKey, MAX_IDS } from './ties';
import { firstByteId } from './tokens';
import type { PretokenCounts, TieRule, Training, TrainingRules } from './types';

export interface TrainingProgress {
	/** Number of merges so far. */
	readonly merges: number;
	/** Number of merges at which the vocabulary size is reached. */
	readonly target: number;
	/** Count of the latest merged pair; 0 before the first merge. */
	readonly count: number;
	/** Number of tokens so far, including special ones. */
	readonly vocabularySize: number;
}

/** Trains step by step, so that training can report progress and be stopped. */
export interface Trainer {
	/** Makes at most `merges` merges. Returns whether training is finished. */
	advance(merges: number): boolean;
	readonly progress: TrainingProgress;
	/** The training so far. */
	result(): Training;
}

/**
 * Creates a trainer of a byte-level BPE. Again and again, it merges all occurrences of the pair with the highest count,
 * from left to right. Overlapping occurrences all count.
 *
 * No two merges make the same bytes: merges within a token do not depend on the text around it, so the same bytes
 * always become one token by the same merges, and a pair never occurs again after its merge. So it does not matter
 * that Hugging Face would reuse the id of a token with the same bytes and minbpe would assign a second one.
 *
 * @throws Error for invalid rules, an empty corpus, or a corpus that does not fit into memory, which may also become
 * apparent during training
 */
export function createTrainer(counts: PretokenCounts, rules: TrainingRules): Trainer {
	const alphabet = trainingAlphabet(rules.alphabet, counts);
	checkMergingRules(rules, alphabet, counts);
	return withMemory(counts, () => new BpeTrainer(counts, rules, alphabet));
}

class BpeTrainer implements Trainer {
	readonly #rules: TrainingRules;
	readonly #alphabet: Uint8Array;
	readonly #corpus: CorpusPairs;
	readonly #queue: PairQueue;
	readonly #pretokens: PretokenCounts;
	readonly #tokensBefore: number;
	readonly #target: number;
	readonly #firstProduct: number;
	readonly #reserved: ReservedTokens;

	readonly #merges: number[] = [];
	readonly #counts: number[] = [];
	readonly #removed: number[] = [];
	#end: Training['end'] = 'stopped';

	constructor(counts: PretokenCounts, rules: TrainingRules, alphabet: Uint8Array) {
		this.#rules = rules;
		this.#alphabet = alphabet;
		const special = rules.specialTokens.length;
		const firstId = firstByteId(rules);
		const idOfByte = new Int32Array(256);
		alphabet.forEach((byte, i) => (idOfByte[byte] = firstId + i));
		this.#firstProduct = firstId + alphabet.length;
		this.#target = Math.min(rules.vocabularySize, MAX_IDS) - special - alphabet.length;
		this.#pretokens = counts;
		this.#tokensBefore = countBytes(counts);
		this.#reserved = new ReservedTokens(rules.specialTokens);
		const corpus = new CorpusPairs(counts, idOfByte, {
			minCount: Math.max(1, rules.minFrequency),
			maxTokenBytes: rules.maxTokenLength ?? Infinity
		});
		this.#corpus = corpus;
		this.#queue = createQueue(corpus, rules.ties);
		this.#addPairs(1);
	}

	get progress(): TrainingProgress {
		return {
			merges: this.#counts.length,
			target: this.#target,
			count: this.#counts.at(-1) ?? 0,
			vocabularySize: this.#alphabet.length + this.#rules.specialTokens.length + this.#counts.length
		};
	}

	advance(merges: number): boolean {
		withMemory(this.#pretokens, () => {
			for (let i = 0; i < merges && this.#end === 'stopped'; i++) this.#mergeNext();
		});
		if (this.#counts.length >= this.#target) this.#end = 'size';
		return this.#end !== 'stopped';
	}

	result(): Training {
		return {
			rules: this.#rules,
			alphabet: this.#alphabet,
			merges: Uint32Array.from(this.#merges),
			products: Uint32Array.from(this.#counts, (_, i) => this.#firstProduct + i),
			counts: Float64Array.from(this.#counts),
			removed: Float64Array.from(this.#removed),
			tokensBefore: this.#tokensBefore,
			end: this.#end
		};
	}

	#mergeNext(): void {
		if (this.#counts.length >= this.#target) {
			this.#end = 'size';
			return;
		}
		const { pairs } = this.#corpus;
		let pair = this.#queue.pop();
		while (pair >= 0 && this.#isReserved(pair)) pair = this.#queue.pop();
		if (pair < 0 || pairs.counts[pair] < this.#rules.minFrequency) {
			this.#end = 'frequency';
			return;
		}
		this.#merges.push(pairs.left[pair], pairs.right[pair]);
		this.#counts.push(pairs.counts[pair]);
		const first = pairs.size;
		const product = this.#firstProduct + this.#counts.length - 1;
		this.#removed.push(this.#corpus.merge(pair, product));
		this.#addPairs(first);
	}

	/** Adds the pairs from `first` on to the queue. */
	#addPairs(first: number): void {
		const { pairs } = this.#corpus;
		for (let pair = first; pair < pairs.size; pair++) {
			if (this.#corpus.isMergeable(pair)) this.#queue.add(pair);
		}
	}

	#isReserved(pair: number): boolean {
		return this.#reserved.maxBytes > 0 && this.#reserved.has(this.#corpus.productBytes(pair));
	}
}

function createQueue(corpus: CorpusPairs, ties: TieRule): PairQueue {
	const { pairs } = corpus;
	const figures: PairFigures = {
		get counts() {
			return pairs.counts;
		},
		tieKey: createTieKey(ties, pairs, (pair) => corpus.firstOccurrence(pair))
	};
	let highest = 1;
	for (let pair = 1; pair < pairs.size; pair++) highest = Math.max(highest, pairs.counts[pair]);
	return new PairQueue(figures, Math.min(highest, MAX_LISTED_COUNT));
}

/** Replaces the host's RangeError for arrays that are too long by an error that says what to do. */
function withMemory<T>({ bytes }: PretokenCounts, work: () => T): T {
	try {
		return work();
	} catch (error) {
		if (!(error instanceof RangeError)) throw error;
		const megabytes = Math.ceil(bytes.length / 1e6);
		throw new Error(
			`not enough memory for distinct pre-tokens of ${megabytes} MB: ` +
				'use less text, or a pattern that splits it into words',
			{ cause: error }
		);
	}
}

/** Number of bytes of the corpus, counting every occurrence of a pre-token. */
function countBytes({ ends, counts }: PretokenCounts): number {
	let sum = 0;
	for (let i = 0, start = 0; i < ends.length; start = ends[i++]) {
		sum += counts[i] * (ends[i] - start);
	}
	return sum;
}

/** Number of tokens of the corpus after 0, 1, … m merges: m + 1 entries. */
export function corpusTokensAfter({ tokensBefore, removed }: Training): Float64Array {
	const tokens = new Float64Array(removed.length + 1);
	tokens[0] = tokensBefore;
	for (let k = 0; k < removed.length; k++) tokens[k + 1] = tokens[k] - removed[k];
	return tokens;
}

/** Trains on one text to the end. */
export function trainOn(
	text: string,
	rules: TrainingRules
): { counts: PretokenCounts; training: Training } {
	const counter = createPretokenCounter(rules);
	counter.add(encodeUtf8(text));
	const counts = counter.finish();
	const trainer = createTrainer(counts, rules);
	while (!trainer.advance(1000));
	return { counts, training: trainer.result() };
}
