import { compareVocabularies } from '../../../drift/vocabulary';
import { outlineOf } from '../../../drift/outline';
import { DriftJudge } from '../../../drift';
import { compareSelfEncoding } from '../../../drift/self-encode';
import { documentSteps, textFindings } from '../../../drift/text/documents';
import { sideBySide } from '../../../drift/text/side-by-side';
import { decodeUtf8 } from '../../../engine/text/utf8';
import { encodeInChunks } from '../../../tokenizers/chunks/encode-chunks';
import type { Lab } from '../../../tokenizers/runtimes/lab';
import type { DriftCalls, DriftPair } from './calls';
import type { TokenizerChoice } from '../../../session/worker/tokenizing-calls';
import type { Handlers, Job } from '../../../workers/job';
import type { LoadedTokenizers } from '../../../session/worker/loaded-tokenizers';
import { chunkTarget, runSteps } from '../../../session/worker/run-steps';

interface Pair {
	readonly a: Lab;
	readonly b: Lab;
	/** How they were asked for. */
	readonly choices: DriftPair;
}

interface Judged extends Pair {
	readonly rows: number | null;
	readonly judge: DriftJudge;
	readonly steps: Generator<number, void>;
	/** Of the inputs, tried so far. */
	share: number;
}

/** Work on inputs per call: short enough that a first difference shows soon, and that other calls are answered. */
const PROBES_MS = 250;

export function driftHandlers(tokenizers: LoadedTokenizers): Handlers<keyof DriftCalls> {
	/** Of the pair that was asked about last: trying more inputs and encoding its tokens go on from it. */
	let last: Judged | null = null;

	async function load(choices: DriftPair, job: Job): Promise<Pair> {
		const a = await tokenizers.lab(choices.a, job);
		return { a, b: await tokenizers.lab(choices.b, job), choices };
	}

	async function judge(pair: Pair, rows: number | null): Promise<Judged> {
		if (last?.a === pair.a && last.b === pair.b && last.rows === rows) return last;
		const sides = [{ tokenizer: pair.a.tokenizer }, { tokenizer: pair.b.tokenizer }] as const;
		const started = await DriftJudge.start(...sides, { rows });
		last = { ...pair, rows, judge: started, steps: started.probe(), share: 0 };
		return last;
	}

	return {
		async drift(params, job) {
			const pair = await load(params, job);
			return job.inTurn(async () => {
				const { judge: judged } = await judge(pair, params.rows);
				const { findings, tokensA, tokensB } = judged;
				// Copied, not handed over: the tables of the tokenizers are among them.
				return { result: { findings, tokensA, tokensB } };
			});
		},

		async driftProbes(params, job) {
			const pair = await load(params, job);
			return job.inTurn(async () => {
				const judged = await judge(pair, params.rows);
				const end = Date.now() + PROBES_MS;
				while (judged.share < 1 && Date.now() < end) {
					const step = judged.steps.next();
					judged.share = step.done ? 1 : Math.min(step.value, 0.99);
					await job.breathe();
				}
				const { output, config } = judged.judge.findings;
				return { result: { output, config, share: judged.share } };
			});
		},

		async selfEncode(params, job) {
			const pair = await load(params, job);
			return job.inTurn(async () => {
				const isLast = last?.a === pair.a && last.b === pair.b;
				const vocabulary =
					isLast && last
						? last.judge.findings.vocabulary
						: compareVocabularies(pair.a.tokenizer.spec, pair.b.tokenizer.spec).findings;
				const steps = compareSelfEncoding(pair.a.tokenizer, pair.b.tokenizer, vocabulary);
				return { result: await runSteps(job, steps) };
			});
		},

		async driftText(params, job) {
			const pair = await load(params, job);
			return job.inTurn(async () => {
				const { documents, special } = params;
				const total = documents.reduce((sum, { text }) => sum + text.length, 0);
				const found = [];
				let done = 0;
				for (const { name, text: utf8 } of documents) {
					const text = decodeUtf8(utf8);
					const part = utf8.length / Math.max(1, total);
					const before = done;
					const [encodedA, encodedB] = await encodeBoth(
						pair,
						text,
						special,
						job,
						(share) => before + share * part
					);
					const steps = documentSteps(
						{ name, text, bytes: utf8.length, a: encodedA, b: encodedB },
						{ a: pair.a.tokenizer, b: pair.b.tokenizer },
						special
					);
					found.push(await breathing(job, steps));
					done += part;
					await job.breathe();
				}
				return { result: textFindings(found) };
			});
		},

		async driftSides(params, job) {
			const pair = await load(params, job);
			return job.inTurn(async () => {
				const { special } = params;
				const text = decodeUtf8(params.text);
				const [a, b] = await encodeBoth(pair, text, special, job);
				const encoded = { text, bytes: params.text.length, a, b };
				const sides = { a: pair.a.tokenizer, b: pair.b.tokenizer };
				const result = await breathing(job, sideBySide(encoded, sides, special));
				const { places, looksA, looksB } = result;
				const arrays = [a, b].flatMap(({ ids, byteStarts, byteEnds }) => [
					ids,
					byteStarts,
					byteEnds
				]);
				return { result, transfer: [...arrays, places, looksA, looksB] };
			});
		},

		async outline(params, job) {
			const lab = await tokenizers.lab(params, job);
			return { result: outlineOf(lab.tokenizer.spec) };
		}
	};
}

/** Takes work to its end; between its steps others are let in. */
async function breathing<T>(job: Job, steps: Generator<void, T>): Promise<T> {
	let step = steps.next();
	for (; !step.done; step = steps.next()) await job.breathe();
	return step.value;
}

/** A text under both, in steps. */
async function encodeBoth(
	{ a, b, choices }: Pair,
	text: string,
	special: 'text' | 'parse',
	job: Job,
	told: (share: number) => number = (share) => share
) {
	const steps = (lab: Lab, choice: TokenizerChoice) => {
		const { spec } = lab.tokenizer;
		return encodeInChunks(lab, spec, text, { special }, chunkTarget(choice, spec));
	};
	const first = await runSteps(job, steps(a, choices.a), (share) => told(share / 2));
	if (a === b) return [first, first] as const;
	return [
		first,
		await runSteps(job, steps(b, choices.b), (share) => told((1 + share) / 2))
	] as const;
}
