/** Calls that train a BPE, and that look into a training the worker has done. */
import type {
	CountingRules,
	MergeSteps,
	PairsAfter,
	PretokenCounts,
	TrainedTokens,
	Training,
	TrainingRules
} from '../../engine';

export interface TrainingCalls {
	/** The pre-tokens of a corpus, or of a part of one. */
	count: { params: CountParams; result: CountResult };
	train: { params: TrainParams; result: TrainResult };
	/** How a text (UTF-8) falls together under a training. */
	steps: { params: StepsParams; result: MergeSteps };
	/** The most frequent pairs of the corpus after some merges. */
	pairs: {
		params: TrainingRun & { readonly merges: number; readonly most: number };
		result: PairsAfter;
	};
	/** By id: how often each token stands in the corpus after some merges. */
	usage: { params: TrainingRun & { readonly merges: number }; result: Float64Array };
	/** The tokenizer of the first merges, as a file to keep or to take home. */
	trainedFile: { params: TrainedFileParams; result: TrainedFile };
}

/** A training that the worker holds: of each session the newest. */
export interface TrainingRun {
	/** Who trains: the newest run of a session replaces the one before. */
	readonly session: string;
	readonly run: number;
}

export interface StepsParams extends TrainingRun {
	readonly text: Uint8Array;
	/** `lines`: the text is a part of the corpus, cut as training cut it. Left out: as encoding does. */
	readonly feed?: CountingRules['feed'];
}

export interface CountParams {
	readonly corpus: Blob;
	/** `counts`: a table of pre-tokens with their counts, counted elsewhere. */
	readonly format: 'text' | 'counts';
	readonly rules: CountingRules;
	/** Where the part begins in its file, in bytes; for errors. */
	readonly byteStart: number;
}

export interface CountResult {
	readonly counts: PretokenCounts;
	/** Of the text; of a table of counts: of all pre-tokens together. */
	readonly bytes: number;
	/** Code points, likewise. */
	readonly chars: number;
	/** False where a regular expression of the user's was found nowhere. */
	readonly matched: boolean;
}

export interface TrainParams extends TrainingRun {
	/** A corpus as it is (UTF-8), or counted, in the order of its parts. */
	readonly corpus: { readonly text: Uint8Array } | { readonly parts: readonly PretokenCounts[] };
	readonly rules: TrainingRules;
	/** A text (UTF-8) to give the steps of in the same answer. */
	readonly text: Uint8Array;
}

export interface TrainResult {
	readonly training: Training;
	readonly tokens: TrainedTokens;
	/** Different pre-tokens of the corpus. */
	readonly distinct: number;
	/** False where a regular expression of the user's was found nowhere; of counted parts, see {@link CountResult}. */
	readonly matched: boolean;
	/** m + 1: tokens of the corpus left after 0, 1, … m merges. */
	readonly corpusTokens: Float64Array;
	readonly steps: MergeSteps;
}

export interface TrainedFileParams extends TrainingRun {
	/** How many merges to keep. */
	readonly merges: number;
	readonly name: string;
	readonly format: 'packed' | 'tokenizer.json' | 'tiktoken' | 'vocab-merges' | 'counts';
}

export interface TrainedFile {
	/** Largest id + 1. */
	readonly vocabularySize: number;
	/** One file, or the two of vocab.json and merges.txt. */
	readonly files: readonly { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }[];
}
