/** What the atlas is given, and what it says of a tokenizer. */
import type { Progress } from '../../workers/protocol';
import type { Measures } from './rows';
import type { InflationCalls } from './worker';
import type { Workers } from '../../workers/pool';

/** What the state needs of the workers; a test passes a plain object. */
export type AtlasWorkers = Pick<Workers<InflationCalls>, 'measureLanguages'>;

/** How far one tokenizer is. */
export interface ColumnState {
	/** Of the vocabulary or the texts on their way; null when nothing is waited for. */
	readonly progress: Progress | null;
	/** Why it was not measured; null when nothing went wrong. */
	readonly error: string | null;
	/** Languages that are still to be measured. */
	readonly left: number;
}

/** Where measures of earlier visits are; a test passes a plain object. */
export interface EarlierMeasures {
	readonly read: (tokenizer: string) => Promise<Measures>;
	readonly write: (tokenizer: string, measures: Measures) => Promise<void>;
}

export interface AtlasOptions {
	/** Null: measures are kept for the visit only. */
	readonly earlier?: EarlierMeasures | null;
	/** Tokenizers that are measured at the same time at most. */
	readonly atOnce?: number;
	/** Milliseconds of a clock that only goes forwards. */
	readonly now?: () => number;
}

/** What is going on with one tokenizer. */
export interface Work {
	/** Which languages were measured in this browser; other measures came with the page. */
	readonly live: Set<string>;
	/** Those of them that are from an earlier visit. */
	readonly earlier: Set<string>;
	/** Whether earlier visits have been asked. */
	recalled: boolean;
	/** What is being measured, as it was asked for. */
	asked: readonly string[];
	/** Ends what is going on; null when nothing is. */
	abort: AbortController | null;
}
