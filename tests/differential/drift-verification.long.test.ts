import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nativeLibrary } from '../support/native-library';
import { SEED } from '../support/random-texts';
import { ROOT } from '../support/launcher';
import { portions, type Job } from '../verify-drift/jobs';
import { isInnocent, mustStop, passes, type Outcome } from '../verify-drift/judge-pair';
import { judgePairs } from '../verify-drift/pool';
import { patternsOf } from '../verify-drift/probes';
import { parseRegex, printRegex } from '../verify-drift/regex';
import { installedSources } from '../verify-drift/sources';
import type { Pair, TokenizerJson } from '../verify-drift/types';

/** A sample of `npm run verify:drift` that needs neither a network nor Python. */
const SAMPLED = ['llama2', 'deepseek_v3', 'llama3', 'qwen3'];
const QUOTA = { loud: 10, quiet: 4, only: null };
/** Stops a test that hangs. On a busy machine, it takes ten minutes. */
const TIME_LIMIT_MS = 1_800_000;
const FOLDER = join(ROOT, 'tests/oracle/drift-pairs');

console.log(`drift verification: SEED=${SEED} runs the same again`);

it('every pattern of the packages is printed as it was read', () => {
	const patterns = installedSources(ROOT).flatMap(({ path }) => {
		const { normalizer, pre_tokenizer, decoder } = JSON.parse(
			readFileSync(path, 'utf8')
		) as TokenizerJson;
		return patternsOf([normalizer, pre_tokenizer, decoder]);
	});
	expect(patterns.length).toBeGreaterThanOrEqual(5);
	expect(patterns.map((pattern) => printRegex(parseRegex(pattern)))).toEqual(patterns);
});

async function outcomesOf(jobs: readonly Job[]): Promise<Outcome[]> {
	const outcomes: Outcome[] = [];
	await judgePairs(jobs, {
		...{ workers: 1, compared: 0 },
		onOutcome: (outcome) => outcomes.push(outcome)
	});
	return outcomes;
}

const shown = ({ id, class: className, name, truth, verdict, error }: Outcome): string =>
	`${id} ${className} ${name}: ${truth}, ${verdict ?? error}`;

describe.skipIf(!nativeLibrary)('the judge of drift against the native library', () => {
	it(
		'the native library agrees with the name of every small pair',
		async () => {
			const textOf = (name: string) => readFileSync(join(FOLDER, name), 'utf8');
			const pairs = readdirSync(FOLDER)
				.filter((name) => name.endsWith('-a.json'))
				.map((file): Pair => {
					const [id, b] = [file.slice(0, -'-a.json'.length), file.replace(/a.json$/, 'b.json')];
					return { id, class: 'small', name: '', a: textOf(file), b: textOf(b) };
				})
				// Pairs with the same A follow each other, so that the native answers are reused.
				.sort((one, other) => one.a.localeCompare(other.a));
			const outcomes = await outcomesOf([{ chosen: [...pairs.keys()], pairs: () => pairs }]);
			// The native library ignores the ids of added tokens, so only transformers.js differs.
			const changes = (id: string) => id.startsWith('p') && id !== 'p10-added-ids-swapped';
			const isReal = ({ truth }: Outcome) => ['real', 'refused', 'aborts'].includes(truth);
			expect(outcomes).toHaveLength(pairs.length);
			expect(outcomes.filter((one) => isReal(one) !== changes(one.id)).map(shown)).toEqual([]);
		},
		TIME_LIMIT_MS
	);

	it(
		'no sampled change passes, no copy is stopped, every witness reproduces',
		async () => {
			const sources = installedSources(ROOT).filter(({ name }) => SAMPLED.includes(name));
			const outcomes = await outcomesOf(
				sources.flatMap((source) => portions({ source, vocabulary: 'reduced', seed: SEED }, QUOTA))
			);
			const [changed, innocent] = [outcomes.filter(mustStop), outcomes.filter(isInnocent)];
			expect(changed.length).toBeGreaterThanOrEqual(25);
			expect(innocent.length).toBeGreaterThanOrEqual(8);
			expect(changed.filter(passes).map(shown)).toEqual([]);
			expect(innocent.filter((outcome) => !passes(outcome)).map(shown)).toEqual([]);
			expect(outcomes.flatMap(({ id, wrong }) => wrong.map((reason) => `${id} ${reason}`))).toEqual(
				[]
			);
		},
		TIME_LIMIT_MS
	);
});
