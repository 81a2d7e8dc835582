import { plural } from '../../engine/text';
import { quote, quoteBytes, quotePair } from '../format';
import type { CaseSides, Expectation, SideOutcome } from './types';

export const idsOf = ({ tokens }: SideOutcome): number[] => tokens.map(({ id }) => id);

/** The ids that an expectation is about: all of a side, or as many of the first or last as expected. */
export function shownIds(
	{ side, ids, only }: Extract<Expectation, { sees: 'ids' }>,
	sides: CaseSides
): number[] {
	const all = idsOf(sides[side]);
	if (only === 'first') return all.slice(0, ids.length);
	return only === 'last' ? all.slice(Math.max(0, all.length - ids.length)) : all;
}

/** Says what was seen, and what was expected if it was not. */
export function describeExpectation(
	expectation: Expectation,
	sides: CaseSides,
	holds: boolean
): string {
	switch (expectation.sees) {
		case 'ids': {
			const { side, ids, only } = expectation;
			const which = only ? `${only} ` : '';
			const seen = `${nameOf(side)} gives ${which}${formatIds(shownIds(expectation, sides))}`;
			return holds ? `${seen}, as published.` : `${seen}, but ${formatIds(ids)} was published.`;
		}
		case 'tokens': {
			const { side, tokens } = expectation;
			const found = sides[side].tokens.map(({ bytes }) => quoteBytes(bytes)).join(' ');
			// Expected tokens are spelled like the found ones, parts of characters included.
			const expected = tokens.map((token) => `"${token}"`).join(' ');
			return `${nameOf(side)} gives the tokens ${found}${holds ? '.' : `, expected ${expected}.`}`;
		}
		case 'different-ids':
			return `A and B give ${holds ? 'different' : 'the same'} ids.`;
		case 'reads': {
			const { side, text } = expectation;
			const { reads } = sides[side];
			const other = sides[otherSide(side)].reads;
			return holds
				? `${nameOf(side)} reads ${formatText(reads, other)}.`
				: `${nameOf(side)} reads ${formatText(reads, text)}, expected ${quote(text, Infinity)}.`;
		}
		case 'different-text':
			return holds
				? `B reads ${formatText(sides.b.reads, sides.a.reads)} instead.`
				: `A and B both read ${formatText(sides.a.reads, null)}.`;
		case 'no-token': {
			const { error } = sides[expectation.side];
			const name = nameOf(expectation.side);
			if (error === null) return `${name} does not stop.`;
			return `${name} stops${holds ? '' : ' with another error'}: ${error}.`;
		}
		case 'more-tokens': {
			const { side, times } = expectation;
			const more = sides[side].tokens.length;
			const fewer = sides[otherSide(side)].tokens.length;
			const needs = `${nameOf(otherSide(side))} needs ${plural(fewer, 'token')}, ${nameOf(side)} ${more}`;
			return holds
				? `${needs}: ${(more / fewer).toFixed(1)} times as many.`
				: `${needs}, expected ${times} times as many.`;
		}
	}
}

const nameOf = (side: 'a' | 'b'): string => side.toUpperCase();
const otherSide = (side: 'a' | 'b'): 'a' | 'b' => (side === 'a' ? 'b' : 'a');
const formatIds = (ids: readonly number[]): string => (ids.length === 0 ? 'no ids' : ids.join(' '));

/** Quotes a text so that it looks different from another. */
const formatText = (text: string | null, other: string | null): string =>
	text === null ? 'nothing' : quotePair(text, other ?? text)[0];
