import { expect, it } from 'vitest';
import { DRIFT_CASES } from '../cases/cases';
import { filterCases, librariesOf, type Filters } from './filters';

const slugs = (filters: Partial<Filters>) =>
	filterCases(DRIFT_CASES, { query: '', stage: null, ...filters }).map(({ slug }) => slug);

it('finds cases with all words, in any order and case', () => {
	expect(slugs({ query: 'DIGIT deepseek' })).toContain('deepseek-digit-by-digit');
	expect(slugs({ query: 'digit  deepseek' })).toEqual(slugs({ query: 'deepseek DIGIT' }));
	expect(slugs({ query: 'deepseek digit' })).not.toContain('olmo2-split-as-gpt2');
	expect(slugs({ query: 'nothing has this' })).toEqual([]);
});

it('finds a case by its issue and by the field to blame', () => {
	expect(slugs({ query: 'llama.cpp#7193' })).toEqual(['ignore-merges-lost']);
	expect(slugs({ query: 'ignore_merges' })).toEqual(['ignore-merges-lost']);
});

it('combines the search, also for a project, with the filter', () => {
	expect(slugs({})).toHaveLength(DRIFT_CASES.length);
	expect(slugs({ stage: 'post-processor', query: 'vllm' })).toEqual(['two-bos']);
	expect(slugs({ stage: 'decoder', query: 'vllm' })).toEqual([]);
	expect(slugs({ query: 'rten' })).toEqual(['ignore-merges-lost']);
});

const librariesIn = (slug: string) =>
	librariesOf(DRIFT_CASES.find((item) => item.slug === slug) ?? DRIFT_CASES[0]);

it('names the projects of the sources once, and the library that runs here', () => {
	expect(librariesIn('two-bos')).toEqual([
		'llama-cpp-python',
		'vllm',
		'open-r1',
		'lm-evaluation-harness',
		'retaining-by-doing'
	]);
	expect(librariesIn('whisper-v3-moved-by-one')).toEqual(['faster-whisper', 'whisper']);
	expect(librariesIn('olmo2-post-trained-with-another-split')).toEqual(['llama.cpp']);
	expect(librariesIn('contractions-compiled-to-go')).toEqual(['tiktoken-go/tokenizer']);
	expect(librariesIn('byte-order-mark-lost-in-decoding')).toEqual(['js-tiktoken']);
	expect(librariesIn('contractions-of-o200k')).toEqual(['gpt-tokenizer']);
	expect(librariesIn('cl100k-read-by-o200k')).toEqual([]);
});
