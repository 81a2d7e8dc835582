import { sequence, STEPS, type StageName } from '../../support/spec-parts';
import type { Mutation, Stage, TokenizerJson } from '../types';

/** The steps of a stage: those of a Sequence, or the stage itself. */
export function stepsOf(file: TokenizerJson, name: StageName): readonly Stage[] {
	const stage = file[name];
	if (!stage) return [];
	return stage.type === 'Sequence' ? (stage[STEPS[name]] as readonly Stage[]) : [stage];
}

/**
 * Returns a copy of the file in which the steps of one stage are replaced. The stage becomes `null` if there are no
 * steps; a single step is wrapped in a Sequence only if the stage was a Sequence before.
 */
export function withSteps(
	file: TokenizerJson,
	name: StageName,
	steps: readonly Stage[]
): TokenizerJson {
	const alone = file[name]?.type !== 'Sequence';
	if (steps.length === 0) return { ...file, [name]: null };
	if (steps.length === 1 && alone) return { ...file, [name]: steps[0] };
	return { ...file, [name]: sequence(name, ...steps) };
}

export const withoutField = (step: object, field: string): object =>
	Object.fromEntries(Object.entries(step).filter(([name]) => name !== field));

export function change(
	className: string,
	name: string,
	changed: () => object,
	probes?: readonly string[]
): Mutation {
	const base = { class: className, name, apply: () => JSON.stringify(changed()) };
	return probes ? { ...base, probes } : base;
}

export type Add<T> = (
	className: string,
	name: string,
	value: T,
	probes?: readonly string[]
) => void;

/** Collects mutations of one part of a file, in the order in which they are added. */
export class Mutations {
	readonly list: Mutation[] = [];

	/** @param part prefix for mutation names */
	constructor(
		readonly file: TokenizerJson,
		readonly part: string
	) {}

	add(
		className: string,
		name: string,
		changed: () => object,
		probes?: readonly string[],
		from?: string
	): void {
		const mutation = change(className, `${this.part}: ${name}`, changed, probes);
		this.list.push(from === undefined ? mutation : { ...mutation, from });
	}

	set(className: string, name: string, fields: object): void {
		this.add(className, name, () => ({ ...this.file, ...fields }));
	}

	model(className: string, name: string, fields: () => object, probes?: readonly string[]): void {
		const { file } = this;
		const changed = () => ({ ...file, model: { ...file.model, ...fields() } });
		this.add(className, name, changed, probes);
	}

	text(className: string, name: string, apply: () => string): void {
		this.list.push({ class: className, name: `${this.part}: ${name}`, apply });
	}
}

export class StageMutations extends Mutations {
	readonly steps: readonly Stage[];

	constructor(
		file: TokenizerJson,
		readonly stage: StageName
	) {
		super(file, stage.replace('_', '-'));
		this.steps = stepsOf(file, stage);
	}

	to(className: string, name: string, steps: readonly Stage[]): void {
		this.add(className, name, () => withSteps(this.file, this.stage, steps));
	}

	last(className: string, name: string, step: Stage): void {
		this.to(className, name, [...this.steps, step]);
	}

	/** Adds a step after all others and, in a separate mutation, before them. */
	lastAndFirst(className: string, name: string, step: Stage): void {
		this.last(className, `${name} last`, step);
		if (this.steps.length > 0) this.to(className, `${name} first`, [step, ...this.steps]);
	}

	fields(className: string, name: string, i: number, fields: object): void {
		this.to(className, name, this.steps.with(i, { ...this.steps[i], ...fields }));
	}

	/** Toggles a step's flags, treating missing flags as false. */
	turn(className: string, nameOf: (field: string) => string, i: number, ...flags: string[]): void {
		for (const flag of flags)
			this.fields(className, nameOf(flag), i, { [flag]: this.steps[i][flag] !== true });
	}

	without(className: string, i: number): void {
		const rest = this.steps.filter((_, j) => j !== i);
		this.to(className, `without ${this.steps[i].type} ${i}`, rest);
	}

	twice(className: string, i: number): void {
		const twice = [
			...this.steps.slice(0, i),
			...this.steps.slice(i, i + 1),
			...this.steps.slice(i)
		];
		this.to(className, `${this.steps[i].type} ${i} twice`, twice);
	}

	/** Moves a step before its predecessor; does nothing for the first step. */
	earlier(className: string, i: number): void {
		const { steps } = this;
		if (i > 0)
			this.to(
				className,
				`${steps[i].type} ${i} one earlier`,
				steps.with(i, steps[i - 1]).with(i - 1, steps[i])
			);
	}

	/** Wraps the stage in a Sequence, or replaces a missing stage with an empty Sequence. */
	inSequence(): void {
		const stage = this.file[this.stage];
		const name = stage ? 'in a Sequence' : 'an empty Sequence';
		this.set('formatting', name, { [this.stage]: sequence(this.stage, ...(stage ? [stage] : [])) });
	}
}
