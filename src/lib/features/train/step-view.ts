import type { Encoding } from '../../engine';
import {
	type MergeSteps,
	type TrainedTokens,
	type Training,
	boundariesRemovedBy,
	encodingAfter,
	NEVER,
	pairBoundaries
} from '../../engine/train';
import { describeTrained, type DescribeToken } from '../../session/calls/token-details';

/** The part of a text that is drawn, with its tokens after a given number of merges. */
export interface StepWindow {
	readonly document: Uint8Array;
	readonly window: { readonly start: number; readonly end: number };
	/** Tokens that overlap the window. */
	readonly encoding: Encoding;
	/** Boundaries that the latest merge removed or, if a pair is outlined, those inside the pair; in ascending order. */
	readonly boundaries: Uint32Array;
	/** Byte offsets in the window at which a token begins at every step, in ascending order. */
	readonly anchors: Uint32Array;
	/** Whether the window shows the state before the merge, so that {@link boundaries} still separate tokens. */
	readonly isBefore: boolean;
}

/**
 * @param step number of merges performed
 * @param pair pair to outline; the window then shows the state before the last of these merges
 */
export function stepWindow(
	steps: MergeSteps,
	tokens: TrainedTokens,
	step: number,
	[byteFrom, byteTo]: readonly [number, number],
	pair: { readonly left: number; readonly right: number } | null
): StepWindow {
	return {
		document: steps.bytes,
		window: { start: byteFrom, end: byteTo },
		encoding: encodingAfter(steps, pair ? step - 1 : step, tokens, byteFrom, byteTo),
		boundaries: pair
			? pairBoundaries(steps, step - 1, tokens, pair, byteFrom, byteTo)
			: boundariesRemovedBy(steps, step, byteFrom, byteTo),
		anchors: anchorsOf(steps, byteFrom, byteTo),
		isBefore: pair !== null
	};
}

/** Returns a function that describes tokens of a training run. */
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
		if (at === 0 || mergedAt[at] >= NEVER) anchors.push(at);
	}
	return Uint32Array.from(anchors);
}
