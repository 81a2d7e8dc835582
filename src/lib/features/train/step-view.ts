import type { Encoding } from '../../engine';
import {
	type MergeSteps,
	type TrainedTokens,
	type Training,
	boundariesGoneAt,
	encodingAfter,
	NEVER
} from '../../engine/train';
import { describeTrained, type DescribeToken } from '../../session/calls/token-details';

/** A window of a text as tokens after some merges. */
export interface StepWindow {
	readonly document: Uint8Array;
	/** Bytes in view. */
	readonly window: { readonly start: number; readonly end: number };
	/** The tokens that share a byte with the window. */
	readonly encoding: Encoding;
	/** Boundaries that the latest merge removed, ascending. */
	readonly boundaries: Uint32Array;
	/** Bytes in view at which a token begins at every step, ascending. */
	readonly anchors: Uint32Array;
	/** Whether that merge is still to come. */
	readonly isBefore: boolean;
}

/** @param step merges done, the latest included @param isBefore whether to show the pairs of the latest, not merged yet */
export function stepWindow(
	steps: MergeSteps,
	tokens: TrainedTokens,
	step: number,
	byteFrom: number,
	byteTo: number,
	isBefore = false
): StepWindow {
	return {
		document: steps.bytes,
		window: { start: byteFrom, end: byteTo },
		encoding: encodingAfter(steps, isBefore ? step - 1 : step, tokens, byteFrom, byteTo),
		boundaries: boundariesGoneAt(steps, step, byteFrom, byteTo),
		anchors: anchorsOf(steps, byteFrom, byteTo),
		isBefore
	};
}

/** Describes tokens of a training to a view that draws them. */
export function describerOf({
	tokens,
	training
}: {
	readonly tokens: TrainedTokens;
	readonly training: Training;
}): DescribeToken {
	const list = { ...tokens, merges: training.merges };
	return (id) => describeTrained(list, id);
}

function anchorsOf({ mergedAt }: MergeSteps, byteFrom: number, byteTo: number): Uint32Array {
	const anchors: number[] = [];
	for (let at = byteFrom; at < byteTo; at++) {
		if (at === 0 || mergedAt[at] === NEVER) anchors.push(at);
	}
	return Uint32Array.from(anchors);
}
