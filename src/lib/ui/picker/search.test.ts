import { expect, it } from 'vitest';
import { getDescriptor } from '../../tokenizers/catalogue';
import { PICKER_PRESETS, search, type PickerModel, type PickerTokenizer } from './search';

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
		kind: 'byte-level BPE'
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

/** Ids found, each with its models, followed by unavailable models in brackets. */
function found(query: string) {
	const { tokenizers, unavailable } = search(ALL, [CLAUDE, GEMINI], query);
	return [
		...tokenizers.map(({ entry, models }) =>
			[entry.id, ...models.map(({ name }) => name)].join(' ')
		),
		...unavailable.map(({ name }) => `(${name})`)
	];
}

const EVERYTHING = [
	'cl100k_base GPT-4',
	'o200k_base GPT-4o GPT-4o mini',
	'qwen3 Qwen3',
	'(Claude Opus 4)',
	'(Gemini 3)'
];
const [WITH_GPT4, WITH_GPT4O, WITH_QWEN, CLAUDE_ALONE] = EVERYTHING;

it.each([
	['everything for an empty query', ['', '   ', '-'], EVERYTHING],
	[
		'a tokenizer by a model, with matching models only',
		['mini'],
		['o200k_base GPT-4o mini', '(Gemini 3)']
	],
	['several tokenizers by their models', ['gpt-4'], [WITH_GPT4, WITH_GPT4O]],
	[
		'a model without regard to case and punctuation',
		['gpt4o', 'GPT-4o', 'gpt_4O', 'gpt.4o'],
		[WITH_GPT4O]
	],
	['a tokenizer by itself, with all its models', ['o200k'], [WITH_GPT4O]],
	['a tokenizer by the words of its name', ['cl100k base'], [WITH_GPT4]],
	['a tokenizer by its family and by how it works', ['alibaba', 'byte-level nfc'], [WITH_QWEN]],
	['a tokenizer by its pre-tokenizer', ['threes'], [WITH_GPT4]],
	[
		'a model by every word of its maker and name, in any order',
		['mini openai'],
		['o200k_base GPT-4o mini']
	],
	[
		'an unavailable model, without its version if nothing else matches',
		['claude anthropic', 'claude opus 4.5', 'claude-opus-4-5', 'Claude 9'],
		[CLAUDE_ALONE]
	],
	['no model of another maker or version', ['claude openai', 'qwen 9', '9'], []]
])('finds %s', (_, queries, results) => {
	for (const query of queries) expect(found(query), query).toEqual(results);
});

it('finds by an alias', () => {
	const aliased = { ...CL100K, entry: { ...CL100K.entry, aliases: ['old_base'] } };
	expect(search([aliased, QWEN], [], 'old').tokenizers).toEqual([aliased]);
});

it('has tokenizers of the catalogue, and models of 2026 where it says so', () => {
	for (const { name, ids } of PICKER_PRESETS)
		for (const { since, models } of ids.map(getDescriptor))
			if (name.includes('2026'))
				expect([since, ...models.map(({ released }) => released?.value ?? '')]).toContainEqual(
					expect.stringMatching(/^2026/)
				);
});
