/** Runs a drift case: what both sides do with its input, and whether that is what was published. */
import { quoted, quotedBytes, quotedPair, spellBytes } from './quote';
import type {
	CaseInput,
	CaseOutcome,
	CaseQuestion,
	CaseToken,
	Expectation,
	SideOutcome
} from './types';

/** One side, ready to run. An error that it throws is part of the outcome only if {@link CasePrograms.tells} says so. */
export interface CaseProgram {
	encode(text: string, options: { special: 'text' | 'parse'; bos: boolean }): readonly number[];
	decode(ids: readonly number[]): string;
	/** Empty for an id without a token. */
	tokenBytes(id: number): Uint8Array;
}

interface CasePrograms {
	/** An error: the side could not be started, and the case may be about that. */
	readonly a: CaseProgram | Error;
	readonly b: CaseProgram | Error;
	/** Whether an error is part of the case: a library's own, an id without a token. Others are thrown on. */
	readonly tells: (error: unknown) => error is Error;
}

export function evaluateCase(question: CaseQuestion, programs: CasePrograms): CaseOutcome {
	const sides = outcomes(question, programs);
	const seen = question.expect.map((expectation) => seenIn(expectation, sides));
	const missing = seen.filter(({ holds }) => !holds);
	const reproduced = missing.length === 0 && question.expect.length > 0;
	return {
		status: reproduced ? 'reproduced' : 'not-reproduced',
		why: (reproduced ? seen : missing).map(({ sentence }) => sentence).join(' '),
		seen: seen.map(({ holds }) => holds),
		...sides
	};
}

function outcomes({ task }: CaseQuestion, { a, b, tells }: CasePrograms): Sides {
	const sideA = new Side(a, tells);
	const sideB = new Side(b, tells);
	switch (task.does) {
		case 'encode': {
			const first = sideA.encode(task.a);
			const second = sideB.encode(task.b ?? task.a);
			// The model was trained with A: that is how it reads both.
			return { a: sideA.read(first, first), b: sideA.read(second, second) };
		}
		case 'count':
			return { a: sideA.encode(task.a), b: sideB.encode(task.a) };
		case 'read': {
			const first = sideA.encode(task.a);
			return { a: sideA.read(first, first), b: sideB.read(first, sideB.given(idsOf(first))) };
		}
		case 'decode': {
			const first = sideA.given(task.a);
			const second = sideB.given(task.b ?? task.a);
			return { a: sideA.read(first, first), b: sideB.read(second, second) };
		}
		case 'encode-again': {
			const first = isIds(task.a) ? sideA.given(task.a) : sideA.encode(task.a);
			const read = sideB.read(first, first);
			const again = read.reads === null ? read : sideB.encode({ text: read.reads });
			return { a: sideA.read(first, first), b: { ...again, reads: read.reads } };
		}
	}
}

const isIds = (given: CaseInput | readonly number[]): given is readonly number[] =>
	Array.isArray(given);

const idsOf = ({ tokens }: SideOutcome): number[] => tokens.map(({ id }) => id);

class Side {
	readonly #program: CaseProgram | Error;
	readonly #tells: CasePrograms['tells'];

	constructor(program: CaseProgram | Error, tells: CasePrograms['tells']) {
		this.#program = program;
		this.#tells = tells;
	}

	/** Answer to a text. */
	encode({ text, special = 'text', bos = false }: CaseInput): SideOutcome {
		const parts = typeof text === 'string' ? [text] : text;
		const whole = parts.join('');
		return this.#try(outcome(whole, []), (program) => {
			const ids = parts.flatMap((part) => program.encode(part, { special, bos }));
			return outcome(whole, tokensOf(program, ids));
		});
	}

	/** Answer to given ids. */
	given(ids: readonly number[]): SideOutcome {
		return this.#try(
			outcome(
				null,
				ids.map((id) => ({ id, bytes: new Uint8Array() }))
			),
			(program) => outcome(null, tokensOf(program, ids))
		);
	}

	/** `shown`, with what this side reads in the ids of `from`; an earlier error stays. */
	read(from: SideOutcome, shown: SideOutcome): SideOutcome {
		if (shown.error !== null || from.error !== null) return shown;
		return this.#try(shown, (program) => ({ ...shown, reads: program.decode(idsOf(from)) }));
	}

	#try(untried: SideOutcome, work: (program: CaseProgram) => SideOutcome): SideOutcome {
		if (this.#program instanceof Error) return { ...untried, error: this.#program.message };
		try {
			return work(this.#program);
		} catch (error) {
			if (!this.#tells(error)) throw error;
			return { ...untried, error: error.message };
		}
	}
}

const outcome = (text: string | null, tokens: readonly CaseToken[]): SideOutcome => ({
	text,
	tokens,
	reads: null,
	error: null
});

const tokensOf = (program: CaseProgram, ids: readonly number[]): CaseToken[] =>
	ids.map((id) => ({ id, bytes: program.tokenBytes(id) }));

interface Sides {
	readonly a: SideOutcome;
	readonly b: SideOutcome;
}

interface Seen {
	readonly holds: boolean;
	/** Sentence on the answer, and on the expectation if the two differ. */
	readonly sentence: string;
}

/** Whether what was published shows in what was just computed. */
function seenIn(expectation: Expectation, sides: Sides): Seen {
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

const failed = ({ a, b }: Sides): boolean => a.error !== null || b.error !== null;
const nameOf = (side: 'a' | 'b'): string => side.toUpperCase();
const listed = (ids: readonly number[]): string => (ids.length === 0 ? 'no ids' : ids.join(' '));
const counted = (tokens: number): string => `${tokens} ${tokens === 1 ? 'token' : 'tokens'}`;

/** Quotes what is read so that it can be told from another text. */
const readBeside = (text: string | null, other: string | null): string =>
	text === null ? 'nothing' : quotedPair(text, other ?? text)[0];
