/** The Drift pages in the worker: calls, where they run, handlers. A trained the model, B serves it. */
import {
	compareSelfEncoding,
	compareVocabularies,
	documentSteps,
	DriftJudge,
	outlineOf,
	sideBySide,
	textFindings,
	type QuickFindings,
	type SelfEncodeFindings,
	type SideBySide,
	type TextFindings,
	type TokenizerOutline
} from '../../drift';
import { evaluateCase, type CaseProgram } from '../../drift/cases/evaluate';
import { bytesOrNone, createSideProgram } from '../../drift/cases/program';
import type { CaseOutcome, CaseQuestion, CaseSide } from '../../drift/cases/types';
import { measureDamage } from '../../drift/damage/measure';
import type { Damage, DamageDocument } from '../../drift/damage/types';
import { type Vocabulary, NoTokenError } from '../../engine';
import { decodeUtf8 } from '../../engine/text';
import type { LoadedTokenizers } from '../../session/worker/loaded-tokenizers';
import { chunkTarget, runSteps } from '../../session/worker/run-steps';
import type { TokenizerChoice } from '../../session/worker/tokenizing';
import { encodeInChunks } from '../../tokenizers/chunks/encode-chunks';
import type { EngineRuntime } from '../../tokenizers/runtimes/engine';
import {
	LibraryError,
	startRawLibrary,
	type RawLibrary
} from '../../tokenizers/runtimes/raw-library';
import type { Handlers, Job } from '../../workers/job';
import type { Routes } from '../../workers/pool';

export interface DriftCalls {
	/** All that is known without a corpus, and what the first inputs show. */
	drift: { params: DriftParams; result: DriftResult };
	/** What more inputs show: a part of a second's work per call, until nothing is left to try. */
	driftProbes: { params: DriftParams; result: DriftProbes };
	/** Which tokens are no longer what their own text encodes to. */
	selfEncode: { params: DriftPair; result: SelfEncodeFindings };
	/** Documents under both. */
	driftText: { params: DriftTextParams; result: TextFindings };
	/** One text under both, to be drawn side by side. */
	driftSides: { params: DriftSidesParams; result: SideBySide };
	/** What of a tokenizer can be changed. */
	outline: { params: TokenizerChoice; result: TokenizerOutline };
	/** Trains a small language model on A's ids and serves it held-out text through both. */
	damage: { params: DamageParams; result: Damage };
	/** Whether a case of the gallery is there, computed now. */
	driftCase: { params: CaseQuestion; result: CaseOutcome };
}

/** One worker holds both tokenizers of a pair; the cases run beside the libraries that they ask. */
export const DRIFT_ROUTES: Routes<DriftCalls> = {
	drift: 'drift',
	driftProbes: 'drift',
	selfEncode: 'drift',
	driftText: 'drift',
	driftSides: 'drift',
	outline: 'drift',
	damage: 'drift',
	driftCase: 'libraries'
};

/** A: what the model was trained with. B: what serves it. */
export interface DriftPair {
	readonly a: TokenizerChoice;
	readonly b: TokenizerChoice;
}

export interface DriftParams extends DriftPair {
	/** Rows of the model's embedding; null for A's largest id + 1. */
	readonly rows: number | null;
}

export interface DriftResult {
	readonly findings: QuickFindings;
	/**
	 * By id what each token stands for (`▁` as a space), added tokens by their content: for lists and
	 * searches. Empty for ids without a token.
	 */
	readonly tokensA: Vocabulary;
	readonly tokensB: Vocabulary;
}

export interface DriftProbes extends Pick<QuickFindings, 'output' | 'config'> {
	/** Share of the inputs that were tried; 1 when all were. */
	readonly share: number;
}

export interface DriftTextParams extends DriftPair {
	readonly documents: readonly { readonly name: string; readonly text: Uint8Array }[];
	readonly special: 'text' | 'parse';
}

export interface DriftSidesParams extends DriftPair {
	/** UTF-8. */
	readonly text: Uint8Array;
	readonly special: 'text' | 'parse';
}

export interface DamageParams {
	readonly a: TokenizerChoice;
	readonly b: TokenizerChoice;
	/** Rows of the model's embedding; null for A's largest id + 1. */
	readonly rows: number | null;
	/** Every fifth is held out; a single one is cut into parts at line ends first. */
	readonly documents: readonly DamageDocument[];
}

interface Pair {
	readonly a: EngineRuntime;
	readonly b: EngineRuntime;
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

/** @param start as {@link startRawLibrary} */
export const createDriftHandlers = (
	tokenizers: LoadedTokenizers,
	start: typeof startRawLibrary = startRawLibrary
): Handlers<DriftCalls> => ({
	...driftHandlers(tokenizers),
	...damageHandlers(tokenizers),
	...caseHandlers(tokenizers, start)
});

function driftHandlers(
	tokenizers: LoadedTokenizers
): Omit<Handlers<DriftCalls>, 'damage' | 'driftCase'> {
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
			return job.exclusive(async () => {
				const { judge: judged } = await judge(pair, params.rows);
				const { findings, tokensA, tokensB } = judged;
				// Copied, not handed over: the tables of the tokenizers are among them.
				return { result: { findings, tokensA, tokensB } };
			});
		},

