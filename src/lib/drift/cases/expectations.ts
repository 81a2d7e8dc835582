import { quoted, quotedBytes, quotedPair, spellBytes } from './quote';
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
		case 'tokens':
			return tokensSeen(expectation, sides);
		case 'different-ids': {
			const holds = !failed(sides) && idsOf(sides.a).join() !== idsOf(sides.b).join();
			return seen(holds, 'A and B give different ids.', 'A and B give the same ids.');
		}
		case 'reads': {
			const { reads } = sides[expectation.side];
			const name = nameOf(expectation.side);
			const other = sides[expectation.side === 'a' ? 'b' : 'a'].reads;
			return seen(
				reads === expectation.text,
				`${name} reads ${readBeside(reads, other)}.`,
				`${name} reads ${readBeside(reads, expectation.text)}, expected ${quoted(expectation.text)}.`
			);
		}
		case 'different-text': {
			const { a, b } = sides;
			const holds = a.reads !== null && b.reads !== null && a.reads !== b.reads;
			return seen(
				holds,
				`B reads ${readBeside(b.reads, a.reads)} instead.`,
				`A and B both read ${readBeside(a.reads, null)}.`
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
			const otherSide = expectation.side === 'a' ? 'b' : 'a';
			const more = sides[expectation.side].tokens.length;
			const fewer = sides[otherSide].tokens.length;
			const words = `${nameOf(otherSide)} needs ${counted(fewer)}, ${nameOf(expectation.side)} ${more}`;
			return seen(
				!failed(sides) && fewer > 0 && more >= fewer * expectation.times,
				`${words}: ${(more / fewer).toFixed(1)} times as many.`,
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

function tokensSeen({ side, tokens }: Expectation & { sees: 'tokens' }, sides: Sides): Seen {
	const found = sides[side].tokens;
	const spelled = found.map(({ bytes }) => spellBytes(bytes));
	const words = `${nameOf(side)} gives the tokens ${found.map(({ bytes }) => quotedBytes(bytes)).join(' ')}`;
	return seen(
		spelled.length === tokens.length && spelled.every((token, i) => token === tokens[i]),
		`${words}.`,
		// Expected tokens are spelled like the found ones, parts of characters included.
		`${words}, expected ${tokens.map((token) => `"${token}"`).join(' ')}.`
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
const counted = (tokens: number): string => `${tokens} ${tokens === 1 ? 'token' : 'tokens'}`;

/** What is read, written so that it is told from what stands beside it. */
const readBeside = (text: string | null, other: string | null): string =>
	text === null ? 'nothing' : quotedPair(text, other ?? text)[0];
