/**
 * Worker side of the Drift pages: calls, routes and handlers. A is the tokenizer the model was trained with; B is the
 * one it is served with.
 */
import {
	judgeInSteps,
	sideBySide,
	type JudgeStep,
	type DriftFindings,
	type QuickFindings,
	type SideBySide,
	type TextReading
} from '../../drift';
import { bytesOrNone, evaluateCase, programOf, type CaseProgram } from '../../drift/cases/evaluate';
import type { CaseOutcome, CaseQuestion, CaseSide } from '../../drift/cases/types';
import { measureDamage } from '../../drift/damage/measure';
import type { Damage, DamageDocument } from '../../drift/damage/types';
import { NoTokenError, type Encoding, type Vocabulary } from '../../engine';
import { decodeUtf8 } from '../../engine/text';
import {
	encodeInSteps,
	runSteps,
	type LoadedTokenizers,
	type TokenizerChoice
} from '../../session/calls/tokenizing';
import { defaultEmbeddingRows } from '../../tokenizers/embedding-rows';
import type { EngineRuntime } from '../../tokenizers/runtimes/engine';
import {
	LibraryError,
	startRawLibrary,
	type RawLibrary
} from '../../tokenizers/runtimes/raw-library';
import type { Handlers, Job } from '../../workers/job';
import type { Routes } from '../../workers/pool';
import {
	compareOrdinaryTexts,
	NO_ORDINARY_TEXT,
	type OrdinaryFindings
} from './diff/ordinary-text';

export interface DriftCalls {
	/** Performs every comparison that doesn't need a corpus, then tries the first inputs. */
	drift: { params: DriftParams; result: DriftResult };
	/** Tries more inputs for {@link PROBES_MS} per call and, once all have been tried, encodes every token. */
	driftProbes: { params: DriftParams; result: DriftProbes };
	driftText: { params: DriftTextParams; result: SideBySide };
	/** Trains a small language model on A's ids and measures it on held-out text encoded with A and with B. */
	damage: { params: DamageParams; result: Damage };
	driftCase: { params: CaseQuestion; result: CaseOutcome };
}

/** Both tokenizers of a pair run in the same worker. Cases run in the worker that loads the libraries. */
export const DRIFT_ROUTES: Routes<DriftCalls> = {
	drift: 'drift',
	driftProbes: 'drift',
	driftText: 'drift',
	damage: 'drift',
	driftCase: 'libraries'
};

export interface DriftPair {
	readonly a: TokenizerChoice;
	readonly b: TokenizerChoice;
}

export interface DriftParams extends DriftPair {
	/** Rows in the model's embedding; `null` for the default (see `EmbeddingFindings`). */
	readonly rows: number | null;
}

export interface DriftResult {
	readonly findings: QuickFindings;
	readonly ordinary: OrdinaryFindings;
	/**
	 * Text of each token by id, for lists and searches: `▁` becomes a space, an added token is its content, and an id
	 * without a token has empty text.
	 */
	readonly tokensA: Vocabulary;
	readonly tokensB: Vocabulary;
}

/** Findings so far; `selfEncode` is `null` until all inputs and tokens have been tried. */
export interface DriftProbes extends Pick<DriftFindings, 'output' | 'config' | 'selfEncode'> {
	/** Fraction of the inputs and tokens tried so far, from 0 to 1. */
	readonly share: number;
}

/** Name of the compared text in reports. */
export const TEXT_NAME = 'the text';

export interface DriftTextParams extends DriftPair, TextReading {
	/** UTF-8 bytes. */
	readonly text: Uint8Array;
}

export interface DamageParams extends DriftParams {
	/** Every fifth document is held out. If there is only one document, it is first split at line ends. */
	readonly documents: readonly DamageDocument[];
}

interface Pair {
	readonly a: EngineRuntime;
	readonly b: EngineRuntime;
	readonly choices: DriftPair;
}

interface Judged extends Pair {
	readonly rows: number | null;
	/** First step of the comparison. The step's `report` method returns the findings so far. */
	readonly first: JudgeStep;
	readonly steps: ReturnType<typeof judgeInSteps>;
	share: number;
}

/** Time per call for trying inputs, short enough to show the first difference soon and to answer other calls. */
const PROBES_MS = 250;

export const createDriftHandlers = (
	tokenizers: LoadedTokenizers,
	start: typeof startRawLibrary = startRawLibrary
): Handlers<DriftCalls> => ({
	...pairHandlers(tokenizers),
	driftCase: caseHandler(tokenizers, start)
});

