/** Divides the pairs to judge into jobs for the workers. */
import { readFileSync } from 'node:fs';
import { randomFrom, type Random } from '../support/random-texts';
import { allMutations, tableMutations } from './mutations';
import { reduceTokenizer } from './reduce';
import type { Source } from './sources';
import type { Mutation, Pair, TokenizerJson } from './types';

export interface Job {
	/** Indexes of the job's pairs. */
	readonly chosen: readonly number[];
	/** Generates the pairs one by one, because files with their whole vocabulary are large. */
	readonly pairs: (chosen: readonly number[]) => Iterable<Pair>;
}

/** Whether a file has a reduced vocabulary or its whole vocabulary. */
export type Vocabulary = 'reduced' | 'whole';

export interface Selection {
	readonly source: Source;
	readonly vocabulary: Vocabulary;
	readonly seed: number;
}

/**
 * Classes of mutations that mostly have no effect. Their pairs take longest, because no probe reveals a difference, so
 * every probe is tried.
 */
const QUIET = [
	...['equal', 'formatting', 'no effect', 'offsets only', 'overflow only', 'type ids', 'D11'],
	...['D12', 'D13']
];

/** Maximum number of pairs per job. For each job, a worker runs the native library on A once. */
const PORTION = 100;

function mutationsOf({ source, vocabulary, seed }: Selection): {
	text: string;
	mutations: Mutation[];
} {
	const whole = JSON.parse(readFileSync(source.path, 'utf8')) as TokenizerJson;
	if (vocabulary === 'whole')
		return { text: JSON.stringify(whole), mutations: tableMutations(whole, seed, 10) };
	const file = reduceTokenizer(whole);
	return { text: JSON.stringify(file), mutations: allMutations(file, seed, 9) };
}

interface Quota {
	/**
	 * Maximum number of mutations in classes where mutations usually have an effect; `quiet` is for {@link QUIET} classes.
	 */
	readonly loud: number;
	readonly quiet: number;
	/** The only class to include; `null` for all classes. */
	readonly only: string | null;
}

/** Jobs for the mutations of one file. Each job covers all classes. */
export function portions(selection: Selection, { loud, quiet, only }: Quota): Job[] {
	const { source, seed } = selection;
	const random = randomFrom(seed + source.name.length);
	const wanted = Array.from(mutationsOf(selection).mutations.entries()).filter(
		([, mutation]) => only === null || mutation.class === only
	);
	const isQuiet = ([, mutation]: (typeof wanted)[number]) => QUIET.includes(mutation.class);
	const chosen = [
		...spread(
			wanted.filter((one) => !isQuiet(one)),
			loud,
			random
		),
		...spread(wanted.filter(isQuiet), quiet, random)
	];
	return Array.from({ length: Math.ceil(chosen.length / PORTION) }, (_, i) =>
		jobOf(selection, chosen.slice(i * PORTION, (i + 1) * PORTION))
	);
}

/** Takes mutations from all classes in turn, in random order within each class. */
function spread(
	candidates: readonly (readonly [index: number, mutation: Mutation])[],
	most: number,
	random: Random
): number[] {
	const turns = new Map<string, { i: number; key: number }[]>();
	for (const [i, { class: name }] of candidates) {
		// Patterns have by far the most mutations, so take three pattern mutations in each round.
		const turn = name === 'regex' ? `regex ${i % 3}` : name;
		const list = turns.get(turn) ?? [];
		list.push({ i, key: random() });
		turns.set(turn, list);
	}
	const byKey = <T extends { key: number }>(items: T[]) => items.sort((a, b) => a.key - b.key);
	// Different files start with different classes, so that a few mutations per file cover all classes.
	const lists = byKey([...turns.values()].map((list) => ({ list: byKey(list), key: random() })));
	const rounds = Math.max(0, ...lists.map(({ list }) => list.length));
	return Array.from({ length: rounds }, (_, round) =>
		lists.flatMap(({ list }) => list.slice(round, round + 1).map(({ i }) => i))
	)
		.flat()
		.slice(0, most);
}

export const jobOf = (selection: Selection, chosen: readonly number[]): Job => ({
	chosen,
	*pairs(indexes) {
		const { source, vocabulary } = selection;
		const { text, mutations } = mutationsOf(selection);
		const prefix = `${source.name}${vocabulary === 'reduced' ? '' : `-${vocabulary}`}`;
		for (const i of indexes) {
			const { class: className, name, from: a = text, probes, apply } = mutations[i];
			const b = apply();
			// A mutation may find nothing to change in the file.
			if (a !== b) yield { id: `${prefix}/${i}`, class: className, name, a, b, probes };
		}
	}
});

/** The job for a pair named in a report; `null` if the pair's file doesn't exist. */
export function jobOfPair(id: string, sources: readonly Source[], seed: number): Job | null {
	const [, name, vocabulary = 'reduced', index] = /^(.+?)(?:-(whole))?\/(\d+)$/.exec(id) ?? [];
	const source = sources.find((source) => source.name === name);
	return source
		? jobOf({ source, vocabulary: vocabulary as Vocabulary, seed }, [Number(index)])
		: null;
}
