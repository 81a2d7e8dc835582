import { DEFAULT_RULES } from '../../src/lib/session/downloads/corpora';
import {
	corpusTokensAfter,
	createReplay,
	trainedTokens,
	type TrainingRules
} from '../../src/lib/engine/train';
import { countCharsOfUtf8, encodeUtf8 } from '../../src/lib/engine/text/utf8';
import type { Corpus, CorpusFile } from '../../src/lib/features/train/corpus';
import type { Trained } from '../../src/lib/features/train/train.svelte';
import type { TrainingWorkers, TrainResult } from '../../src/lib/session/calls/training';
import { fakeMethods } from './fake-calls';
import { countsOf, trainOn } from './training';
import { EXTRAS } from '../../src/lib/engine/stages';

export function fakeTraining(counters = 1) {
	const { methods, calls } = fakeMethods(
		...(['count', 'train', 'steps', 'encodeTrained', 'pairs', 'trainedFile'] as const)
	);
	/** For each call to `stopCounting`, the number of calls to `count` before it. */
	const stops: number[] = [];
	const stopCounting = () => stops.push(calls.count.length);
	const workers: TrainingWorkers = { ...methods, counters, stopCounting };
	const { count: counts, train: trains, steps, pairs } = calls;
	const { encodeTrained: encodes, trainedFile: files } = calls;
	return { workers, stops, counts, trains, steps, encodes, pairs, files };
}

/** A vocabulary with 256 bytes and at most three merges, for any pattern. */
export const THREE_MERGES: TrainingRules = { ...DEFAULT_RULES, vocabularySize: 259 };

/** The result that a worker returns after training on a text. */
export function trainResult(
	corpus: string,
	rules: TrainingRules = THREE_MERGES,
	text: Uint8Array = encodeUtf8(corpus)
): TrainResult {
	const training = trainOn(corpus, rules);
	return {
		training,
		tokens: trainedTokens(training),
		distinct: countsOf(corpus, rules).ends.length,
		matched: true,
		corpusTokens: corpusTokensAfter(training),
		steps: createReplay(training, EXTRAS).steps(text)
	};
}

/** A finished training run on a text. */
export function trainedOn(
	text: string,
	{ rules = THREE_MERGES, run = 1 }: { rules?: TrainingRules; run?: number } = {}
): Trained {
	const bytes = encodeUtf8(text);
	return {
		...trainResult(text, rules, bytes),
		run: { session: 'train', run },
		corpus: { kind: 'text', text },
		rules,
		text: bytes,
		bytes: bytes.length,
		chars: countCharsOfUtf8(bytes)
	};
}

export const fileOf = (name: string, content: string | Uint8Array<ArrayBuffer>): CorpusFile =>
	Object.assign(new Blob([content]), { name });

export const textOf = (text: string): Corpus => ({ kind: 'text', text });
