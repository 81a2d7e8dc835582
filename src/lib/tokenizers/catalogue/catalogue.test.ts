import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packedSpec } from '../../../../tests/support/packed-tokenizers';
import { readPackageJson } from '../../../tools/packages';
import { committedPath, readCommitted } from '../../../tools/vocabularies/read';
import {
	CATALOGUE,
	DEFAULT_TOKENIZERS,
	findByModel,
	findDescriptor,
	getDescriptor,
	resolveAlias,
	LIVE_TOKENIZER
} from '.';
import { embeddingRowsOf, knownEmbeddingRows } from '../embedding-rows';
import { LIBRARY_VERSIONS, type Model } from './shared/descriptor';
import { UNAVAILABLE_MODELS } from './shared/unavailable-models';

const ROOT = join(import.meta.dirname, '../../../..');
const ORACLE = join(ROOT, 'tests/oracle/expected');
const NAMES = CATALOGUE.flatMap(({ id, aliases = [] }) => [id, ...aliases]);
const MODELS = [...CATALOGUE.flatMap(({ models }) => models), ...UNAVAILABLE_MODELS];

const readText = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const duplicates = (values: readonly string[]) =>
	values.filter((value, at) => values.indexOf(value) !== at);
const isHttps = (url: string) => URL.canParse(url) && new URL(url).protocol === 'https:';
/** Matches a line that lists a tokenizer, perhaps among others, with its copyright line below. */
const holderOf = (id: string, copyright: string) => {
	const line = copyright.replace(/[().]/g, '\\$&');
	return new RegExp(`^(.*, )?${id.replace('.', '[.]')}(,.*)?\n${line}$`, 'm');
};
const isPositive = (size: number) => Number.isInteger(size) && size > 0;

const factsOf = ({
	released,
	retired,
	contextWindow,
	embeddingRows,
	price,
	usable = []
}: Model) => [
	...[released, retired, contextWindow, embeddingRows, price].flatMap((fact) => fact ?? []),
	...usable
];

