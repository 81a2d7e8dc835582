/** Worker side of the Inflation page: calls, routes and handlers. */
import { Measurer } from '../../languages/measure';
import type { LanguageText, TextMeasure } from '../../languages/types';
import { downloadLanguageTexts } from '../../session/downloads/language-texts';
import {
	encodeInSteps,
	runSteps,
	type LoadedTokenizers,
	type TokenizerChoice
} from '../../session/calls/tokenizing';
import type { EngineRuntime } from '../../tokenizers/runtimes/engine';
import type { Handlers } from '../../workers/job';
import type { Routes } from '../../workers/pool';

export interface InflationCalls {
	/**
	 * Measures the declarations with the given codes, in that order. The worker downloads the texts itself, and only
	 * once. Request one batch of languages at a time: batches are answered in order, so results stream in, and a batch
	 * that hasn't started can be cancelled immediately.
	 */
	measureDeclarations: {
		params: TokenizerChoice & { readonly codes: readonly string[] };
		result: readonly TextMeasure[];
	};
}

/** Number of UTF-16 code units to measure before the worker checks for new messages. */
const MAX_UNITS_PER_STEP = 1 << 17;

export const INFLATION_ROUTES: Routes<InflationCalls> = {
	measureDeclarations: 'pinned'
};

export function createInflationHandlers(tokenizers: LoadedTokenizers): Handlers<InflationCalls> {
	function* measureInSteps(
		choice: TokenizerChoice,
		runtime: EngineRuntime,
		texts: readonly LanguageText[]
	): Generator<number, TextMeasure[]> {
		const measurer = new Measurer(runtime);
		const measures: TextMeasure[] = [];
		let units = 0;
		for (const [i, text] of texts.entries()) {
			const steps = encodeInSteps(choice, runtime, text.text, {});
			let step = steps.next();
			for (; !step.done; step = steps.next()) yield (i + step.value) / texts.length;
			measures.push(measurer.measure(text, step.value));
			units += text.text.length;
			if (units < MAX_UNITS_PER_STEP) continue;
			yield (i + 1) / texts.length;
			units = 0;
		}
		return measures;
	}

	return {
		async measureDeclarations(params, job) {
			const { codes } = params;
			const onprogress = (progress: { received: number; total: number }) =>
				job.progress({ phase: 'texts', ...progress });
			const [runtime, texts] = await Promise.all([
				tokenizers.engine(params, job),
				downloadLanguageTexts(codes, onprogress)
			]);
			const all = codes.map((code) => texts.get(code) as LanguageText);
			return job.exclusive(async () => ({
				result: await runSteps(job, measureInSteps(params, runtime, all))
			}));
		}
	};
}
