import { formatRatio, plural } from '../../engine/text';
import { quote, quoteBytes, quotePair, spellBytes } from '../format';
import type { CaseSides, Expectation, SideOutcome } from './types';

export const idsOf = ({ tokens }: SideOutcome): number[] => tokens.map(({ id }) => id);

const observed = (holds: boolean, seen: string, notSeen: string) => ({
	/** Whether the outcome matches what was published. */
	holds,
	/** What was observed and, if it doesn't match, what was expected. */
	sentence: holds ? seen : notSeen
});

/** Checks a published observation against the outcomes of a case. */
export function observe(
	expectation: Expectation,
	{ a, b }: CaseSides
): ReturnType<typeof observed> {
	const failed = a.error !== null || b.error !== null;
	if (expectation.sees === 'different-ids') {
		const differ = !failed && idsOf(a).join() !== idsOf(b).join();
		return observed(differ, 'A and B give different ids.', 'A and B give the same ids.');
	}
	if (expectation.sees === 'different-text') {
		return observed(
			a.reads !== null && b.reads !== null && a.reads !== b.reads,
			`B reads ${formatText(b.reads, a.reads)} instead.`,
			`A and B both read ${formatText(a.reads, null)}.`
		);
	}
	const { side } = expectation;
	const [name, otherName] = side === 'a' ? ['A', 'B'] : ['B', 'A'];
	const [own, other] = side === 'a' ? [a, b] : [b, a];
	switch (expectation.sees) {
		case 'ids': {
			const { ids, only } = expectation;
			const found = shownIds(idsOf(own), expectation);
			const seen = `${name} gives ${only ? `${only} ` : ''}${formatIds(found)}`;
			return observed(
				found.join() === ids.join(),
				`${seen}, as published.`,
				`${seen}, but ${formatIds(ids)} was published.`
			);
		}
		case 'tokens': {
			const found = own.tokens.map(({ bytes }) => bytes);
			const spelled = found.map((bytes) => spellBytes(bytes));
			const seen = `${name} gives the tokens ${found.map(quoteBytes).join(' ')}`;
			// The expected tokens are formatted like the observed ones, including partial characters.
			const expected = expectation.tokens.map((token) => `"${token}"`).join(' ');
			return observed(
				JSON.stringify(spelled) === JSON.stringify(expectation.tokens),
				`${seen}.`,
				`${seen}, expected ${expected}.`
			);
		}
		case 'reads': {
			const { text } = expectation;
			return observed(
				own.reads === text,
				`${name} reads ${formatText(own.reads, other.reads)}.`,
				`${name} reads ${formatText(own.reads, text)}, expected ${quote(text, Infinity)}.`
			);
		}
		case 'no-token': {
			const { error } = own;
			if (error === null) return { holds: false, sentence: `${name} does not stop.` };
			return observed(
				error.includes('token id'),
				`${name} stops: ${error}.`,
				`${name} stops with another error: ${error}.`
			);
		}
		case 'more-tokens': {
			const { times } = expectation;
			const [more, fewer] = [own.tokens.length, other.tokens.length];
			const seen = `${otherName} needs ${plural(fewer, 'token')}, ${name} ${more}`;
			return observed(
				!failed && fewer > 0 && more >= fewer * times,
				`${seen}: ${formatRatio(more / fewer)} times as many.`,
				`${seen}, expected ${times} times as many.`
			);
		}
	}
}

/** All ids of a side, or only as many of its first or last ids as the expectation lists. */
function shownIds(all: number[], { ids, only }: Extract<Expectation, { sees: 'ids' }>): number[] {
	if (only === 'first') return all.slice(0, ids.length);
	return only === 'last' ? all.slice(Math.max(0, all.length - ids.length)) : all;
}

const formatIds = (ids: readonly number[]): string => (ids.length === 0 ? 'no ids' : ids.join(' '));

const formatText = (text: string | null, other: string | null): string =>
	text === null ? 'nothing' : quotePair(text, other ?? text)[0];
