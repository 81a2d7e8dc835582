import { createTokenizer, type Tokenizer } from '../engine';
import { scannerFor } from '../engine/stages';
import type { FieldDifference } from './config/differences';
import { describeFieldWitness, describeTries } from './config/messages';
import { runStage, type Stage, type StageRun } from './config/stages';
import { quote } from './format';
import {
	differingUse,
	differsAs,
	byEffort,
	foundOn,
	PARSED,
	outcomeOf,
	shrink,
	witnessOf,
	type Found,
	type Pair
} from './compare-output';
import { nearMissGroups, nearMissOf, type NearMiss } from './probes/near-misses';
import { patternsOf } from './probes/characters';
import { deepGroups, planParts, quickGroups, type ProbeGroup } from './probes/probes';
import type { ProbePlan } from './probes/tokens';
import { endlessText } from './regex/strings';
import { templateWitness } from './special-tokens';
import type { ConfigDifference, OutputFindings, Witness } from './types';
import { orNull } from './calls';

/** Number of inputs between progress reports. */
const PROGRESS_STEP = 512;
/**
 * For each group of probes, the maximum number of stored inputs for which A and B give different output. The most
 * readable ones are kept.
 */
const MAX_STORED_INPUTS = 400;
/** Maximum number of inputs on which to try changing each field alone. */
const MAX_BLAMED_INPUTS = 3000;
const MAX_WITNESSES = 5;
const MAX_NEAR_MISSES = 6000;
const MAX_NEAR_MISS_UNITS = 18;

interface StagePair {
	readonly stage: 'normalizer' | 'pre_tokenizer';
	readonly a: StageRun;
	readonly b: StageRun;
}

/**
 * Tries inputs on two tokenizers (first a few, then many) and finds out which differing fields change the output. The
 * findings can be read at any time.
 */
export class Probing {
	readonly #plan: ProbePlan;
	readonly #pair: Pair;
	readonly #differences: readonly FieldDifference[];
	readonly #rows: number;
	/** Whether A also has ids without an embedding row, so that even texts with the same ids on both sides can crash. */
	readonly #checksRows: boolean;
	readonly #found = new Map<string, Found[]>();
	readonly #problems: string[] = [];
	readonly #nearMisses: NearMiss[] = [];
	readonly #stageRuns: readonly StagePair[];
	/** Whether B's patterns backtrack excessively, but A's don't. */
	#endless = false;
	/** Maximum length of texts to try, in UTF-16 code units; Infinity unless a pattern backtracks excessively. */
	#maxTextUnits = Infinity;
	/** Witness that the templates differ, found without probing. */
	readonly #templateWitness: Witness | null;
	/** For each field blamed for a difference in output, an input whose output differs. */
	readonly #blamed = new Map<FieldDifference, Found>();
	#triedAlone = 0;
	/** The most readable input for which B returns an id without an embedding row or one side throws. */
	#crash: Found | null = null;
	#probes = 0;
	#differing = 0;
	#depth: OutputFindings['depth'];
	#shrunk = new Map<string, Witness>();

	/**
	 * @param rows number of rows in the model's embedding matrix
	 * @param readsMayDiffer see {@link Pair}
	 */
	constructor(
		plan: Omit<ProbePlan, 'longestRun' | 'fields'>,
		differences: readonly FieldDifference[],
		rows: number,
		readsMayDiffer: Pair['readsMayDiffer']
	) {
		const { a, b } = plan;
		this.#differences = differences;
		this.#rows = rows;
		this.#pair = { a, b, readsMayDiffer };
		const open = differences.filter(isOpen);
		this.#checksRows = a.vocabularySize > rows;
		const needsProbes = open.length > 0 || this.#checksRows;
		this.#depth = needsProbes ? 'quick' : 'proven';
		const fields = open.map(({ field }) => field);
		// The same object is passed to `#longestRun`, because the parts of Unicode are computed once per plan object.
		const whole = { ...plan, longestRun: Infinity, fields };
		if (needsProbes) whole.longestRun = this.#longestRun(whole);
		this.#plan = whole;
		const stages = new Set(open.map(({ stage }) => stage));
		this.#stageRuns = (['normalizer', 'pre_tokenizer'] as const)
			.filter((stage) => stages.has(stage))
			.map((stage) => ({ stage, a: runStage(stage, a.spec, a), b: runStage(stage, b.spec, a) }));
		this.#templateWitness = templateWitness(a, b);
	}

	/** Whether the length of texts is limited because a pattern backtracks excessively. */
	get isBounded(): boolean {
		return this.#maxTextUnits !== Infinity;
	}

