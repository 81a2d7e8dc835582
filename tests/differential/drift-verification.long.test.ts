import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nativeLibrary } from '../support/native-library';
import { SEED } from '../support/random-texts';
import { bundlePrograms, ROOT } from '../support/bundle.js';
import { CACHE } from '../verify-drift/cache';
import { pairsOf, portions } from '../verify-drift/jobs';
import { NativeJudge } from '../verify-drift/native';
import { mustStop, PairJudge, passes, type Outcome } from '../verify-drift/pair-judge';
import { patternsOf } from '../verify-drift/probes';
import { parseRegex, printRegex } from '../verify-drift/regex';
import { installedSources } from '../verify-drift/sources';
import type { TokenizerJson } from '../verify-drift/types';

/** A sample of `npm run verify:drift`, without network and Python. */
const SAMPLED = ['llama2', 'deepseek_v3', 'llama3', 'qwen3'];
const QUOTA = { vocabulary: 'reduced', loud: 10, quiet: 4, only: null } as const;
/** Stops a test that hangs. A busy machine takes ten minutes. */
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

describe.skipIf(!nativeLibrary)('the judge of drift against the native library', () => {
	let native: NativeJudge;
	let judge: PairJudge;

	beforeAll(async () => {
		const bundle = await bundlePrograms(
			{ 'native-child': 'tests/verify-drift/native-child.ts' },
			join(CACHE, 'sample')
		);
		const program = join(bundle, 'native-child.js');
		native = new NativeJudge(program);
		judge = new PairJudge(
			native,
			join(CACHE, 'sample/pairs'),
			join(CACHE, 'sample/labels/0.jsonl'),
			program,
			0
		);
	}, TIME_LIMIT_MS);

	afterAll(() => native.close());

	it(
		'the native library agrees with the name of every small pair',
		async () => {
			// Pairs with the same A follow each other, so that native's answers are reused.
			const textOf = (name: string) => readFileSync(join(FOLDER, name), 'utf8');
			const names = readdirSync(FOLDER)
				.filter((name) => name.endsWith('-a.json'))
				.sort((one, other) => textOf(one).localeCompare(textOf(other)));
			const wrong: string[] = [];
			for (const name of names.map((file) => file.slice(0, -'-a.json'.length))) {
				const [a, b] = ['a', 'b'].map((side) => join(FOLDER, `${name}-${side}.json`));
				const { truth } = await native.label(a, b, []);
				// Native ignores the ids of added tokens, so only transformers.js differs.
				const changes = name.startsWith('p') && name !== 'p10-added-ids-swapped';
				if (changes !== ['real', 'refused', 'aborts'].includes(truth))
					wrong.push(`${name}: ${truth}`);
			}
			expect(wrong).toEqual([]);
		},
		TIME_LIMIT_MS
	);

	it(
		'no sampled change passes, no copy is stopped, every witness reproduces',
		async () => {
			const outcomes: Outcome[] = [];
			for (const source of installedSources(ROOT).filter(({ name }) => SAMPLED.includes(name))) {
				for (const job of portions(source, SEED, QUOTA)) {
					for (const pair of pairsOf(job)) outcomes.push(await judge.judge(pair));
				}
			}
			const innocent = outcomes.filter(
				({ truth, unread }) => truth === 'innocent' && unread === null
			);
			const shown = ({ id, class: name, name: change, verdict, error }: Outcome) =>
				`${id} ${name} ${change}: ${verdict ?? error}`;
			expect(outcomes.filter(mustStop).length).toBeGreaterThanOrEqual(25);
			expect(innocent.length).toBeGreaterThanOrEqual(8);
			expect(outcomes.filter((outcome) => mustStop(outcome) && passes(outcome)).map(shown)).toEqual(
				[]
			);
			expect(innocent.filter((outcome) => !passes(outcome)).map(shown)).toEqual([]);
			expect(outcomes.flatMap(({ id, wrong }) => wrong.map((reason) => `${id} ${reason}`))).toEqual(
				[]
			);
		},
		TIME_LIMIT_MS
	);
});
