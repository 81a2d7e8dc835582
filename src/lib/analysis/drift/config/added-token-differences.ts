import type { AddedTokenSpec, NormalizerSpec } from '../../../engine';
import { changedFlags, isIdle } from '../special-tokens';
import type { ConfigDifference, Severity } from '../types';

/** How many tokens a sentence names. */
const NAMED = 3;

/** Flags of added tokens that differ, one entry a flag; which tokens there are is another check's business. */
export function addedTokenDifferences(
	a: readonly AddedTokenSpec[],
	b: readonly AddedTokenSpec[],
	normalizer: NormalizerSpec | null
): ConfigDifference[] {
	const changes = changedFlags(a, b);
	const flags = [...new Set(changes.map(({ flag }) => flag))];
	return flags.map((flag) => {
		const changed = changes.filter((change) => change.flag === flag);
		const idle = isIdle(flag, normalizer);
		const severity: Severity = idle ? 'harmless' : 'silent';
		const names = changed.slice(0, NAMED).map(({ content }) => JSON.stringify(content));
		const more = changed.length > NAMED ? ` and ${changed.length - NAMED} more` : '';
		return {
			field: `added_tokens[].${flag}`,
			a: JSON.stringify(changed[0].a),
			b: JSON.stringify(changed[0].b),
			severity,
			sentence: idle
				? `Neither side has a normalizer, so the flag changes nothing (${names.join(', ')}${more}).`
				: `${names.join(', ')}${more} ${changed.length === 1 ? 'is' : 'are'} recognised differently.`,
			firstDifference: null,
			example: null,
			tried: 0
		};
	});
}