	quick(): void {
		if (this.#depth !== 'quick') return;
		for (const group of quickGroups(this.#plan)) {
			for (const text of group.texts()) this.#try(group, text);
		}
		this.#blame();
	}

	/** Tries the remaining inputs until every field has a witness. Yields the fraction completed. */
	*deep(): Generator<number, void> {
		if (this.#depth !== 'quick') return;
		const groups = this.#isSettled() ? [] : deepGroups(this.#plan);
		const all = groups.reduce((sum, { size }) => sum + size, 0);
		let before = 0;
		for (const group of groups) {
			for (const share of this.#run(group)) yield (before + share) / all;
			before += group.size;
			if (this.#isSettled()) break;
		}
		if (!this.#isSettled()) {
			for (const texts of nearMissGroups(this.#plan, planParts(this.#plan), this.#nearMisses)) {
				const name = 'near misses';
				const steps = this.#run({ name, size: 1, texts, seeksNearMisses: true });
				while (!steps.next().done) yield 1;
			}
		}
		this.#depth = 'deep';
	}

	/** Tries the inputs of a group, then finds out which fields change the output. Yields the number of inputs tried. */
	*#run(group: ProbeGroup): Generator<number, void> {
		let count = 0;
		for (const text of group.texts()) {
			this.#try(group, text);
			if (++count % PROGRESS_STEP === 0) yield Math.min(count, group.size);
		}
		this.#blame();
		yield group.size;
	}

	get output(): OutputFindings {
		const witnesses = this.#witnesses();
		return {
			probes: this.#probes,
			differing: this.#differing,
			depth: this.#depth,
			witnesses,
			severity:
				this.#crash !== null || this.#endless
					? 'crash'
					: witnesses.length > 0 ||
						  this.#differences.some(({ proven }) => proven?.severity === 'silent')
						? 'silent'
						: null,
			problems: this.#problems
		};
	}

	get config(): readonly ConfigDifference[] {
		return this.#differences.map((difference) => this.#describe(difference));
	}

	#try(group: ProbeGroup, text: string): void {
		if (text.length > this.#maxTextUnits) return;
		this.#probes++;
		const use = differingUse(this.#pair, text);
		if (use === null) {
			if (this.#checksRows) this.#tryCrash(foundOn(text, PARSED));
			if (group.seeksNearMisses) this.#noteNearMiss(text);
			return;
		}
		this.#differing++;
		const list = this.#found.get(group.name) ?? [];
		const found = foundOn(text, use);
		list.push(found);
		if (list.length > 2 * MAX_STORED_INPUTS) list.sort(byEffort).splice(MAX_STORED_INPUTS);
		this.#found.set(group.name, list);
		this.#tryCrash(found);
	}

	#noteNearMiss(text: string): void {
		if (this.#nearMisses.length >= MAX_NEAR_MISSES || text.length > MAX_NEAR_MISS_UNITS) return;
		for (const { a, b } of this.#stageRuns) {
			const nearMiss = nearMissOf(text, a(text), b(text));
			if (nearMiss) this.#nearMisses.push(nearMiss);
		}
	}

	#tryCrash(found: Found): void {
		if (this.#crash && byEffort(this.#crash, found) <= 0) return;
		if (this.#crashesOn(found)) this.#crash = found;
	}

	#crashesOn({ text, use }: Pick<Found, 'text' | 'use'>): boolean {
		const b = outcomeOf(this.#pair.b, text, use);
		return (
			b.error !== undefined ||
			b.ids.some((id) => id >= this.#rows) ||
			outcomeOf(this.#pair.a, text, use).error !== undefined
		);
	}

	#isSettled(): boolean {
		return (
			this.#differing > 0 &&
			(this.#plan.areUnrelated ||
				this.#differences.every((one) => !isOpen(one) || this.#blamed.has(one)))
		);
	}

	#inputs(): Found[] {
		return [...this.#found.values()].flat().sort(byEffort);
	}

	/**
	 * Tries changing each field alone on inputs whose output differs. A field is to blame if changing only that field of
	 * A to B's value changes the output for one of these inputs. If no single field is to blame, blames all the fields.
	 */
	#blame(): void {
		const open = this.#differences.filter(isOpen);
		const inputs = this.#inputs();
		if (inputs.length === 0 || inputs.length === this.#triedAlone) return;
		this.#triedAlone = inputs.length;
		if (open.length === 1) {
			this.#blamed.set(open[0], inputs[0]);
			return;
		}
		if (this.#plan.areUnrelated) {
			this.#blameStrangers(open, inputs);
			return;
		}
		for (const difference of open) {
			if (this.#blamed.has(difference)) continue;
			const alone = this.#alone(difference);
			if (!alone) continue;
			const found = inputs
				.slice(0, MAX_BLAMED_INPUTS)
				.find(({ text }) => differingUse({ ...this.#pair, b: alone, readsMayDiffer: 'all' }, text));
			if (found) this.#blamed.set(difference, found);
		}
		if (this.#blamed.size === 0) {
			for (const difference of open) this.#blamed.set(difference, inputs[0]);
		}
	}

	/**
	 * Changing one field at a time is useless if the vocabularies have little in common. Instead, blames the tables, and
	 * runs each stage alone: its fields are to blame if A's stage and B's stage give different output for some input.
	 */
	#blameStrangers(open: readonly FieldDifference[], inputs: readonly Found[]): void {
		for (const difference of open) {
			const run = this.#stageRuns.find(({ stage }) => stage === difference.stage);
			const found = run
				? inputs.find(({ text }) => run.a(text).join('\u0000') !== run.b(text).join('\u0000'))
				: isOfTables(difference)
					? inputs[0]
					: undefined;
			if (found) this.#blamed.set(difference, found);
		}
	}

	readonly #aloneTokenizers = new Map<FieldDifference, Tokenizer | null>();

	/** A with B's value for one field; `null` if the result isn't a valid tokenizer. */
	#alone(difference: FieldDifference): Tokenizer | null {
		let found = this.#aloneTokenizers.get(difference);
		if (found === undefined) {
			found = orNull(() => createTokenizer(difference.apply(this.#pair.a.spec)));
			this.#aloneTokenizers.set(difference, found);
		}
		return found;
	}

	/**
	 * Witnesses in order: the one for the crash, the most readable input, one per field, and the one for the templates.
	 */
	#witnesses(): Witness[] {
		const found = [
			...(this.#crash ? [this.#crash] : []),
			...this.#inputs().slice(0, 1),
			...this.#blamed.values()
		];
		const witnesses = found.map((one) => this.#shrunkWitness(one));
		const all = [...witnesses, ...(this.#templateWitness ? [this.#templateWitness] : [])];
		const seen = new Set<string>();
		return all
			.filter(({ does, inputs, special }) => {
				const key = JSON.stringify([does, inputs, special]);
				return !seen.has(key) && seen.add(key);
			})
			.slice(0, MAX_WITNESSES);
	}

	#shrunkWitness(found: Found): Witness {
		const key = `${found.use.special} ${found.use.skipSpecial} ${found.text}`;
		let witness = this.#shrunk.get(key);
		if (!witness) {
			const { use } = found;
			const text =
				found === this.#crash
					? shrink(found.text, (shorter) => this.#crashesOn({ text: shorter, use }))
					: shrink(found.text, differsAs(this.#pair, found.text, use));
			this.#shrunk.set(key, (witness = witnessOf(this.#pair, text, found.use)));
		}
		return witness;
	}

	#describe(difference: FieldDifference): ConfigDifference {
		const { field, a, b, proven, stage, what } = difference;
		const common = {
			field,
			a: JSON.stringify(a),
			b: JSON.stringify(b),
			example: null,
			witness: null,
			proven: proven !== undefined
		};
		if (proven) return { ...common, severity: proven.severity, sentence: proven.because };
		const prefix = what ? `${what}. ` : '';
		const blamed = this.#blamed.get(difference);
		const witness = isTemplate(difference)
			? this.#templateWitness
			: blamed && this.#shrunkWitness(blamed);
		if (!witness) {
			const tries = describeTries(this.#probes, this.#plan.areUnrelated);
			return { ...common, severity: 'harmless', sentence: prefix + tries };
		}
		const example = stage && witness.inputs.length === 1 ? this.#exampleOf(stage, witness) : null;
		const seen = describeFieldWitness(witness, example && (stage ?? null));
		return { ...common, severity: 'silent', sentence: prefix + seen, witness, example };
	}

	#exampleOf(stage: Stage, { inputs: [input] }: Witness): ConfigDifference['example'] {
		const { a, b } = this.#pair;
		const [ofA, ofB] = [a, b].map(({ spec }) => runStage(stage, spec, a)(input));
		return JSON.stringify(ofA) === JSON.stringify(ofB) ? null : { input, a: ofA, b: ofB };
	}

	/**
	 * Length of the longest run of a repeated string that is safe to try: half the length of the shortest text on which
	 * a pattern backtracks excessively.
	 */
	#longestRun(plan: ProbePlan): number {
		const endless = (['a', 'b'] as const).map((side) =>
			patternsOf([plan[side].spec]).flatMap((pattern) => {
				// Scanners run the published patterns without backtracking.
				if (scannerFor(pattern.source)) return [];
				const text = endlessText(pattern, planParts(plan));
				return text === null ? [] : [{ name: side.toUpperCase(), source: pattern.source, text }];
			})
		);
		for (const { name, source, text } of endless.flat()) {
			this.#problems.push(
				`${name}’s pattern ${quote(source)} backtracks without end on ${quote(text)}. Longer texts were not tried.`
			);
			this.#maxTextUnits = Math.min(this.#maxTextUnits, Math.floor(text.length / 2));
		}
		this.#endless = endless[0].length === 0 && endless[1].length > 0;
		return this.#maxTextUnits;
	}
}

const isTemplate = ({ field }: FieldDifference): boolean => field === 'post_processor';

/** Whether the effect of a field can be determined only by trying inputs. */
const isOpen = (difference: FieldDifference): boolean =>
	!difference.proven && !isTemplate(difference);

const isOfTables = ({ field }: FieldDifference): boolean =>
	/^(model\.(vocab|merges)|added_tokens)/.test(field);
