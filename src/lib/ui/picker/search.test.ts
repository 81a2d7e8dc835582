import { describe, expect, it } from 'vitest';
import { search, type PickerModel, type PickerTokenizer } from './search';

const model = (maker: string, name: string): PickerModel => ({
	maker,
	name,
	source: 'https://example.org',
	asOf: '2026-01-02'
});

const tokenizer = (
	id: string,
	family: string,
	preTokenizer: string,
	...models: PickerModel[]
): PickerTokenizer => ({
	entry: {
		id,
		family,
		preTokenizer,
		vocabularySize: 100,
		kind: 'byte-level BPE',
		licence: { name: 'MIT', url: 'https://example.org' },
		source: { package: 'p', version: '1' }
	},
	models
});

const GPT4 = model('OpenAI', 'GPT-4');
const GPT4O = model('OpenAI', 'GPT-4o');
const MINI = model('OpenAI', 'GPT-4o mini');
const CL100K = tokenizer('cl100k_base', 'OpenAI', 'Numbers in threes', GPT4);
const O200K = tokenizer('o200k_base', 'OpenAI', 'Split at a change of case', GPT4O, MINI);
const QWEN = tokenizer('qwen3', 'Alibaba', 'NFC first', model('Alibaba', 'Qwen3'));
const ALL = [CL100K, O200K, QWEN];
const CLAUDE = model('Anthropic', 'Claude Opus 4');
const GEMINI = model('Google', 'Gemini 3');

/** Ids that are found, each with its models, and unavailable models in brackets. */
function found(query: string) {
	const { tokenizers, unavailable } = search(ALL, [CLAUDE, GEMINI], query);
	return [
		...tokenizers.map(({ entry, models }) =>
			[entry.id, ...models.map(({ name }) => name)].join(' ')
		),
		...unavailable.map(({ name }) => `(${name})`)
	];
}

describe('search', () => {
	it.each(['', '   ', '-'])('finds everything for %j', (query) => {
		expect(found(query)).toEqual([
			'cl100k_base GPT-4',
			'o200k_base GPT-4o GPT-4o mini',
			'qwen3 Qwen3',
			'(Claude Opus 4)',
			'(Gemini 3)'
		]);
	});

	it('shows a tokenizer found by a model with matching models only', () => {
		expect(found('mini')).toEqual(['o200k_base GPT-4o mini', '(Gemini 3)']);
		expect(found('gpt-4')).toEqual(['cl100k_base GPT-4', 'o200k_base GPT-4o GPT-4o mini']);
	});

	it.each(['gpt4o', 'GPT-4o', 'gpt_4O', 'gpt.4o'])('ignores case and punctuation: %s', (query) => {
		expect(found(query)).toEqual(['o200k_base GPT-4o GPT-4o mini']);
	});

	it('shows a tokenizer found by itself with all its models', () => {
		expect(found('o200k')).toEqual(['o200k_base GPT-4o GPT-4o mini']);
		expect(found('cl100k base')).toEqual(['cl100k_base GPT-4']);
	});

	it('finds by an alias', () => {
		const aliased = { ...CL100K, entry: { ...CL100K.entry, aliases: ['old_base'] } };
		expect(search([aliased, QWEN], [], 'old').tokenizers).toEqual([aliased]);
	});

	it('finds by family and by how it works', () => {
		expect(found('alibaba')).toEqual(['qwen3 Qwen3']);
		expect(found('threes')).toEqual(['cl100k_base GPT-4']);
		expect(found('byte-level nfc')).toEqual(['qwen3 Qwen3']);
	});

	it('requires every word, in any order, of maker and model together', () => {
		expect(found('mini openai')).toEqual(['o200k_base GPT-4o mini']);
		expect(found('claude anthropic')).toEqual(['(Claude Opus 4)']);
		expect(found('claude openai')).toEqual([]);
	});

	it.each(['claude opus 4.5', 'claude-opus-4-5', 'Claude 9'])(
		'finds an unavailable model without its version if nothing else matches: %s',
		(query) => {
			expect(found(query)).toEqual(['(Claude Opus 4)']);
		}
	);

	it.each(['qwen 9', '9'])('finds no available model of another version: %s', (query) => {
		expect(found(query)).toEqual([]);
	});

	it('keeps the order and the entries themselves', () => {
		const { tokenizers, unavailable } = search(ALL, [CLAUDE, GEMINI], 'base');
		expect(tokenizers).toEqual([CL100K, O200K]);
		expect(tokenizers[0]).toBe(CL100K);
		expect(unavailable).toEqual([]);
	});
});