function pairHandlers(tokenizers: LoadedTokenizers): Omit<Handlers<DriftCalls>, 'driftCase'> {
	/** The most recently requested comparison, which calls to `driftProbes` continue. */
	let last: Judged | null = null;

	async function load(choices: DriftPair, job: Job): Promise<Pair> {
		const a = await tokenizers.engine(choices.a, job);
		return { a, b: await tokenizers.engine(choices.b, job), choices };
	}

	async function judge(pair: Pair, rows: number | null, job: Job): Promise<Judged> {
		if (last?.a === pair.a && last.b === pair.b && last.rows === rows) return last;
		const source = ({ tokenizer }: EngineRuntime, choice: TokenizerChoice) => ({
			spec: tokenizer.spec,
			tokenizer,
			file: tokenizers.fileOf(choice)
		});
		const { a, b, choices } = pair;
		const onstep = () => job.progress({ phase: 'prepare' });
		const steps = judgeInSteps(source(a, choices.a), source(b, choices.b), { rows, onstep });
		const first = await steps.next();
		if (first.done) throw new Error('expected a first step of the comparison');
		last = { ...pair, rows, first: first.value, steps, share: 0 };
		return last;
	}

	return {
		async drift(params, job) {
			const pair = await load(params, job);
			return job.exclusive(async () => {
				const { report, tokensA, tokensB } = (await judge(pair, params.rows, job)).first;
				const findings = report();
				// Round trips are skipped if a pattern would backtrack endlessly on texts of this length.
				const isBounded = findings.roundTrip.tried === 0;
				const sides = { a: pair.a.tokenizer, b: pair.b.tokenizer };
				const ordinary = isBounded ? NO_ORDINARY_TEXT : compareOrdinaryTexts(sides);
				// The findings are copied, not transferred, because they include tables that the tokenizers still use.
				return { result: { findings, ordinary, tokensA, tokensB } };
			});
		},

		async driftProbes(params, job) {
			const pair = await load(params, job);
			return job.exclusive(async () => {
				const judged = await judge(pair, params.rows, job);
				const end = Date.now() + PROBES_MS;
				while (judged.share < 1 && Date.now() < end) {
					const { value, done } = await judged.steps.next();
					const before = !done && value.part === 'encoding every token' ? 0.5 : 0;
					judged.share = done ? 1 : before + value.share / 2;
					await job.checkpoint();
				}
				const { output, config, selfEncode } = judged.first.report();
				return { result: { output, config, selfEncode, share: judged.share } };
			});
		},

		async driftText(params, job) {
			const pair = await load(params, job);
			return job.exclusive(async () => {
				const text = decodeUtf8(params.text);
				const encodings = await encodeBoth(pair, { text, special: params.special }, job);
				const encoded = { name: TEXT_NAME, text, bytes: params.text.length, ...encodings };
				const sides = { a: pair.a.tokenizer, b: pair.b.tokenizer };
				const result = await withCheckpoints(job, sideBySide(encoded, sides, params));
				const { differences, differsA, differsB } = result;
				const arrays = [result.a, result.b].flatMap(({ ids, byteStarts, byteEnds }) => [
					ids,
					byteStarts,
					byteEnds
				]);
				return { result, transfer: [...arrays, differences, differsA, differsB] };
			});
		},

		async damage(params, job) {
			const { a, b } = await load(params, job);
			return job.exclusive(async () => {
				const { spec, vocabularySize } = a.tokenizer;
				const rows = params.rows ?? defaultEmbeddingRows(spec, vocabularySize);
				const steps = measureDamage({ a, b, rows, documents: params.documents });
				const result = await withCheckpoints(job, steps, (progress) =>
					job.progress({ phase: 'measure', ...progress })
				);
				return { result };
			});
		}
	};
}

/** Runs all steps, answering other requests between them. */
async function withCheckpoints<S, T>(
	job: Job,
	steps: Generator<S, T>,
	onstep?: (step: S) => void
): Promise<T> {
	for (let step = steps.next(); ; step = steps.next()) {
		if (step.done) return step.value;
		onstep?.(step.value);
		await job.checkpoint();
	}
}

async function encodeBoth(
	{ a, b, choices }: Pair,
	{ text, special }: Pick<TextReading, 'special'> & { readonly text: string },
	job: Job
): Promise<{ readonly a: Encoding; readonly b: Encoding }> {
	const encode = (engine: EngineRuntime, choice: TokenizerChoice, before: number) => {
		const steps = encodeInSteps(choice, engine, text, { special, wholeSpans: true });
		return runSteps(job, steps, (share) => before + share / 2);
	};
	const first = await encode(a, choices.a, 0);
	return { a: first, b: a === b ? first : await encode(b, choices.b, 0.5) };
}

/**
 * Whether an error may be the subject of a case: a library's own error, or an id without a token. Any other error is a
 * bug in the lab.
 */
const isCaseError = (error: unknown): error is Error =>
	error instanceof LibraryError || error instanceof NoTokenError;

function caseHandler(
	tokenizers: LoadedTokenizers,
	start: typeof startRawLibrary
): Handlers<DriftCalls>['driftCase'] {
	/** Only the latest library is kept, because libraries take a lot of memory. */
	let last: { readonly key: string; readonly library: Promise<RawLibrary> } | null = null;

	/** Call this inside `job.exclusive`, because starting a library blocks the worker's thread for seconds. */
	async function createProgram(
		side: CaseSide,
		engine: EngineRuntime,
		job: Job
	): Promise<CaseProgram | Error> {
		if (!side.library) return programOf(engine.tokenizer);
		const key = JSON.stringify(side);
		if (last?.key !== key) {
			const onstep = () => job.progress({ phase: 'prepare' });
			onstep();
			const started = { key, library: start(side.library, engine.tokenizer.spec, onstep) };
			started.library.catch(() => {
				if (last === started) last = null;
			});
			last = started;
		}
		try {
			return { ...(await last.library), tokenBytes: (id) => bytesOrNone(engine, id) };
		} catch (error) {
			if (!isCaseError(error)) throw error;
			return error;
		}
	}

	return async (question, job) => {
		const labA = await tokenizers.engine(question.a, job);
		const labB = await tokenizers.engine(question.b, job);
		return job.exclusive(async () => {
			const a = await createProgram(question.a, labA, job);
			const b = await createProgram(question.b, labB, job);
			await job.checkpoint();
			return { result: evaluateCase(question, { a, b, isCaseError }) };
		});
	};
}
