/** The question of each case: which check of the diff catches it? */
import { CHECKS, type CheckId } from '../../../drift/types';
import type { DriftCase } from '../cases/types';

/** A check, or `none` if no check of two files can catch the case. */
export type Choice = CheckId | 'none';

/** The most specific check first. */
const BY_SPECIFICITY: readonly CheckId[] = [
	'embedding',
	'vocabulary',
	'round-trip',
	'self-encode',
	'special-tokens',
	'config'
];

/** Checks to choose from if they pass. */
const WRONG_CHOICES: readonly CheckId[] = [
	'vocabulary',
	'round-trip',
	'embedding',
	'self-encode',
	'special-tokens',
	'loads'
];

const WRONG_COUNT = 2;

/** The right choice. */
export function rightChoice({ caughtBy, destination }: DriftCase): Choice {
	const named = destination.page === 'diff' ? destination.check : undefined;
	return named ?? BY_SPECIFICITY.find((check) => caughtBy.includes(check)) ?? 'none';
}

/** The choices, of which one is right: checks in the order of the diff, then `none`. */
export function choicesOf(item: DriftCase): readonly Choice[] {
	const right = rightChoice(item);
	const passing = WRONG_CHOICES.filter((check) => !item.caughtBy.includes(check));
	const count = right === 'none' ? WRONG_COUNT + 1 : WRONG_COUNT;
	// Different ones from case to case, and the same at each visit.
	const start = item.slug.length;
	const wrong = Array.from({ length: count }, (_, i) => passing[(start + i) % passing.length]);
	return [...CHECKS.filter((check) => check === right || wrong.includes(check)), 'none'];
}

/** Other checks that catch the case. */
export const otherCatchers = (item: DriftCase): readonly CheckId[] =>
	item.caughtBy.length === 0
		? []
		: (['output', ...item.caughtBy] as const).filter((check) => check !== rightChoice(item));
