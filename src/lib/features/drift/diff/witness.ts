/** Prepares an example of a text that two tokenizers treat differently, to be shown as tokens. */
import { formatInputs } from '../../../drift/messages';
import type { Outcome, Witness } from '../../../drift/types';
import type { Vocabulary } from '../../../engine';
import { bytesOf, type NamedToken } from '../../../session/calls/token-details';
import type { TokenTables } from './token-lists';

export interface DrawnOutcome {
	readonly tokens: readonly NamedToken[];
	readonly hidden: number;
	/** The decoded text; `null` if it's the same on both sides. */
	readonly text: string | null;
	/** Why this side fails; `null` if it succeeds. */
	readonly error: string | null;
}

export interface DrawnWitness {
	readonly input: string;
	/** Program in which the difference appears; `null` for Hugging Face's native library. */
	readonly reference: string | null;
	/** Whether special tokens in the input are read as text. */
	readonly readsSpecialAsText: boolean;
	readonly a: DrawnOutcome;
	readonly b: DrawnOutcome;
}

export interface DrawnExample {
	readonly witness: DrawnWitness;
	/** Whether the example is ordinary text. If so, `witness.b.text` is the text that A decodes from B's ids. */
	readonly isOrdinary: boolean;
}

const MAX_TOKENS = 12;
const MAX_INPUT_CHARACTERS = 60;

export function drawWitness(witness: Witness, { tokensA, tokensB }: TokenTables): DrawnWitness {
	const { a, b, inputs, reference, special } = witness;
	const draw = ({ ids, text, error }: Outcome, vocabulary: Vocabulary): DrawnOutcome => ({
		tokens: ids.slice(0, MAX_TOKENS).map((id) => ({
			id,
			bytes: id < vocabulary.ends.length ? bytesOf({ vocabulary }, id).slice() : new Uint8Array()
		})),
		hidden: Math.max(0, ids.length - MAX_TOKENS),
		text: a.text === b.text ? null : text,
		error: error ?? null
	});
	const [input] = inputs;
	const isShort = inputs.length === 1 && input.length <= MAX_INPUT_CHARACTERS;
	return {
		input: isShort ? input : formatInputs({ ...witness, special: 'parse' }, MAX_INPUT_CHARACTERS),
		reference: reference === 'native' ? null : reference,
		readsSpecialAsText: special === 'text',
		a: draw(a, tokensA),
		b: draw(b, tokensB)
	};
}
