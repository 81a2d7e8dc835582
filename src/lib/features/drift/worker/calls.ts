/** Calls that compare two tokenizers. The first gives a verdict; the others add to it. */
import type { QuickFindings, SelfEncodeFindings, TextFindings } from '../../../drift';
import type { TokenizerOutline } from '../../../drift/outline';
import type { SideBySide } from '../../../drift/text/side-by-side';
import type { Vocabulary } from '../../../engine';
import type { TokenizerChoice } from '../../../session/worker/tokenizing-calls';

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
}

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
