/** Pairs to judge, in jobs for the workers. */
import { readFileSync } from 'node:fs';
import { randomFrom, type Random } from '../support/random-texts';
import { allMutations, tableMutations } from './mutations';
import { joinedMutations } from './mutations/joined-characters';
import type { Pair } from './pair-judge';
import { reduceTokenizer } from './reduce';
import type { Source } from './sources';
import type { PairMutation, TokenizerJson } from './types';

export type Job =
	| {
			readonly kind: 'mutations';
			readonly source: Source;
			readonly vocabulary: Vocabulary;
			readonly seed: number;
			/** Indexes of the mutations. */
			readonly chosen: readonly number[];
	  }
	| { readonly kind: 'resaves'; readonly pairs: readonly ResavedFile[] };

/**
 * How much of the vocabulary is there: a sample of it, all, or (in files that are written so) only characters, their parts
 * and tokens that join parts of two.
 */
export type Vocabulary = 'reduced' | 'whole' | 'joined';

export interface ResavedFile {
	readonly id: string;
	readonly name: string;
	readonly original: string;
	readonly saved: string;
}

/** Classes in which most mutations change nothing. They take longest, because every probe is tried. */
const QUIET = [
	...['equal', 'formatting', 'no effect', 'offsets only', 'overflow only', 'type ids', 'D11'],
	...['D12', 'D13']
];

/** Pairs per job. A worker asks native for A's answers once per job. */
const PORTION = 100;
const TABLES = { reduced: 9, whole: 10 };

/** The text of A and every mutation of it. */
function mutationsOf(job: { source: Source; vocabulary: Vocabulary; seed: number }): {
	text: string;
	mutations: PairMutation[];
} {
	const text = readFileSync(job.source.path, 'utf8');
	const whole = JSON.parse(text) as TokenizerJson;
	if (job.vocabulary === 'joined')
		return { text: JSON.stringify(whole), mutations: joinedMutations(whole, job.seed) };
	if (job.vocabulary === 'whole') {
		const mutations = tableMutations(whole, job.seed, TABLES.whole);
		return { text: JSON.stringify(whole), mutations };
	}
	const file = reduceTokenizer(whole);
	return { text: JSON.stringify(file), mutations: allMutations(file, job.seed, TABLES.reduced) };
}

interface Quota {
	readonly vocabulary: Vocabulary;
	readonly loud: number;
	readonly quiet: number;
	/** A class; `null` for all. */
	readonly only: string | null;
}

/** Jobs for the mutations of one file, with all classes in each. */
export function portions(source: Source, seed: number, quota: Quota): Job[] {
	const { mutations } = mutationsOf({ source, vocabulary: quota.vocabulary, seed });
	const random = randomFrom(seed + source.name.length);
	const wanted = mutations.map((mutation, i) => ({ mutation, i }));
	const ofClass = (name: string) => quota.only === null || name === quota.only;
	const isQuiet = (name: string) => QUIET.includes(name);
	const candidates = (quiet: boolean) =>
		wanted.filter(({ mutation }) => ofClass(mutation.class) && isQuiet(mutation.class) === quiet);
	const chosen = [
		...spread(candidates(false), quota.loud, random),
		...spread(candidates(true), quota.quiet, random)
	];
	const { vocabulary } = quota;
	return Array.from({ length: Math.ceil(chosen.length / PORTION) }, (_, i) => {
		const portion = chosen.slice(i * PORTION, (i + 1) * PORTION);
		return { kind: 'mutations', source, vocabulary, seed, chosen: portion };
	});
}

/** The job of a pair that a report names; `null` if there is no such file. */
export function jobOf(id: string, sources: readonly Source[], seed: number): Job | null {
	const [, name, vocabulary = 'reduced', index] =
		/^(.+?)(?:-(whole|joined))?\/(\d+)$/.exec(id) ?? [];
	const source = sources.find((source) => source.name === name);
	if (!source) return null;
	const chosen = [Number(index)];
	return { kind: 'mutations', source, vocabulary: vocabulary as Vocabulary, seed, chosen };
}

/** Takes mutations of all classes by turns, in random order within a class. */
function spread(
	candidates: readonly { mutation: PairMutation; i: number }[],
	most: number,
	random: Random
): number[] {
	const classes = new Map<string, { i: number; key: number }[]>();
	for (const { mutation, i } of candidates) {
		// Patterns have by far the most mutations, so they get three turns.
		const turn = mutation.class === 'regex' ? `regex ${i % 3}` : mutation.class;
		const list = classes.get(turn) ?? [];
		list.push({ i, key: random() });
		classes.set(turn, list);
	}
	const shuffled = (list: { i: number; key: number }[]) => list.sort((a, b) => a.key - b.key);
	// Every file starts with a different class, so that a few mutations of each file cover all classes.
	const lists = [...classes.values()]
		.map((list) => ({ list: shuffled(list), key: random() }))
		.sort((a, b) => a.key - b.key)
		.map(({ list }) => list);
	const chosen: number[] = [];
	for (let round = 0; chosen.length < most && lists.some((list) => round < list.length); round++) {
		for (const list of lists) {
			if (round < list.length && chosen.length < most) chosen.push(list[round].i);
		}
	}
	return chosen;
}

/** The pairs of a job, generated one by one because whole files are large. */
export function* pairsOf(job: Job): Generator<Pair> {
	if (job.kind === 'resaves') {
		for (const { id, name, original, saved } of job.pairs) {
			const [a, b] = [original, saved].map((path) => readFileSync(path, 'utf8'));
			yield { id, class: 're-save', name, a, b };
		}
		return;
	}
	const { text, mutations } = mutationsOf(job);
	const prefix = `${job.source.name}${job.vocabulary === 'reduced' ? '' : `-${job.vocabulary}`}`;
	for (const i of job.chosen) {
		const mutation = mutations[i];
		const { class: className, name, probes } = mutation;
		const a = mutation.from ?? text;
		const b = mutation.apply();
		// A mutation may find nothing to change.
		if (a !== b)
			yield { id: `${prefix}/${i}`, class: className, name, a, b, ...(probes ? { probes } : {}) };
	}
}
