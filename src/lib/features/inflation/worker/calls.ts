/** Calls that measure what texts cost under one tokenizer. */
import type { TextMeasure } from '../../../languages/types';
import type { TokenizerChoice } from '../../../session/worker/tokenizing-calls';

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