		async driftProbes(params, job) {
			const pair = await load(params, job);
			return job.exclusive(async () => {
				const judged = await judge(pair, params.rows);
				const end = Date.now() + PROBES_MS;
				while (judged.share < 1 && Date.now() < end) {
					const step = judged.steps.next();
					judged.share = step.done ? 1 : Math.min(step.value, 0.99);
					await job.checkpoint();
				}
				const { output, config } = judged.judge.findings;
				return { result: { output, config, share: judged.share } };
			});
		},

		async selfEncode(params, job) {
			const pair = await load(params, job);
			return job.exclusive(async () => {
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
			return job.exclusive(async () => {
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
					found.push(await withCheckpoints(job, steps));
					done += part;
					await job.checkpoint();
				}
				return { result: textFindings(found) };
			});
		},

		async driftSides(params, job) {
			const pair = await load(params, job);
			return job.exclusive(async () => {
				const { special } = params;
				const text = decodeUtf8(params.text);
				const [a, b] = await encodeBoth(pair, text, special, job);
				const encoded = { text, bytes: params.text.length, a, b };
				const sides = { a: pair.a.tokenizer, b: pair.b.tokenizer };
				const result = await withCheckpoints(job, sideBySide(encoded, sides, special));
				const { differences, looksA, looksB } = result;
				const arrays = [a, b].flatMap(({ ids, byteStarts, byteEnds }) => [
					ids,
					byteStarts,
					byteEnds
				]);
				return { result, transfer: [...arrays, differences, looksA, looksB] };
			});
		},

		async outline(params, job) {
			const lab = await tokenizers.lab(params, job);
			return { result: outlineOf(lab.tokenizer.spec) };
		}
	};
}

/** Takes work to its end; between its steps others are let in. */
async function withCheckpoints<T>(job: Job, steps: Generator<void, T>): Promise<T> {
	let step = steps.next();
	for (; !step.done; step = steps.next()) await job.checkpoint();
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
	const steps = (lab: EngineRuntime, choice: TokenizerChoice) => {
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

function damageHandlers(tokenizers: LoadedTokenizers): Pick<Handlers<DriftCalls>, 'damage'> {
	return {
		async damage(params, job) {
			const a = await tokenizers.lab(params.a, job);
			const b = await tokenizers.lab(params.b, job);
			return job.exclusive(async () => {
				const rows = params.rows ?? a.tokenizer.vocabularySize;
				const steps = measureDamage({ a, b, rows, documents: params.documents });
				for (let step = steps.next(); ; step = steps.next()) {
					if (step.done) return { result: step.value };
					job.progress({ phase: 'measure', ...step.value });
					await job.checkpoint();
				}
			});
		}
	};
}

/** An error that a case may be about: a library's own, or an id without a token. Any other is a fault. */
const isCaseError = (error: unknown): error is Error =>
	error instanceof LibraryError || error instanceof NoTokenError;

function caseHandlers(
	tokenizers: LoadedTokenizers,
	start: typeof startRawLibrary
): Pick<Handlers<DriftCalls>, 'driftCase'> {
	/** Libraries take much memory: only the one that was asked last is kept. */
	let last: { readonly key: string; readonly library: Promise<RawLibrary> } | null = null;

	/** To be called in turn: starting a library takes seconds of the thread. */
	async function program(
		side: CaseSide,
		lab: EngineRuntime,
		job: Job
	): Promise<CaseProgram | Error> {
		if (!side.library) return createSideProgram(side, lab.tokenizer);
		const key = JSON.stringify(side);
		if (last?.key !== key) {
			job.progress({ phase: 'prepare' });
			const started = { key, library: start(side.library, lab.tokenizer.spec) };
			started.library.catch(() => {
				if (last === started) last = null;
			});
			last = started;
		}
		try {
			return { ...(await last.library), tokenBytes: (id) => bytesOrNone(lab, id) };
		} catch (error) {
			if (!isCaseError(error)) throw error;
			return error;
		}
	}

	return {
		async driftCase(question, job) {
			const labA = await tokenizers.lab(question.a, job);
			const labB = await tokenizers.lab(question.b, job);
			return job.exclusive(async () => {
				const a = await program(question.a, labA, job);
				const b = await program(question.b, labB, job);
				await job.checkpoint();
				return { result: evaluateCase(question, { a, b, isCaseError }) };
			});
		}
	};
}