/** Whether a string is a valid ISO day or month. */
function isDate(text: string): boolean {
	const time = Date.parse(`${text.padEnd(10, '-01')}T00:00:00Z`);
	return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

describe('the catalogue', () => {
	it('names every tokenizer once, aliases included', () => {
		expect(duplicates(NAMES)).toEqual([]);
	});

	it('has a file for every tokenizer, keeps families together, and has those shown by default', () => {
		const files = readdirSync(import.meta.dirname).map((name) => name.replace(/[.]ts$/, ''));
		expect(CATALOGUE.filter(({ id }) => !files.includes(id))).toEqual([]);
		const families = CATALOGUE.map(({ family }) => family);
		const starts = families.filter((family, i) => family !== families[i - 1]);
		expect(starts).toEqual([...new Set(families)]);
		expect(DEFAULT_TOKENIZERS.filter((id) => !findDescriptor(id))).toEqual([LIVE_TOKENIZER]);
	});

	it('is at least as large as README says', () => {
		const counts = [...readText('README.md').matchAll(/\b(\d+) tokenizers\b/g)].map(([, count]) =>
			Number(count)
		);
		expect(counts.length).toBeGreaterThan(1);
		for (const count of counts) expect(count).toBeLessThanOrEqual(CATALOGUE.length);
	});

	it('states in NOTICE what licences ask to be stated in a file of that name', () => {
		const unwrap = (text: string) => text.replace(/\s+/g, ' ');
		const notice = unwrap(readText('NOTICE'));
		const asked = [...new Set(CATALOGUE.map(({ licence }) => licence.copy))].flatMap((copy) => {
			const text = unwrap(readText(`static/licences/${copy}`));
			const found = /["“]Notice["”] text file[^"“]*["“]([^"”]+?)[.]?["”]/.exec(text);
			return found ? [found[1]] : [];
		});
		expect(asked).toHaveLength(4);
		for (const sentence of asked) expect(notice).toContain(sentence);
	});

	it('has no oracle file without a tokenizer', () => {
		expect(readdirSync(ORACLE).toSorted()).toEqual(NAMES.map((name) => `${name}.json`).toSorted());
	});
});

it.each([
	...[
		['gpt-4o', 'o200k_base'],
		['gpt-4o-2024-08-06', 'o200k_base'],
		['GPT-4', 'cl100k_base']
	],
	...[
		['llama-3.1-70b', 'llama3'],
		['meta-llama/Llama-3.1-8B-Instruct', 'llama3']
	],
	...[
		['google/gemma-3-27b-it', 'gemma3'],
		['Qwen/Qwen3-8B', 'qwen3']
	],
	...[
		['gpt-9', undefined],
		['models/gpt-4o', undefined],
		['', undefined]
	]
])('finds the tokenizer of the model %j: %s', (model, id) => {
	expect(findByModel(model ?? '')?.id).toBe(id);
});

describe.each(CATALOGUE)('$id', (descriptor) => {
	const { id, vocabularySize, kind, bos, source, preTokenizer, licence, models } = descriptor;
	const { recognisedBy } = descriptor;
	const { model, added_tokens, normalizer } = packedSpec(id);

	it('has the size, the kind and the normalization of its packed file', () => {
		const added = added_tokens.map((token) => token.id + 1);
		expect(vocabularySize).toBe(Math.max(model.vocabulary.ends.length, ...added));
		expect(kind).toBe(model.byte_level ? 'byte-level BPE' : 'SentencePiece BPE');
		expect(model.byte_fallback).toBe(kind === 'SentencePiece BPE');
		const form = normalizer?.type;
		const named = form === 'NFC' || form === 'NFKC' ? form : null;
		expect(/NFK?C/.exec(preTokenizer)?.[0] ?? null).toBe(named);
	});

	it('expects a BOS that is one of its special tokens, or none', () => {
		const special = added_tokens.filter((token) => token.special).map(({ content }) => content);
		if (bos === null) expect(special).not.toContain('<s>');
		else expect(special).toContain(bos);
	});

	it('names the version of the package that is installed, or has a committed file', () => {
		if (source.registry) {
			expect(existsSync(committedPath(descriptor))).toBe(true);
			expect(readCommitted(descriptor).length).toBeLessThan(2_000_000);
		} else {
			const { version } = source;
			expect(readPackageJson(source.package, 'package.json')).toMatchObject({ version });
		}
	});

	it('has models, links its licence, and has a copy of it with its notices', () => {
		expect(models).not.toEqual([]);
		expect(isHttps(licence.url)).toBe(true);
		const copy = readFileSync(join(ROOT, 'static/licences', licence.copy), 'utf8');
		expect(copy).toContain(licence.name);
		if (licence.name === 'MIT') expect(licence.copyright).toMatch(/^Copyright /);
		if (licence.copyright) expect(copy).toMatch(holderOf(id, licence.copyright));
		expect(licence.url).not.toContain('apache.org');
	});

	it('has its licence in the expression of package.json, under the name of its file if SPDX has none', () => {
		const { license } = JSON.parse(readText('package.json')) as { license: string };
		const spdx = ['MIT', 'Apache-2.0'].includes(licence.name);
		const identifier = spdx ? licence.name : `LicenseRef-${licence.copy.replace('.txt', '')}`;
		expect(license.split(' AND ')).toContain(identifier);
	});

	it('is recognised where its models have more embedding rows than it has ids', () => {
		const rows = embeddingRowsOf(descriptor)?.value ?? 0;
		expect(recognisedBy !== undefined).toBe(rows > vocabularySize);
		if (rows > vocabularySize) expect(knownEmbeddingRows(packedSpec(id))).toBe(rows);
	});
});

describe('the models', () => {
	it('have distinct names, and say why they have no tokenizer', () => {
		expect(duplicates(MODELS.map(({ name }) => name))).toEqual([]);
		expect(UNAVAILABLE_MODELS.filter(({ note }) => !note)).toEqual([]);
	});

	it('give a source over https, and its date, with everything they state', () => {
		const wrong = MODELS.flatMap((model) => [model, ...factsOf(model)]).filter(
			({ source, asOf }) => !isHttps(source) || !isDate(asOf)
		);
		expect(wrong).toEqual([]);
	});

	it('have windows and rows of a positive whole number, existing days and positive prices', () => {
		for (const { name, released, retired, contextWindow, embeddingRows, price } of MODELS) {
			for (const fact of [contextWindow, embeddingRows])
				if (fact) expect(isPositive(fact.value), name).toBe(true);
			if (released) expect(isDate(released.value), name).toBe(true);
			// A retirement date must be a day, because it's compared with one.
			if (retired) expect(isDate(retired.value) && retired.value.length, name).toBe(10);
			if (price) {
				expect(price.inputPerMillion, name).toBeGreaterThan(0);
				expect(price.outputPerMillion ?? 1, name).toBeGreaterThan(0);
				expect(price.above?.inputPerMillion ?? Infinity, name).toBeGreaterThan(
					price.inputPerMillion
				);
			}
		}
	});
});

describe('getDescriptor', () => {
	it('finds a descriptor by id or alias', () => {
		expect(getDescriptor('qwen3').id).toBe('qwen3');
		expect(getDescriptor('r50k_base')).toBe(getDescriptor('gpt2'));
		expect(['r50k_base', 'gpt2', 'gpt5'].map(resolveAlias)).toEqual(['gpt2', 'gpt2', 'gpt5']);
	});

	it('names an id that does not exist, and the ids that do', () => {
		expect(() => getDescriptor('gpt5')).toThrow(
			/^unknown tokenizer "gpt5"; the catalogue has gpt2, .*glm-5$/
		);
		expect(findDescriptor('__proto__')).toBeUndefined();
	});
});

it.each(
	Object.entries({
		'js-tiktoken': 'js-tiktoken',
		'@xenova/transformers': 'transformers.js'
	} as const)
)('names the installed version of %s', (folder, library) => {
	expect(readPackageJson(folder, 'package.json')).toMatchObject({
		version: LIBRARY_VERSIONS[library]
	});
});
