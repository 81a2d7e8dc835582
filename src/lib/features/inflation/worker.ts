/** The Inflation page in the worker: calls, routes, handlers. */
import { decodeUtf8 } from '../../engine/text';
import { Measurer, prepareText } from '../../languages/measure';
import type { LanguageText, MeasuredText, TextMeasure } from '../../languages/types';
import { downloadLanguageTexts } from '../../session/downloads/language-texts';
import type { LoadedTokenizers, TokenizerChoice } from '../../session/calls/loaded-tokenizers';
import { encodeInSteps, runSteps } from '../../session/calls/run-steps';
import type { EngineRuntime } from '../../tokenizers/runtimes/engine';
import type { Handlers, Job } from '../../workers/job';
import type { Routes } from '../../workers/pool';

export interface InflationCalls {
	/**
	 * Measures declarations by their codes. The worker downloads the texts itself, once. Ask for a batch of
	 * languages at a time: batches are answered in the order of the requests, so results stream in, and a
	 * batch that has not started is cancelled at once.
	 */
	measureDeclarations: {
		params: TokenizerChoice & { readonly codes: readonly string[] };
		result: MeasureResult;
	};
	/** Measures the user's texts as they are (UTF-8; nothing is normalized). */
	measureUserTexts: {
		params: TokenizerChoice & { readonly texts: readonly Uint8Array[] };
		result: MeasureResult;
	};
}

export interface MeasureResult {
	/** In the order of the request. */
	readonly measures: readonly TextMeasure[];
}

/** UTF-16 code units measured before the worker looks at its messages: a few milliseconds of work. */
const MAX_UNITS_PER_STEP = 1 << 17;

export const INFLATION_ROUTES: Routes<InflationCalls> = {
	measureDeclarations: 'pinned',
	measureUserTexts: 'pinned'
};

export function createInflationHandlers(tokenizers: LoadedTokenizers): Handlers<InflationCalls> {
	/** Measures `count` texts, each prepared just before; yields the share that is done. */
	function* measureInSteps(
		choice: TokenizerChoice,
		runtime: EngineRuntime,
		count: number,
		textAt: (i: number) => MeasuredText
	): Generator<number, TextMeasure[]> {
		const measurer = new Measurer(runtime);
		const measures: TextMeasure[] = [];
		let units = 0;
		for (let i = 0; i < count; i++) {
			const text = textAt(i);
			const steps = encodeInSteps(choice, runtime, text.text, {});
			let step = steps.next();
			for (; !step.done; step = steps.next()) yield (i + step.value) / count;
			measures.push(measurer.measure(text, step.value));
			units += text.text.length;
			if (units < MAX_UNITS_PER_STEP) continue;
			yield (i + 1) / count;
			units = 0;
		}
		return measures;
	}

	const measure = (job: Job, ...args: Parameters<typeof measureInSteps>) =>
		job.exclusive(async () => ({
			result: { measures: await runSteps(job, measureInSteps(...args)) }
		}));

	return {
		async measureDeclarations(params, job) {
			const { codes } = params;
			const onprogress = (progress: { received: number; total: number }) =>
				job.progress({ phase: 'texts', ...progress });
			const [runtime, texts] = await Promise.all([
				tokenizers.engine(params, job),
				downloadLanguageTexts(codes, onprogress)
			]);
			const textAt = (i: number) => texts.get(codes[i]) as LanguageText;
			return measure(job, params, runtime, codes.length, textAt);
		},

		async measureUserTexts(params, job) {
			const runtime = await tokenizers.engine(params, job);
			const { texts } = params;
			const textAt = (i: number) => prepareText(decodeUtf8(texts[i]));
			return measure(job, params, runtime, texts.length, textAt);
		}
	};
}
