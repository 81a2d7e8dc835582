import type { AddedTokenSpec, NormalizerSpec } from '../../engine';
import { counted, quoted } from '../checks/words';
import { changedFlags, isIdle } from '../special-tokens';
import type { ConfigDifference, Severity } from '../types';

/** How many tokens a sentence names. */
const NAMED = 3;

/** What differs in the list of added tokens: one entry for which there are and their ids, and one a flag. */
export function addedTokenDifferences(
	a: readonly AddedTokenSpec[],
	b: readonly AddedTokenSpec[],
	normalizer: NormalizerSpec | null
): ConfigDifference[] {
	return [...listDifference(a, b), ...flagDifferences(a, b, normalizer)];
}

function listDifference(
	a: readonly AddedTokenSpec[],
	b: readonly AddedTokenSpec[]
): ConfigDifference[] {
	const [onlyA, onlyB] = [without(a, b), without(b, a)];
	if (onlyA.length === 0 && onlyB.length === 0) return [];
	const [inA, inB] = [a, b].map((list) => new Set(list.map(({ content }) => content)));
	const missing = onlyA.filter(({ content }) => !inB.has(content));
	const moved = onlyA.filter(({ content }) => inB.has(content));
	const added = onlyB.filter(({ content }) => !inA.has(content));
	const parts = [
		...(missing.length > 0
			? [`B lacks ${counted(missing.length, 'token')} (${named(missing)})`]
			: []),
		...(added.length > 0 ? [`B has ${counted(added.length, 'token')} more (${named(added)})`] : []),
		...(moved.length > 0 ? [`${counted(moved.length, 'token')} moved (${named(moved)})`] : [])
	];
	return [difference('added_tokens', onlyA, onlyB, 'silent', `${parts.join('; ')}.`)];
}

/** Tokens of one list whose id and content the other does not have. */
function without(some: readonly AddedTokenSpec[], others: readonly AddedTokenSpec[]) {
	const key = ({ id, content }: AddedTokenSpec) => `${id} ${content}`;
	const known = new Set(others.map(key));
	return some.filter((token) => !known.has(key(token))).map(({ id, content }) => ({ id, content }));
}

function flagDifferences(
	a: readonly AddedTokenSpec[],
	b: readonly AddedTokenSpec[],
	normalizer: NormalizerSpec | null
): ConfigDifference[] {
	const changes = changedFlags(a, b);
	const flags = [...new Set(changes.map(({ flag }) => flag))];
	return flags.map((flag) => {
		const changed = changes.filter((change) => change.flag === flag);
		const idle = isIdle(flag, normalizer);
		const names = named(changed);
		return difference(
			`added_tokens[].${flag}`,
			changed[0].a,
			changed[0].b,
			idle ? 'harmless' : 'silent',
			idle
				? `Neither side has a normalizer, so the flag changes nothing (${names}).`
				: `${names} ${changed.length === 1 ? 'is' : 'are'} recognised differently.`
		);
	});
}

function named(tokens: readonly { readonly content: string }[]): string {
	const names = tokens.slice(0, NAMED).map(({ content }) => quoted(content));
	const more = tokens.length > NAMED ? ` and ${tokens.length - NAMED} more` : '';
	return `${names.join(', ')}${more}`;
}

function difference(
	field: string,
	a: unknown,
	b: unknown,
	severity: Severity,
	sentence: string
): ConfigDifference {
	return {
		field,
		a: JSON.stringify(a),
		b: JSON.stringify(b),
		severity,
		sentence,
		firstDifference: null,
		example: null,
		tried: 0
	};
}
