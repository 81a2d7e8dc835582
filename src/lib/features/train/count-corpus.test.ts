import { expect, it } from 'vitest';
import {
	fakeTraining,
	fileOf,
	textOf,
	THREE_MERGES
} from '../../../../tests/support/fake-training';
import { encodeUtf8 } from '../../engine/text/utf8';
import { WorkerError } from '../../workers/client';
import type { CountResult } from '../../session/calls/counting';
import type { Progress } from '../../workers/protocol';
import type { Corpus } from './corpus';
import { countCorpus } from './count-corpus';
import type { TrainingWorkers } from '../../session/calls/training';

type Count = TrainingWorkers['count'];

/** Counts a corpus with workers that answer as `count` does, and records requests and answers. */
async function run(corpus: Corpus, count: Count, rules = THREE_MERGES, counters = 2) {
	const { workers, stops } = fakeTraining(counters);
	const asked: Parameters<Count>[0][] = [];
	const progress: Progress[] = [];
	const counting = {
		...workers,
		count: ((params, options) => {
			asked.push(params);
			return count(params, options);
		}) satisfies Count
	};
	const { signal } = new AbortController();
	const onprogress = (step: Progress) => progress.push(step);
	const counted = countCorpus(corpus, rules, counting, { signal, onprogress });
	const outcome = await counted.then(
		(result) => ({ result, error: null }),
		(error: unknown) => ({ result: null, error })
	);
	return { ...outcome, asked, progress, stops };
}

const counts = (pretoken: string): CountResult['counts'] => ({
	bytes: encodeUtf8(pretoken),
	ends: Uint32Array.of(pretoken.length),
	counts: Float64Array.of(1)
});

/** Two parts for two workers: 9 MB of lines. */
const LARGE = fileOf('large.txt', 'a line of text\n'.repeat(600_000));
const large: Corpus = { kind: 'file', file: LARGE, format: 'text' };

it('sends a text as it is, with its size', async () => {
	const { result } = await run(textOf('a\r\né'), () => Promise.reject(new Error('asked')));
	const corpus = { text: encodeUtf8('a\r\né') };
	expect(result).toEqual({ corpus, bytes: 5, chars: 4, matched: true });
});

it('counts the parts of a file in parallel, and adds up the results', async () => {
	const { result, asked, progress, stops } = await run(large, ({ corpus, byteStart }, options) => {
		options?.onprogress?.({ phase: 'count', bytes: 1000, total: corpus.size });
		options?.onprogress?.({ phase: 'prepare' });
		return Promise.resolve({
			counts: counts(byteStart === 0 ? 'first' : 'second'),
			bytes: corpus.size,
			chars: 10,
			matched: byteStart > 0
		});
	});
	expect(asked).toHaveLength(2);
	expect(asked[1].byteStart).toBe(asked[0].corpus.size);
	expect(asked.map(({ format, rules }) => ({ format, rules }))).toEqual(
		Array(2).fill({ format: 'text', rules: { pattern: 'gpt2', feed: 'lines' } })
	);
	expect(progress).toEqual([
		{ phase: 'count', bytes: 1000, total: LARGE.size },
		{ phase: 'count', bytes: 2000, total: LARGE.size }
	]);
	expect(result).toEqual({
		corpus: { parts: [counts('first'), counts('second')] },
		bytes: LARGE.size,
		chars: 20,
		matched: true
	});
	expect(stops).toHaveLength(1);
});

it('reads a table of counts as a whole', async () => {
	const table = fileOf('a.tsv', '"a"\t1\n');
	const { asked } = await run({ kind: 'file', file: table, format: 'counts' }, () =>
		Promise.resolve({ counts: counts('a'), bytes: 1, chars: 1, matched: true })
	);
	expect(asked).toMatchObject([{ format: 'counts', byteStart: 0 }]);
	expect(await asked[0].corpus.text()).toBe('"a"\t1\n');
});

it.each([
	[{ ties: 'first-seen' }, undefined, /^A table of counts has no order, so the first-seen pair is/],
	[{}, { pattern: 'o200k', feed: 'lines' }, /with the pattern .?o200k.?\. Choose that pattern/],
	[
		{},
		{ pattern: THREE_MERGES.pattern, feed: 'whole' },
		/counted with the pattern applied to the whole text\./
	]
] as const)('refuses a table under other rules: %j, %j', async (rules, counted, message) => {
	const table: Corpus = { kind: 'file', file: fileOf('a.tsv', ''), format: 'counts', counted };
	const refuse = () => Promise.reject(new Error('asked'));
	const { error, asked } = await run(table, refuse, { ...THREE_MERGES, ...rules });
	expect((error as Error).message).toMatch(message);
	expect(asked).toEqual([]);
});

it('names the file in an error, and stops the workers', async () => {
	const { error, stops } = await run(large, () =>
		Promise.reject(new WorkerError('not UTF-8 at byte 5 (0xFF)', false))
	);
	expect(error).toEqual(new Error('large.txt: not UTF-8 at byte 5 (0xFF)'));
	expect(stops).toHaveLength(1);
	// An error in a rule isn't about the file.
	const wrong = new WorkerError('never closed', false, 'pattern');
	expect((await run(large, () => Promise.reject(wrong))).error).toBe(wrong);
});

it('stops the workers at once after an abort, and only once', async () => {
	const { workers, stops, counts } = fakeTraining(1);
	const abort = new AbortController();
	const file: Corpus = { kind: 'file', file: fileOf('a.tsv', '"a"\t1\n'), format: 'counts' };
	const { signal } = abort;
	const ended = countCorpus(file, THREE_MERGES, workers, {
		signal,
		onprogress: () => undefined
	});
	signal.addEventListener('abort', () => counts[0].reject(new Error('stopped')));
	abort.abort();
	expect(stops).toEqual([1]);
	await expect(ended).rejects.toThrow('stopped');
	expect(stops).toEqual([1]);
});
