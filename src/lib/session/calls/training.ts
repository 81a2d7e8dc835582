/** Calls that train a tokenizer, and calls that use a training run held by a worker: types, routes and handlers. */
import { platformSha256 } from '../../drift/sha256';
import { buildTokenizer, withExtras } from '../../engine';
import { writePacked } from '../../engine/packed';
import { encodeUtf8 } from '../../engine/text';
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
	encodingAfter,
	mergePretokenCounts,
	trainedSpec,
	trainedTokens,
	writeCountsTsv,
	type Explorer,
	type Replay
} from '../../engine/train';
import type { TokenizerFormat } from '../../tokenizers/files/write';
import { countDistinct } from '../../tokenizers/ids';
import type { Handlers, Job } from '../../workers/job';
import type { Routes, Workers } from '../../workers/pool';
import { countPart, type CountParams, type CountResult } from './counting';
import type { EncodeResult } from './tokenizing';
import type { WrittenTokenizer } from './writing';

export interface TrainingCalls {
	/** Counts the pre-tokens of a corpus or part of one. */
	count: { params: CountParams; result: CountResult };
	train: { params: TrainParams; result: TrainResult };
	/** Replays the merges on a text (UTF-8). */
	steps: { params: StepsParams; result: MergeSteps };
	/** Encodes a text with the first merges; `null` if the worker no longer has the training run. */
	encodeTrained: { params: EncodeTrainedParams; result: EncodeTrainedResult | null };
	/** Finds the most frequent pairs in the corpus after a number of merges. */
	pairs: {
		params: TrainingRun & { readonly merges: number; readonly most: number };
		result: PairsAfter;
	};
	/** Writes a tokenizer with the run's first merges to a file, to be saved or exported. */
	trainedFile: { params: TrainedFileParams; result: TrainedFile };
}

export interface TrainingWorkers extends Workers<TrainingCalls> {
	/** Number of parts of a corpus that are counted in parallel. */
	readonly counters: number;
	/** Terminates the workers that count corpora, to free their memory. */
	stopCounting(): void;
}

/** Identifies a training run. A worker keeps the newest run of each session. */
export interface TrainingRun {
	readonly session: string;
	readonly run: number;
}

export interface StepsParams extends TrainingRun {
	readonly text: Uint8Array;
	/**
	 * How training splits the text, if the text is part of the corpus. By default, the text is split as for encoding.
	 */
	readonly feed?: CountingRules['feed'];
}

export interface EncodeTrainedParams extends TrainingRun {
	/** UTF-8. */
	readonly text: Uint8Array;
	readonly merges: number;
	/** Whether to return the merge steps too, from which the encoding after any number of merges can be derived. */
	readonly withSteps: boolean;
}

export interface EncodeTrainedResult extends EncodeResult {
	/** `null` if the steps weren't requested. */
	readonly steps: MergeSteps | null;
}

export interface TrainParams extends TrainingRun {
	/** The text of a corpus (UTF-8), or the counts of its parts in order. */
	readonly corpus: { readonly text: Uint8Array } | { readonly parts: readonly PretokenCounts[] };
	readonly rules: TrainingRules;
	/** A text (UTF-8) whose merge steps are included in the result. */
	readonly text: Uint8Array;
}

export interface TrainResult {
	readonly training: Training;
	readonly tokens: TrainedTokens;
	/** Number of distinct pre-tokens in the corpus. */
	readonly distinct: number;
	/** `false` if the user's regular expression matched nothing. Always `true` if `corpus` consists of counts. */
	readonly matched: boolean;
	/** Number of tokens in the corpus after 0, 1, … m merges; m + 1 values. */
	readonly corpusTokens: Float64Array;
	readonly steps: MergeSteps;
}

export interface TrainedFileParams extends TrainingRun {
	/** Number of merges that the written tokenizer contains. */
	readonly merges: number;
	readonly name: string;
	readonly format: TokenizerFormat | 'packed' | 'counts';
}

/** A written tokenizer. The fingerprints are `null` for files that don't contain the whole tokenizer. */
export interface TrainedFile extends WrittenTokenizer {
	/** `null` if SHA-256 isn't available, or for formats other than `packed`. */
	readonly fingerprint: string | null;
	/** Largest id + 1. */
	readonly vocabularySize: number;
}

interface Session {
	readonly run: number;
	readonly counts: PretokenCounts;
	readonly training: Training;
	readonly tokens: TrainedTokens;
	readonly replay: Replay;
	readonly explorer: Explorer;
}

/** How long training runs before it pauses to handle messages, in milliseconds. */
const SLICE_MS = 40;

