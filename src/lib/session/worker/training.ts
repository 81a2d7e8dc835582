import {
	corpusTokensAfter,
	createExplorer,
	createPretokenCounter,
	createReplay,
	createTrainer,
	mergePretokenCounts,
	trainedTokens,
	type Explorer,
	type PretokenCounts,
	type Replay,
	type Training,
	type TrainingRules
} from '../../engine';
import type { TrainingCalls, TrainingRun } from './training-calls';
import type { Handlers, Job } from '../../workers/job';
import { countPart } from './counting';
import { trainedFile } from './trained-file';

interface Session {
	readonly run: number;
	readonly counts: PretokenCounts;
	readonly training: Training;
	readonly replay: Replay;
	readonly explorer: Explorer;
}

/** Milliseconds of merging between two looks at the messages. */
const SLICE = 40;

export function trainingHandlers(): Handlers<keyof TrainingCalls> {
	const sessions = new Map<string, Session>();

	/** @throws Error when the worker holds another run, or none since it was replaced. */
	const held = ({ session, run }: TrainingRun): Session => {
		const found = sessions.get(session);
		if (found?.run === run) return found;
		throw new Error('This training is no longer held in memory: train again.');
	};

	return {
		count: (params, job) =>
			job.inTurn(async () => {
				const result = await countPart(params, job);
				const { bytes, ends, counts } = result.counts;
				return { result, transfer: [bytes, ends, counts] };
			}),

		train: ({ session, run, corpus, rules, text }, job) =>
			job.inTurn(async () => {
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
					transfer: [steps.bytes, steps.deaths, steps.products]
				};
			}),

		steps: (params, job) =>
			job.inTurn(() => {
				const result = held(params).replay.steps(params.text, params.feed);
				const { bytes, deaths, products } = result;
				return { result, transfer: [bytes, deaths, products] };
			}),

		pairs: (params, job) =>
			job.inTurn(() => ({
				result: held(params).explorer.pairsAfter(params.merges, params.most)
			})),

		usage: (params, job) =>
			job.inTurn(() => ({ result: held(params).explorer.usageAfter(params.merges) })),

		trainedFile: (params, job) =>
			job.inTurn(() => {
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
		await job.breathe();
	}
}
