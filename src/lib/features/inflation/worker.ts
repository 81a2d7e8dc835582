/** The Inflation page in the worker: calls, where they run, handlers. */
import { decodeUtf8 } from '../../engine/text';
import { Measurer } from '../../languages/measure';
import { ownText } from '../../languages/own-text';
import type { TextMeasure, MeasuredText } from '../../languages/types';
import { downloadLanguageTexts } from '../../session/downloads/language-texts';
import type { LoadedTokenizers } from '../../session/worker/loaded-tokenizers';
import { chunkTarget, runSteps } from '../../session/worker/run-steps';
import type { TokenizerChoice } from '../../session/worker/tokenizing';
import { encodeInChunks } from '../../tokenizers/chunks/encode-chunks';
import type { EngineRuntime } from '../../tokenizers/runtimes/engine';
import type { Handlers, Job } from '../../workers/job';
import type { Routes } from '../../workers/pool';

export interface InflationCalls {
	/**
	 * Declarations by their codes. The worker fetches the texts itself, once. Ask for a batch of
	 * languages at a time: batches are answered in the order in which they were asked, so results
	 * stream in, and what was not begun is cancelled at once.
	 */
	measureLanguages: { params: MeasureLanguagesParams; result: MeasureResult };
	/** Texts of the user's, each as it is (UTF-8; nothing is normalized). */
	measureTexts: { params: MeasureTextsParams; result: MeasureResult };
}

export interface MeasureLanguagesParams extends TokenizerChoice {
	readonly codes: readonly string[];
}

export interface MeasureTextsParams extends TokenizerChoice {
	readonly texts: readonly Uint8Array[];
}

export interface MeasureResult {
	/** In the order of what was asked for. */
	readonly measures: readonly TextMeasure[];
}

/** UTF-16 units of texts measured between two looks at the messages: some milliseconds of work. */
const STRETCH = 1 << 17;

export const INFLATION_ROUTES: Routes<InflationCalls> = {
	measureLanguages: 'pinned',
	measureTexts: 'pinned'
};

export function createInflationHandlers(tokenizers: LoadedTokenizers): Handlers<InflationCalls> {
	const measurers = new WeakMap<EngineRuntime, Measurer>();

	const measurerOf = (lab: EngineRuntime): Measurer => {
		let measurer = measurers.get(lab);
		if (!measurer) measurers.set(lab, (measurer = new Measurer(lab.tokenizer)));
		return measurer;
	};

	/** Measures `count` texts, each made when its turn comes; yields the share that is done. */
	function* measured(
		choice: TokenizerChoice,
		lab: EngineRuntime,
		count: number,
		textAt: (i: number) => MeasuredText
	): Generator<number, TextMeasure[]> {
		const { spec } = lab.tokenizer;
		const target = chunkTarget(choice, spec);
		const measures: TextMeasure[] = [];
		let units = 0;
		for (let i = 0; i < count; i++) {
			const text = textAt(i);
			const steps = encodeInChunks(lab, spec, text.text, {}, target);
			let step = steps.next();
			for (; !step.done; step = steps.next()) yield (i + step.value) / count;
			measures.push(measurerOf(lab).measure(text, step.value));
			units += text.text.length;
			if (units < STRETCH) continue;
			yield (i + 1) / count;
			units = 0;
		}
		return measures;
	}

	const answer = (
		job: Job,
		choice: TokenizerChoice,
		lab: EngineRuntime,
		count: number,
		textAt: (i: number) => MeasuredText
	) =>
		job.exclusive(async () => ({
			result: { measures: await runSteps(job, measured(choice, lab, count, textAt)) }
		}));

	return {
		async measureLanguages(params, job) {
			const onprogress = (progress: { received: number; total: number }) =>
				job.progress({ phase: 'texts', ...progress });
			const [lab, texts] = await Promise.all([
				tokenizers.lab(params, job),
				downloadLanguageTexts(params.codes, onprogress)
			]);
			const list = params.codes.map((code) => {
				const text = texts.get(code);
				if (!text) throw new Error(`There is no declaration of the code "${code}".`);
				return text;
			});
			return answer(job, params, lab, list.length, (i) => list[i]);
		},

		async measureTexts(params, job) {
			const lab = await tokenizers.lab(params, job);
			const { texts } = params;
			return answer(job, params, lab, texts.length, (i) => ownText(decodeUtf8(texts[i])));
		}
	};
}