export const TRAINING_ROUTES: Routes<TrainingCalls> = {
	count: 'spread',
	// All calls below go to the worker that has the training run.
	train: 'training',
	steps: 'training',
	encodeTrained: 'training',
	pairs: 'training',
	trainedFile: 'training'
};

export function createTrainingHandlers(): Handlers<TrainingCalls> {
	const sessions = new Map<string, Session>();

	/** @throws Error if the worker doesn't have this run */
	const held = ({ session, run }: TrainingRun): Session => {
		const found = sessions.get(session);
		if (found?.run === run) return found;
		throw new Error('This training is no longer in memory. Train again.');
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
						? await countText(corpus.text, rules)
						: { counts: mergePretokenCounts(corpus.parts), matched: true };
				const training = await train(counts, rules, job);
				const replay = await withExtras((extras) => createReplay(training, extras));
				const explorer = createExplorer(counts, training);
				const tokens = trainedTokens(training);
				sessions.set(session, { run, counts, training, tokens, replay, explorer });
				const steps = replay.steps(text);
				return {
					result: {
						training,
						tokens,
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

		encodeTrained: ({ session, run, text, merges, withSteps }, job) =>
			job.exclusive(() => {
				const found = sessions.get(session);
				if (found?.run !== run) return { result: null };
				const steps = found.replay.steps(text);
				const encoded = encodeTrained(found, steps, merges);
				const { ids, byteStarts, byteEnds } = encoded.encoding;
				const { bytes, mergedAt, products } = steps;
				return {
					result: { ...encoded, steps: withSteps ? steps : null },
					transfer: [ids, byteStarts, byteEnds, ...(withSteps ? [bytes, mergedAt, products] : [])]
				};
			}),

		pairs: (params, job) =>
			job.exclusive(() => ({
				result: held(params).explorer.pairsAfter(params.merges, params.most)
			})),

		trainedFile: (params, job) =>
			job.exclusive(async () => {
				const { training, counts } = held(params);
				return { result: await trainedFile(training, counts, params) };
			})
	};
}

/** Encodes a text with a training run's first `merges` merges. */
export function encodeTrained(
	{ training, tokens }: { readonly training: Training; readonly tokens: TrainedTokens },
	steps: MergeSteps,
	merges: number
): EncodeResult {
	const encoding = encodingAfter(steps, merges, tokens);
	const made = training.products.subarray(0, merges);
	return {
		encoding,
		distinct: countDistinct(encoding.ids),
		vocabularySize: made.reduce((size, id) => Math.max(size, id + 1), training.alphabet.length)
	};
}

async function countText(text: Uint8Array, rules: TrainingRules) {
	const counter = await withExtras((extras) => createPretokenCounter(rules, extras));
	counter.add(text);
	const counts = counter.finish();
	return { counts, matched: counter.matched };
}

/** Trains, handling messages at intervals. */
async function train(counts: PretokenCounts, rules: TrainingRules, job: Job): Promise<Training> {
	const trainer = createTrainer(counts, rules);
	for (let merges = 1; ;) {
		const start = performance.now();
		if (trainer.advance(merges)) return trainer.result();
		// The first merges take longest, because their pairs are the most frequent.
		const speed = merges / Math.max(1, performance.now() - start);
		merges = Math.max(1, Math.round(speed * SLICE_MS));
		const { target, count, merges: done } = trainer.progress;
		job.progress({ phase: 'merge', merges: done, target, count });
		await job.checkpoint();
	}
}

/**
 * Writes a tokenizer with a training run's first merges to files.
 * @throws Error if the format can't represent the tokenizer with the same ids
 */
async function trainedFile(
	training: Training,
	counts: PretokenCounts,
	{ merges, name, format }: TrainedFileParams
): Promise<TrainedFile> {
	const spec = trainedSpec(training, merges);
	const tokenizer = await withExtras((extras) => buildTokenizer(spec, extras));
	const { vocabularySize } = tokenizer;
	const whole = { vocabularySize, fingerprint: null, losses: [] };
	if (format === 'counts') {
		const bytes = encodeUtf8([...writeCountsTsv(counts)].join(''));
		return { ...whole, files: [{ name: 'counts.tsv', bytes }] };
	}
	if (format === 'packed') {
		const { fingerprintOf } = await import('../../drift/fingerprint/fingerprint');
		return {
			...whole,
			fingerprint: await fingerprintOf({ tokenizer }, platformSha256()),
			files: [{ name: 'packed.bin', bytes: writePacked(name, spec) }]
		};
	}
	const { writeFiles } = await import('./writing');
	return { ...whole, ...(await writeFiles(spec, format)) };
}
