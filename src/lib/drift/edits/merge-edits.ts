import type { BpeModelSpec, TokenizerSpec } from '../../engine';
import { EditError } from './edit-error';
import { withListedMerges } from './listed-merges';
import { seeded } from '../seeded';

/** The spec with its merges listed, a copy of them to write to, and how many they are. */
function listed(spec: TokenizerSpec) {
	const model = withListedMerges(spec.model);
	const merges = Uint32Array.from(model.merges ?? []);
	return { model, merges, count: merges.length / 2 };
}

const withMerges = (
	spec: TokenizerSpec,
	model: BpeModelSpec,
	merges: Uint32Array
): TokenizerSpec => ({ ...spec, model: { ...model, merges } });

export function swapMerges(spec: TokenizerSpec, ranks: readonly [number, number]): TokenizerSpec {
	const { model, merges, count } = listed(spec);
	for (const rank of ranks) {
		if (!Number.isInteger(rank) || rank < 0 || rank >= count) {
			throw new EditError(`swap-merges: got rank ${rank}, expected 0 to ${count - 1}`);
		}
	}
	swapPairs(merges, ...ranks);
	return withMerges(spec, model, merges);
}

export function dropLastMerges(spec: TokenizerSpec, dropped: number): TokenizerSpec {
	const { model, merges, count } = listed(spec);
	if (!Number.isInteger(dropped) || dropped < 1 || dropped > count) {
		throw new EditError(`drop-last-merges: got ${dropped}, expected 1 to ${count}`);
	}
	return withMerges(spec, model, merges.slice(0, 2 * (count - dropped)));
}

export function reverseMerges(spec: TokenizerSpec): TokenizerSpec {
	const { model, merges, count } = listed(spec);
	for (let low = 0, high = count - 1; low < high;) swapPairs(merges, low++, high--);
	return withMerges(spec, model, merges);
}

/** Fisher and Yates's shuffle, drawn from a generator that gives the same numbers for the same seed. */
export function shuffleMerges(spec: TokenizerSpec, seed: number): TokenizerSpec {
	const { model, merges, count } = listed(spec);
	const below = seeded(seed);
	for (let last = count - 1; last > 0; last--) swapPairs(merges, last, below(last + 1));
	return withMerges(spec, model, merges);
}

function swapPairs(merges: Uint32Array, first: number, second: number): void {
	for (let side = 0; side < 2; side++) {
		const id = merges[2 * first + side];
		merges[2 * first + side] = merges[2 * second + side];
		merges[2 * second + side] = id;
	}
}
