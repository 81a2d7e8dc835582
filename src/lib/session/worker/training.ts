/** Calls that train a BPE, and that look into a training that a worker holds: types, where they run, handlers. */
import {
	type CountingRules,
	type MergeSteps,
	type PairsAfter,
	type PretokenCounts,
	type TrainedTokens,
	type Training,
	type TrainingRules,
	corpusTokensAfter,
	createExplorer,
	createPretokenCounter,
	createReplay,
	createTrainer,
	mergePretokenCounts,
	trainedTokens,
	type Explorer,
	type Replay
} from '../../engine/train';
import type { Handlers, Job } from '../../workers/job';
import type { Routes, Workers } from '../../workers/pool';
import { countPart } from './counting';
import { trainedFile } from './trained-file';

export interface TrainingCalls {
	/** The pre-tokens of a corpus, or of a part of one. */
	count: { params: CountParams; result: CountResult };
	train: { params: TrainParams; result: TrainResult };
	/** How a text (UTF-8) falls together under a training. */
	steps: { params: StepsParams; result: MergeSteps };
	/** The most frequent pairs of the corpus after some merges. */
	pairs: {
		params: TrainingRun & { readonly merges: number; readonly most: number };
		result: PairsAfter;
	};
	/** By id: how often each token stands in the corpus after some merges. */
	usage: { params: TrainingRun & { readonly merges: number }; result: Float64Array };
	/** The tokenizer of the first merges, as a file to keep or to take home. */
	trainedFile: { params: TrainedFileParams; result: TrainedFile };
}

/** The calls, and the workers that count; a test passes a plain object. */
export interface TrainingWorkers extends Workers<TrainingCalls> {
	/** How many parts of a corpus are counted at the same time. */
	readonly counters: number;
	/** Ends the workers that count, and frees their memory. */
	stopCounting(): void;
}

/** A training that the worker holds: of each session the newest. */
export interface TrainingRun {
	/** Who trains: the newest run of a session replaces the one before. */
	readonly session: string;
	readonly run: number;
}

export interface StepsParams extends TrainingRun {
	readonly text: Uint8Array;
	/** `lines`: the text is a part of the corpus, cut as training cut it. Left out: as encoding does. */
	readonly feed?: CountingRules['feed'];
}

export interface CountParams {
	readonly corpus: Blob;
	/** `counts`: a table of pre-tokens with their counts, counted elsewhere. */
	readonly format: 'text' | 'counts';
	readonly rules: CountingRules;
	/** Where the part begins in its file, in bytes; for errors. */
	readonly byteStart: number;
}

export interface CountResult {
	readonly counts: PretokenCounts;
	/** Of the text; of a table of counts: of all pre-tokens together. */
	readonly bytes: number;
	/** Code points, likewise. */
	readonly chars: number;
	/** False where a regular expression of the user's was found nowhere. */
	readonly matched: boolean;
}

export interface TrainParams extends TrainingRun {
	/** A corpus as it is (UTF-8), or counted, in the order of its parts. */
	readonly corpus: { readonly text: Uint8Array } | { readonly parts: readonly PretokenCounts[] };
	readonly rules: TrainingRules;
	/** A text (UTF-8) to give the steps of in the same answer. */
	readonly text: Uint8Array;
}

export interface TrainResult {
	readonly training: Training;
	readonly tokens: TrainedTokens;
	/** Different pre-tokens of the corpus. */
	readonly distinct: number;
	/** False where a regular expression of the user's was found nowhere; of counted parts, see {@link CountResult}. */
	readonly matched: boolean;
	/** m + 1: tokens of the corpus left after 0, 1, … m merges. */
	readonly corpusTokens: Float64Array;
	readonly steps: MergeSteps;
}

export interface TrainedFileParams extends TrainingRun {
	/** How many merges to keep. */
	readonly merges: number;
	readonly name: string;
	readonly format: 'packed' | 'tokenizer.json' | 'tiktoken' | 'vocab-merges' | 'counts';
}

export interface TrainedFile {
	/** Largest id + 1. */
	readonly vocabularySize: number;
	/** One file, or the two of vocab.json and merges.txt. */
	readonly files: readonly { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }[];
}

interface Session {
	readonly run: number;
	readonly counts: PretokenCounts;
	readonly training: Training;
	readonly replay: Replay;
	readonly explorer: Explorer;
}

/** Milliseconds of merging between two looks at the messages. */
const SLICE = 40;

export const TRAINING_ROUTES: Routes<TrainingCalls> = {
	count: 'spread',
	// One worker keeps what it has trained.
	train: 'training',
	steps: 'training',
	pairs: 'training',
	usage: 'training',
	trainedFile: 'training'
};

export function createTrainingHandlers(): Handlers<TrainingCalls> {
	const sessions = new Map<string, Session>();

	/** @throws Error when the worker holds another run, or none since it was replaced. */
	const held = ({ session, run }: TrainingRun): Session => {
		const found = sessions.get(session);
		if (found?.run === run) return found;
		throw new Error('This training is no longer held in memory: train again.');
	};

	return {
		count: (params, job) =>
			job.exclusive(async () => {
				const result = await countPart(params, job);
				const { bytes, ends, counts } = result.counts;
				return { result, transfer: [bytes, ends, counts] };
			}),

		train: ({ session, run, corpus, rules, text }, job) =>
			job.exclusive(async () => {
				const { counts, matched } =
					'text' in corpus
						? countText(corpus.text, rules)
						: { counts: mergePretokenCounts(corpus.parts), matched: true };
				const training = await train(counts, rules, job);
				const replay = createReplay(training);
				const explorer = createExplorer(counts, training);
				sessions.set(session, { run, counts, training, replay, explorer });
				const steps = replay.steps(text);
				return {
					result: {
						training,
						tokens: trainedTokens(training),
						distinct: counts.ends.length,
						matched,
						corpusTokens: corpusTokensAfter(training),
						steps
					},
					transfer: [steps.bytes, steps.mergedAt, steps.products]
				};
			}),

		steps: (params, job) =>
			job.exclusive(() => {
				const result = held(params).replay.steps(params.text, params.feed);
				const { bytes, mergedAt, products } = result;
				return { result, transfer: [bytes, mergedAt, products] };
			}),

		pairs: (params, job) =>
			job.exclusive(() => ({
				result: held(params).explorer.pairsAfter(params.merges, params.most)
			})),

		usage: (params, job) =>
			job.exclusive(() => ({ result: held(params).explorer.usageAfter(params.merges) })),

		trainedFile: (params, job) =>
			job.exclusive(() => {
				const { training, counts } = held(params);
				return { result: trainedFile(training, counts, params) };
			})
	};
}

function countText(text: Uint8Array, rules: TrainingRules) {
	const counter = createPretokenCounter(rules);
	counter.add(text);
	const counts = counter.finish();
	return { counts, matched: counter.matched };
}

/** Trains, letting messages in now and then. */
async function train(counts: PretokenCounts, rules: TrainingRules, job: Job): Promise<Training> {
	const trainer = createTrainer(counts, rules);
	for (let merges = 1; ;) {
		const start = performance.now();
		if (trainer.advance(merges)) return trainer.result();
		// The first merges take longest: their pairs stand in every other word.
		const speed = merges / Math.max(1, performance.now() - start);
		merges = Math.max(1, Math.round(speed * SLICE));
		const { target, count, merges: done } = trainer.progress;
		job.progress({ phase: 'merge', merges: done, target, count });
		await job.checkpoint();
	}
}
