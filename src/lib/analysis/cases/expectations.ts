import { spellBytes } from './spell-bytes';
import type { Expectation, SideOutcome } from './types';

interface Sides {
	readonly a: SideOutcome;
	readonly b: SideOutcome;
}

export interface Seen {
	readonly holds: boolean;
	/** What was seen; where it does not hold, also what was expected. */
	readonly sentence: string;
}

/** Whether what was published is to be seen in what was just computed. */
export function seenIn(expectation: Expectation, sides: Sides): Seen {
	switch (expectation.sees) {
		case 'ids':
			return idsSeen(expectation, sides);
		case 'cuts':
			return cutsSeen(expectation, sides);
		case 'other-ids': {
			const holds = !failed(sides) && idsOf(sides.a).join() !== idsOf(sides.b).join();
			return seen(holds, 'A and B give other ids.', 'A and B give the same ids.');
		}
		case 'reads': {
			const { reads } = sides[expectation.side];
			const name = nameOf(expectation.side);
			return seen(
				reads === expectation.text,
				`${name} reads ${quoted(reads)}.`,
				`${name} reads ${quoted(reads)}, expected ${quoted(expectation.text)}.`
			);
		}
		case 'other-text': {
			const { a, b } = sides;
			const holds = a.reads !== null && b.reads !== null && a.reads !== b.reads;
			return seen(
				holds,
				`A reads ${quoted(a.reads)}, B ${quoted(b.reads)}.`,
				`A and B both read ${quoted(a.reads)}.`
			);
		}
		case 'error':
		case 'no-token': {
			const { error } = sides[expectation.side];
			const words = expectation.sees === 'error' ? expectation.words : 'token id';
			const name = nameOf(expectation.side);
			return seen(
				error !== null && error.includes(words),
				`${name} stops: ${error}.`,
				error === null ? `${name} does not stop.` : `${name} stops with another error: ${error}.`
			);
		}
		case 'more-tokens': {
			const more = sides[expectation.side].tokens.length;
			const fewer = sides[expectation.side === 'a' ? 'b' : 'a'].tokens.length;
			const words = `${nameOf(expectation.side)} needs ${more} tokens, the other ${fewer}`;
			return seen(
				!failed(sides) && fewer > 0 && more >= fewer * expectation.times,
				`${words}.`,
				`${words}, expected ${expectation.times} times as many.`
			);
		}
	}
}

function idsSeen({ side, ids, only }: Expectation & { sees: 'ids' }, sides: Sides): Seen {
	const all = idsOf(sides[side]);
	const found =
		only === undefined
			? all
			: only === 'first'
				? all.slice(0, ids.length)
				: all.slice(Math.max(0, all.length - ids.length));
	const words = `${nameOf(side)} gives ${only ? `${only} ` : ''}${listed(found)}`;
	return seen(
		found.join() === ids.join(),
		`${words}, as published.`,
		`${words}, published was ${listed(ids)}.`
	);
}

function cutsSeen({ side, cuts }: Expectation & { sees: 'cuts' }, sides: Sides): Seen {
	const found = sides[side].tokens.map(({ bytes }) => spellBytes(bytes));
	const words = `${nameOf(side)} cuts ${found.map(quoted).join(' ')}`;
	return seen(
		found.length === cuts.length && found.every((cut, i) => cut === cuts[i]),
		`${words}.`,
		`${words}, expected ${cuts.map(quoted).join(' ')}.`
	);
}

const seen = (holds: boolean, sentence: string, otherwise: string): Seen => ({
	holds,
	sentence: holds ? sentence : otherwise
});

const idsOf = ({ tokens }: SideOutcome): number[] => tokens.map(({ id }) => id);
const failed = ({ a, b }: Sides): boolean => a.error !== null || b.error !== null;
const nameOf = (side: 'a' | 'b'): string => side.toUpperCase();
const listed = (ids: readonly number[]): string => (ids.length === 0 ? 'no ids' : ids.join(' '));
const quoted = (text: string | null): string => (text === null ? 'nothing' : JSON.stringify(text));
