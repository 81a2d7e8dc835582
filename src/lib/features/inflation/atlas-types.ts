/** Types of the atlas: its workers and options, and its state per tokenizer. */
import type { Progress } from '../../workers/protocol';
import type { Measures } from './rows';
import type { InflationCalls } from './worker';
import type { Workers } from '../../workers/pool';

/** The worker calls that the state needs; a test passes a plain object. */
export type AtlasWorkers = Pick<Workers<InflationCalls>, 'measureLanguages'>;

/** Progress of one tokenizer. */
export interface ColumnState {
	/** Of downloading the vocabulary or the texts; `null` if neither is being downloaded. */
	readonly progress: Progress | null;
	/** Why it was not measured; `null` if nothing went wrong. */
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
	/** `null`: measures last for the visit only. */
	readonly earlier?: EarlierMeasures | null;
	/** The most tokenizers that are measured at the same time. */
	readonly atOnce?: number;
	/** Milliseconds of a monotonic clock. */
	readonly now?: () => number;
}

/** Work on one tokenizer. */
export interface Work {
	/** Which languages were measured in this browser; other measures came with the page. */
	readonly live: Set<string>;
	/** Those of them that are from an earlier visit. */
	readonly earlier: Set<string>;
	/** Whether earlier visits have been asked. */
	recalled: boolean;
	/** Languages of the running request, as they were asked for. */
	asked: readonly string[];
	/** Stops the running requests; `null` if there are none. No WorkerQuery: answers come in batches, and all are kept. */
	abort: AbortController | null;
}
