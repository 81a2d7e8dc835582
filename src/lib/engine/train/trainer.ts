import { EXTRAS } from '../text/all-extras';
import { encodeUtf8 } from '../text/utf8';
import { wrongArgument } from '../wrong-argument';
import { CorpusPairs } from './corpus-pairs';
import { createPretokenCounter } from './counter';
import { MAX_LISTED_COUNT, type PairFigures, PairQueue } from './pair-queue';
import {
	checkMergingRules,
	ReservedTokens,
	trainingAlphabet,
	createTieKey,
	MAX_IDS
} from './rules';
import { firstByteId } from './tokens';
import type { PretokenCounts, TieRule, Training, TrainingRules } from './types';

export interface TrainingProgress {
	/** Number of merges so far. */
	readonly merges: number;
	/** Number of merges needed to reach the target vocabulary size. */
	readonly target: number;
	/** Count of the most recently merged pair; 0 before the first merge. */
	readonly count: number;
	/** Number of tokens so far, including special tokens. */
	readonly vocabularySize: number;
}

/** Trains step by step so that the caller can report progress or stop. */
export interface Trainer {
	/** Performs at most `merges` merges. Returns whether training is finished. */
	advance(merges: number): boolean;
	readonly progress: TrainingProgress;
	/** Returns the result so far. */
	result(): Training;
}

/**
 * Creates a trainer for byte-level BPE. Each step merges all occurrences of the pair with the highest count, from left
 * to right. The count includes overlapping occurrences.
 *
 * No two merges produce the same bytes: merges within a token do not depend on the surrounding text, so equal bytes
 * always become one token through the same merges, and a pair never occurs again after it has been merged. If two
 * merges did, Hugging Face would reuse the existing id, whereas minbpe would assign a new one.
 *
 * @throws Error for invalid rules or an empty corpus; also, possibly during training, if memory runs out
 */
export function createTrainer(pretokens: PretokenCounts, rules: TrainingRules): Trainer {
	const alphabet = trainingAlphabet(rules.alphabet, pretokens);
	checkMergingRules(rules, alphabet, pretokens);
	return withMemory(pretokens, () => startTraining(pretokens, rules, alphabet));
}

function startTraining(
	pretokens: PretokenCounts,
	rules: TrainingRules,
	alphabet: Uint8Array
): Trainer {
	const { ties, minFrequency, maxTokenLength, specialTokens } = rules;
	const firstId = firstByteId(rules);
	const firstProduct = firstId + alphabet.length;
	const idOfByte = new Int32Array(256);
	alphabet.forEach((byte, i) => (idOfByte[byte] = firstId + i));
	const initialSize = alphabet.length + specialTokens.length;
	const target = Math.min(rules.vocabularySize, MAX_IDS) - initialSize;
	const tokensBefore = countBytes(pretokens);
	const reserved = new ReservedTokens(specialTokens);
	const corpus = new CorpusPairs(pretokens, idOfByte, {
		minCount: Math.max(1, minFrequency),
		maxTokenBytes: maxTokenLength ?? Infinity
	});
	const { pairs } = corpus;
	const queue = createQueue(corpus, ties);
	const merges: number[] = [];
	const counts: number[] = [];
	const removed: number[] = [];
	let end: Training['end'] = 'stopped';

	const addPairs = (first: number) => {
		for (let pair = first; pair < pairs.size; pair++) {
			if (corpus.isMergeable(pair)) queue.add(pair);
		}
	};
	addPairs(1);

	const isReserved = (pair: number): boolean =>
		reserved.maxBytes > 0 && reserved.has(corpus.productBytes(pair));

	const mergeNext = () => {
		if (counts.length >= target) {
			end = 'size';
			return;
		}
		let pair = queue.pop();
		while (pair >= 0 && isReserved(pair)) pair = queue.pop();
		if (pair < 0 || pairs.counts[pair] < minFrequency) {
			end = 'frequency';
			return;
		}
		merges.push(pairs.left[pair], pairs.right[pair]);
		counts.push(pairs.counts[pair]);
		const first = pairs.size;
		removed.push(corpus.merge(pair, firstProduct + counts.length - 1));
		addPairs(first);
	};

	return {
		get progress() {
			const { length } = counts;
			const count = counts.at(-1) ?? 0;
			return { merges: length, target, count, vocabularySize: initialSize + length };
		},
		advance(limit) {
			withMemory(pretokens, () => {
				for (let i = 0; i < limit && end === 'stopped'; i++) mergeNext();
			});
			if (counts.length >= target) end = 'size';
			return end !== 'stopped';
		},
		result: () => ({
			rules,
			alphabet,
			merges: Uint32Array.from(merges),
			products: Uint32Array.from(counts, (_, i) => firstProduct + i),
			counts: Float64Array.from(counts),
			removed: Float64Array.from(removed),
			tokensBefore,
			end
		})
	};
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

/** Replaces the RangeError thrown for an array that is too long with an error that says what to do. */
function withMemory<T>({ bytes }: PretokenCounts, work: () => T): T {
	try {
		return work();
	} catch (error) {
		if (!(error instanceof RangeError)) throw error;
		const megabytes = Math.ceil(bytes.length / 1e6);
		throw new Error(
			`not enough memory for distinct pre-tokens of ${megabytes} MB; ` +
				'use less text, or a pattern that splits it into words',
			{ cause: error }
		);
	}
}

/** Number of bytes in the corpus, counting every occurrence of a pre-token. */
function countBytes({ ends, counts }: PretokenCounts): number {
	let sum = 0;
	for (let i = 0, start = 0; i < ends.length; start = ends[i++]) {
		sum += counts[i] * (ends[i] - start);
	}
	return sum;
}

/** Number of tokens in the corpus after 0, 1, … m merges: m + 1 entries. */
export function corpusTokensAfter({ tokensBefore, removed }: Training): Float64Array {
	const tokens = new Float64Array(removed.length + 1);
	tokens[0] = tokensBefore;
	for (let k = 0; k < removed.length; k++) tokens[k + 1] = tokens[k] - removed[k];
	return tokens;
}

/** Trains on a single text until training is finished. */
export function trainOn(
	text: string,
	rules: TrainingRules
): { counts: PretokenCounts; training: Training } {
	if (typeof text !== 'string') throw wrongArgument('text', text, 'a string');
	const counter = createPretokenCounter(rules, EXTRAS);
	counter.add(encodeUtf8(text));
	const counts = counter.finish();
	const trainer = createTrainer(counts, rules);
	while (!trainer.advance(1000));
	return { counts, training: trainer.result() };
}
