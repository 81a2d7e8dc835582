import { describeFieldWitness, describeTries } from './messages';
import type { Pair } from '../compare-output';
import type { ConfigDifference, Witness } from '../types';
import type { FieldDifference } from './differences';
import { runStage } from './stages';

/** Findings on a field that differs. */
interface Found {
	readonly pair: Pair;
	/** An input that comes out differently because of it; `null` if none is known. */
	readonly witness: Witness | null;
	/** Inputs on which it was tried. */
	readonly tried: number;
	/** Whether the vocabularies have so little in common that no field was tried alone. */
	readonly areStrangers: boolean;
}

/** A field that differs, with its severity and a user-facing sentence. */
export function describeField(difference: FieldDifference, found: Found): ConfigDifference {
	const { field, a, b, proven, stage, what } = difference;
	const { witness, tried } = found;
	const common = {
		field,
		a: JSON.stringify(a),
		b: JSON.stringify(b),
		example: null,
		witness: null,
		proven: proven !== undefined
	};
	if (proven) return { ...common, severity: proven.severity, sentence: proven.because };
	const sentence = (text: string): string => (what ? `${what}. ${text}` : text);
	if (!witness) {
		const tries = describeTries(tried, found.areStrangers);
		return { ...common, severity: 'harmless', sentence: sentence(tries) };
	}
	const example =
		stage && witness.inputs.length === 1 ? exampleOf(stage, witness, found.pair) : null;
	const seen = describeFieldWitness(witness, example && (stage ?? null));
	return { ...common, severity: 'silent', sentence: sentence(seen), witness, example };
}

/** Outputs of the stage for the witness's input on both sides; `null` if they are the same. */
function exampleOf(
	stage: NonNullable<FieldDifference['stage']>,
	{ inputs: [input] }: Witness,
	{ a, b }: Pair
): ConfigDifference['example'] {
	const [ofA, ofB] = [a, b].map(({ spec }) => runStage(stage, spec, a)(input));
	return JSON.stringify(ofA) === JSON.stringify(ofB) ? null : { input, a: ofA, b: ofB };
}
