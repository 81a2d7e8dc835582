import { splitsPair } from '../../engine/text';
import { formatCount, quote } from '../messages';
import type { Pair } from '../outputs';
import type { ConfigDifference, FirstDifference, Witness } from '../types';
import type { FieldDifference } from './differences';
import { runStage } from './stages';

/** Findings about a field. */
interface Found {
	readonly pair: Pair;
	/** An input that comes out differently because of it; `null` if none is known. */
	readonly witness: Witness | null;
	/** Inputs on which it was tried. */
	readonly tried: number;
	/** Whether the vocabularies have so little in common that no field was tried alone. */
	readonly areStrangers: boolean;
}

/** Longer inputs are described by their length. */
const MAX_QUOTED = 200;

/** A field that differs with its severity and a sentence for people. */
export function describeField(difference: FieldDifference, found: Found): ConfigDifference {
	const { field, a, b, proven, stage, what } = difference;
	const { witness, tried } = found;
	const values = { a: JSON.stringify(a), b: JSON.stringify(b) };
	const texts = typeof a === 'string' && typeof b === 'string' ? { a, b } : values;
	const common = {
		field,
		...values,
		firstDifference: firstDifference(texts.a, texts.b),
		example: null,
		witness: null,
		proven: proven !== undefined,
		tried
	};
	const sentence = (text: string): string => (what ? `${what}. ${text}` : text);
	if (proven) return { ...common, severity: proven.severity, sentence: proven.because };
	if (!witness) {
		return { ...common, severity: 'harmless', sentence: sentence(nothingSeen(difference, found)) };
	}
	const example =
		stage && witness.inputs.length === 1 ? exampleOf(stage, witness, found.pair) : null;
	const seen = describeWitness(witness, example, stage);
	return { ...common, severity: 'silent', sentence: sentence(`${seen}.`), witness, example };
}

function nothingSeen({ shows }: FieldDifference, { tried, areStrangers }: Found): string {
	if (shows !== 'spec') return 'No text or batch comes out differently.';
	return areStrangers
		? 'Not tried alone: the vocabularies have little in common.'
		: `No difference on ${formatCount(tried, 'input')}.`;
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

function describeWitness(
	{ inputs, a, b, does }: Witness,
	example: ConfigDifference['example'],
	stage: FieldDifference['stage']
): string {
	const input = inputs.map((text) => quote(text)).join(' and ');
	const length = formatCount(inputs[0].length, 'character');
	switch (does) {
		case 'decode':
			return `B reads ${input} back as ${quote(b.text)}, A as ${quote(a.text)}`;
		case 'encode-pair':
			return `B puts the pair ${input} together differently`;
		case 'encode-batch':
			return inputs.length === 1
				? `B pads ${input} differently`
				: 'B pads the shorter of two texts differently';
		case 'encode':
			if (inputs[0].length > MAX_QUOTED) return `A text of ${length} gets different ids`;
			if (example && stage === 'pre_tokenizer') return `B splits ${input} differently`;
			if (example && stage === 'normalizer') return `B rewrites ${input} differently`;
			return `B gives ${input} different ids`;
	}
}

/** Longest excerpt of a value, in UTF-16 units. */
const MAX_EXCERPT_UNITS = 40;

/** Where two texts begin to differ, in UTF-16 units; `null` if they are the same. */
export function firstDifference(a: string, b: string): FirstDifference | null {
	if (a === b) return null;
	let at = 0;
	while (at < a.length && at < b.length && a[at] === b[at]) at++;
	if (splitsPair(a, at) || splitsPair(b, at)) at--;
	return { at, a: excerpt(a, at), b: excerpt(b, at) };
}

function excerpt(text: string, at: number): string {
	const end = at + MAX_EXCERPT_UNITS;
	return end < text.length
		? `${text.slice(at, splitsPair(text, end) ? end - 1 : end)}…`
		: text.slice(at);
}
