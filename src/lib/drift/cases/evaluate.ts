/** Runs a drift case and checks whether both sides behave as published. */
import { NoTokenError, type Encoder, type Tokenizer } from '../../engine';
import { orNull } from '../calls';
import { idsOf, observe } from './expectations';
import type {
	CaseInput,
	CaseOutcome,
	CaseQuestion,
	CaseSides,
	CaseToken,
	SideOutcome
} from './types';

/**
 * One side of a case, ready to run. If a method throws an error that {@link CasePrograms.isCaseError} accepts, the
 * error becomes part of the outcome.
 */
export interface CaseProgram {
	encode(text: string, options: { special: 'text' | 'parse'; bos: boolean }): readonly number[];
	decode(ids: readonly number[]): string;
	/** Empty for an id without a token. */
	tokenBytes(id: number): Uint8Array;
}

export const programOf = (tokenizer: Tokenizer): CaseProgram => ({
	encode: (text, { special, bos }) => [
		...tokenizer.encode(text, { special, addSpecialTokens: bos }).ids
	],
	decode: (ids) => tokenizer.decode(ids),
	tokenBytes: (id) => bytesOrNone(tokenizer, id)
});

/** Bytes of a token; empty for an id without a token. */
export const bytesOrNone = (tokenizer: Encoder, id: number): Uint8Array =>
	orNull(() => tokenizer.tokenBytes(id), NoTokenError) ?? new Uint8Array();

interface CasePrograms {
	/** An error if the side couldn't be started; the error may be the point of the case. */
	readonly a: CaseProgram | Error;
	readonly b: CaseProgram | Error;
	/**
	 * Whether an error is part of the case: a library's own error, or an id without a token. Other errors are rethrown.
	 */
	readonly isCaseError: (error: unknown) => error is Error;
}

export function evaluateCase(question: CaseQuestion, programs: CasePrograms): CaseOutcome {
	const sides = outcomes(question, programs);
	const observations = question.expect.map((expectation) => observe(expectation, sides));
	const missed = observations.filter(({ holds }) => !holds);
	const reproduced = observations.length > 0 && missed.length === 0;
	return {
		status: reproduced ? 'reproduced' : 'not-reproduced',
		why: (reproduced ? observations : missed).map(({ sentence }) => sentence).join(' '),
		seen: observations.map(({ holds }) => holds),
		...sides
	};
}

function outcomes({ task }: CaseQuestion, { a, b, isCaseError }: CasePrograms): CaseSides {
	const sideA = createSide(a, isCaseError);
	const sideB = createSide(b, isCaseError);
	switch (task.does) {
		case 'encode': {
			const first = sideA.encode(task.a);
			const second = sideB.encode(task.b ?? task.a);
			// The model was trained with A, so it reads the ids from both sides as A does.
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

interface Side {
	encode(input: CaseInput): SideOutcome;
	given(ids: readonly number[]): SideOutcome;
	/** Adds to `shown` the text that the ids in `from` decode to on this side, unless an error occurred earlier. */
	read(from: SideOutcome, shown: SideOutcome): SideOutcome;
}

function createSide(program: CaseProgram | Error, isCaseError: CasePrograms['isCaseError']): Side {
	function attempt(untried: SideOutcome, work: (program: CaseProgram) => SideOutcome): SideOutcome {
		if (program instanceof Error) return { ...untried, error: program.message };
		try {
			return work(program);
		} catch (error) {
			if (!isCaseError(error)) throw error;
			return { ...untried, error: error.message };
		}
	}

	return {
		encode({ text, special = 'text', bos = false }) {
			const parts = typeof text === 'string' ? [text] : text;
			const whole = parts.join('');
			return attempt(outcome(whole, []), (program) => {
				const ids = parts.flatMap((part) => program.encode(part, { special, bos }));
				return outcome(whole, tokensOf(program, ids));
			});
		},
		given(ids) {
			const untried = ids.map((id) => ({ id, bytes: new Uint8Array() }));
			return attempt(outcome(null, untried), (program) => outcome(null, tokensOf(program, ids)));
		},
		read(from, shown) {
			if (shown.error !== null || from.error !== null) return shown;
			return attempt(shown, (program) => ({ ...shown, reads: program.decode(idsOf(from)) }));
		}
	};
}

const outcome = (text: string | null, tokens: readonly CaseToken[]): SideOutcome => ({
	text,
	tokens,
	reads: null,
	error: null
});

const tokensOf = (program: CaseProgram, ids: readonly number[]): CaseToken[] =>
	ids.map((id) => ({ id, bytes: program.tokenBytes(id) }));
