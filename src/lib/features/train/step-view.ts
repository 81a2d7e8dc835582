import type { Encoding } from '../../engine';
import {
	type MergeSteps,
	type TrainedTokens,
	boundariesGoneAt,
	encodingAfter,
	NEVER
} from '../../engine/train';

/** A window of a text as tokens after a number of merges. */
export interface StepWindow {
	readonly document: Uint8Array;
	/** Bytes that are drawn. */
	readonly window: { readonly start: number; readonly end: number };
	/** Tokens that overlap the window. */
	readonly encoding: Encoding;
	/** Byte offsets where the latest merge joined two tokens, ascending. */
	readonly joints: Uint32Array;
}

/** @param step number of merges */
export function stepWindow(
	steps: MergeSteps,
	tokens: TrainedTokens,
	step: number,
	byteFrom: number,
	byteTo: number
): StepWindow {
	return {
		document: steps.bytes,
		window: { start: byteFrom, end: byteTo },
		encoding: encodingAfter(steps, step, tokens, byteFrom, byteTo),
		joints: boundariesGoneAt(steps, step, byteFrom, byteTo)
	};
}

/** Byte offsets in [byteFrom, byteTo) where a token begins at every step, ascending. */
export function anchorsOf({ mergedAt }: MergeSteps, byteFrom: number, byteTo: number): Uint32Array {
	const anchors: number[] = [];
	for (let at = byteFrom; at < byteTo; at++) {
		if (at === 0 || mergedAt[at] === NEVER) anchors.push(at);
	}
	return Uint32Array.from(anchors);
}
