/** Runs a drift case: what both sides do with its input, and whether that is what was published. */
import { seenIn } from './expectations';
import type { CaseInput, CaseOutcome, CaseQuestion, CaseToken, SideOutcome } from './types';

/** One side, ready to run. An error that it throws is part of the outcome only if {@link CasePrograms.tells} says so. */
export interface CaseProgram {
	encode(text: string, options: { special: 'text' | 'parse'; bos: boolean }): readonly number[];
	decode(ids: readonly number[]): string;
	/** Empty for an id without a token. */
	tokenBytes(id: number): Uint8Array;
}

export interface CasePrograms {
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

function outcomes(
	{ task }: CaseQuestion,
	{ a, b, tells }: CasePrograms
): { a: SideOutcome; b: SideOutcome } {
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

	/** What it makes of a text. */
	encode({ text, special = 'text', bos = false }: CaseInput): SideOutcome {
		const parts = typeof text === 'string' ? [text] : text;
		const whole = parts.join('');
		return this.#try(outcome(whole, []), (program) => {
			const ids = parts.flatMap((part) => program.encode(part, { special, bos }));
			return outcome(whole, tokensOf(program, ids));
		});
	}

	/** Ids that it was handed. */
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

	#try(otherwise: SideOutcome, work: (program: CaseProgram) => SideOutcome): SideOutcome {
		if (this.#program instanceof Error) return { ...otherwise, error: this.#program.message };
		try {
			return work(this.#program);
		} catch (error) {
			if (!this.#tells(error)) throw error;
			return { ...otherwise, error: error.message };
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
