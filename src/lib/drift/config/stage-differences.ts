import type { TokenizerSpec } from '../../engine';
import type { ConfigDifference } from '../types';
import { findExample, type Search } from './find-example';
import { quoted } from '../checks/words';
import { firstDifference } from './first-difference';
import { patternProbes } from './pattern-probes';
import { probes, TELLING } from './probes';
import { runStage, type Encode } from './run-stage';
import { canonicalJson, stageOf, stepsOf, type Stage, type StageSpecs, type Step } from './steps';

/** Decoding is slower than cutting, and its differences show early. */
const DECODED = 2000;

function* stageProbes(stage: Stage, steps: readonly StageSpecs[Stage][]): Generator<string> {
	let most = stage === 'decoder' ? DECODED : Infinity;
	for (const input of probes()) {
		if (most-- <= 0) break;
		yield input;
	}
	yield* patternProbes(steps);
}

/** An added token of both sides. */
const sharedToken = (a: TokenizerSpec, b: TokenizerSpec): string | undefined =>
	a.added_tokens.find(({ content }) => b.added_tokens.some((other) => other.content === content))
		?.content;

/** What was found with a token in front, which the example then shows. */
const behind = (token: string, { example, tried }: Search, before: number): Search => ({
	example: example && { ...example, input: token + example.input },
	tried: before + tried
});

/** What B does where the stages part, and where they do not. */
const WORDS: Readonly<Record<Stage, { readonly other: string; readonly same: string }>> = {
	normalizer: { other: 'makes another text of', same: 'makes the same text of them' },
	pre_tokenizer: { other: 'cuts other pieces from', same: 'cuts the same pieces' },
	decoder: { other: 'gives another text back for', same: 'gives the same text back' }
};

/**
 * What differs in a stage, field by field where both sides have the same kinds of steps, otherwise as a
 * whole. How bad it is, is found out by running both on thousands of short inputs.
 * @param encode of A, for decoders
 */
export function stageDifferences(
	stage: Stage,
	a: TokenizerSpec,
	b: TokenizerSpec,
	encode: Encode
): ConfigDifference[] {
	const search = (stepsA: readonly StageSpecs[Stage][], stepsB: readonly StageSpecs[Stage][]) => {
		const run = (steps: typeof stepsA, before = '') =>
			runStage(stage, stageOf(stage, steps), a, encode, before);
		const found = findExample(run(stepsA), run(stepsB), stageProbes(stage, [...stepsA, ...stepsB]));
		const token = sharedToken(a, b);
		if (found.example || stage !== 'pre_tokenizer' || token === undefined) return found;
		// Only where a text begins a Metaspace puts its mark, or before each part between added tokens.
		return behind(token, findExample(run(stepsA, token), run(stepsB, token), TELLING), found.tried);
	};
	const stepsA = stepsOf(a, stage);
	const stepsB = stepsOf(b, stage);
	const same = canonicalJson(a[stage]) === canonicalJson(b[stage]);
	if (same) return [];
	if (canonicalJson(stepsA.map(specOf)) === canonicalJson(stepsB.map(specOf))) {
		return [wholeStage(stage, a, b, null)];
	}
	const alike =
		stepsA.length === stepsB.length &&
		stepsA.every(({ spec }, i) => spec.type === stepsB[i].spec.type);
	if (!alike) {
		return [wholeStage(stage, a, b, search(stepsA.map(specOf), stepsB.map(specOf)))];
	}
	const differences = stepsA.flatMap((step, i) =>
		differingFields(step.spec, stepsB[i].spec).map(({ name, path, valueA, valueB, whole }) => {
			// Only this field, so that one that changes nothing is not blamed for another.
			const mixed = stepsA.map(({ spec }, j) => (j === i ? { ...spec, [name]: whole } : spec));
			const found = search(stepsA.map(specOf), mixed);
			return { field: `${step.field}.${path}`, ...judged(stage, valueA, valueB, found) };
		})
	);
	if (differences.length === 1 || differences.some(({ severity }) => severity === 'silent')) {
		return differences;
	}
	// None alone, but perhaps all together.
	const together = search(stepsA.map(specOf), stepsB.map(specOf));
	return together.example ? [wholeStage(stage, a, b, together)] : differences;
}

const specOf = ({ spec }: Step<Stage>): StageSpecs[Stage] => spec;

/** @param search null where the two say the same in other words */
function wholeStage(
	stage: Stage,
	a: TokenizerSpec,
	b: TokenizerSpec,
	search: Search | null
): ConfigDifference {
	return { field: stage, ...judged(stage, a[stage], b[stage], search) };
}

function judged(
	stage: Stage,
	a: unknown,
	b: unknown,
	search: Search | null
): Omit<ConfigDifference, 'field'> {
	const values = { a: JSON.stringify(a), b: JSON.stringify(b) };
	const texts = typeof a === 'string' && typeof b === 'string' ? { a, b } : values;
	const common = {
		...values,
		firstDifference: firstDifference(texts.a, texts.b),
		example: search?.example ?? null,
		tried: search?.tried ?? 0
	};
	if (search === null) {
		const sentence = 'The same steps, written down in another way.';
		return { ...common, severity: 'formatting-only', sentence };
	}
	if (search.example) {
		const sentence = `B ${WORDS[stage].other} ${quoted(search.example.input)}.`;
		return { ...common, severity: 'silent', sentence };
	}
	const sentence = `None of ${search.tried.toLocaleString('en')} inputs shows a difference: B ${WORDS[stage].same}.`;
	return { ...common, severity: 'harmless', sentence };
}

interface DifferingField {
	/** The field of the step, and the path to what is shown of it. */
	readonly name: string;
	readonly path: string;
	readonly valueA: unknown;
	readonly valueB: unknown;
	/** B's value of the field `name`. */
	readonly whole: unknown;
}

/** Fields of two steps of the same kind that differ. */
function differingFields(a: object, b: object): DifferingField[] {
	const fieldsA = new Map<string, unknown>(Object.entries(a));
	const fieldsB = new Map<string, unknown>(Object.entries(b));
	return [...new Set([...fieldsA.keys(), ...fieldsB.keys()])].flatMap((name) => {
		const valueA = fieldsA.get(name) ?? null;
		const valueB = fieldsB.get(name) ?? null;
		if (canonicalJson(valueA) === canonicalJson(valueB)) return [];
		const whole = valueB;
		const [regexA, regexB] = [regexOf(valueA), regexOf(valueB)];
		if (regexA !== null && regexB !== null) {
			return [{ name, path: `${name}.Regex`, valueA: regexA, valueB: regexB, whole }];
		}
		return [{ name, path: name, valueA, valueB, whole }];
	});
}

/** The regex of a pattern. */
function regexOf(value: unknown): string | null {
	if (typeof value !== 'object' || value === null || !('Regex' in value)) return null;
	return typeof value.Regex === 'string' ? value.Regex : null;
}
