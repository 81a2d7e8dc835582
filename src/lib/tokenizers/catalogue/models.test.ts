import { describe, expect, it } from 'vitest';
import { MODELS } from './models';
import { PRICE_PRESETS } from './prices';

const CATALOGUE_IDS = [
	'gpt2',
	'r50k_base',
	'p50k_base',
	'p50k_edit',
	'cl100k_base',
	'o200k_base',
	'o200k_harmony',
	'llama2',
	'llama3',
	'mistral-v1',
	'mistral-v3',
	'mistral-tekken',
	'qwen3',
	'deepseek-v3',
	'gemma3',
	'claude-legacy'
];

const tokenizerOf = new Map(MODELS.map((model) => [model.name, model.tokenizer]));

function duplicates(values: readonly string[]): string[] {
	return values.filter((value, at) => values.indexOf(value) !== at);
}

function isHttps(url: string): boolean {
	return URL.canParse(url) && new URL(url).protocol === 'https:';
}

function isDay(text: string): boolean {
	const time = Date.parse(`${text}T00:00:00Z`);
	return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text;
}

describe('the models', () => {
	it('name only tokenizers of the catalogue, and every one of them', () => {
		const named = new Set(MODELS.flatMap(({ tokenizer }) => tokenizer ?? []));
		expect([...named].sort()).toEqual([...CATALOGUE_IDS].sort());
	});

	it('have names of their own', () => {
		expect(duplicates(MODELS.map(({ name }) => name))).toEqual([]);
	});

	it('say why when they have no tokenizer', () => {
		const silent = MODELS.filter(({ tokenizer, note }) => tokenizer === null && !note);
		expect(silent).toEqual([]);
	});

	it('give a source over https', () => {
		expect(MODELS.filter(({ source }) => !isHttps(source))).toEqual([]);
	});

	it('have a window of a positive whole number of tokens, where they state one', () => {
		const stated = MODELS.flatMap(({ contextWindow }) => contextWindow ?? []);
		expect(stated.filter((size) => !Number.isInteger(size) || size <= 0)).toEqual([]);
	});
});

describe('the price presets', () => {
	it('name a model whose tokenizer the catalogue has', () => {
		expect(PRICE_PRESETS.filter(({ model }) => !tokenizerOf.get(model))).toEqual([]);
	});

	it('name a model once', () => {
		expect(duplicates(PRICE_PRESETS.map(({ model }) => model))).toEqual([]);
	});

	it('cover every tokenizer but p50k_edit, whose models state neither price nor window', () => {
		const covered = new Set(PRICE_PRESETS.map(({ model }) => tokenizerOf.get(model)));
		expect(CATALOGUE_IDS.filter((id) => !covered.has(id))).toEqual(['p50k_edit']);
	});

	it('put a priced model first wherever a tokenizer has one', () => {
		for (const id of CATALOGUE_IDS) {
			const presets = PRICE_PRESETS.filter(({ model }) => tokenizerOf.get(model) === id);
			const priced = presets.filter(({ inputPerMillion }) => inputPerMillion !== null);
			if (priced.length > 0) expect(presets[0]).toBe(priced[0]);
		}
	});

	it('have positive prices, and no output price without an input price', () => {
		for (const { inputPerMillion, outputPerMillion } of PRICE_PRESETS) {
			if (inputPerMillion === null) expect(outputPerMillion).toBeUndefined();
			else expect(inputPerMillion).toBeGreaterThan(0);
			if (outputPerMillion !== undefined) expect(outputPerMillion).toBeGreaterThan(0);
		}
	});

	it('have a window of a positive whole number of tokens', () => {
		const sizes = PRICE_PRESETS.map(({ contextWindow }) => contextWindow);
		expect(sizes.filter((size) => !Number.isInteger(size) || size <= 0)).toEqual([]);
	});

	it('give an existing ISO day and a source over https', () => {
		expect(PRICE_PRESETS.filter(({ asOf }) => !isDay(asOf))).toEqual([]);
		expect(PRICE_PRESETS.filter(({ source }) => !isHttps(source))).toEqual([]);
	});
});
