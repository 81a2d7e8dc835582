/**
 * Runs both sides of each case in the gallery through a reference: the native tokenizers library with individual fields
 * of the package's own tokenizer.json changed, or native tiktoken with a changed pattern. The lab's engine is involved
 * only in writing the tokenizer.json files for Tekken and for committed vocabularies.
 */
import { createRequire } from 'node:module';
import type { SpecEdit } from '../../src/lib/drift/edits/spec-edit';
import type { CaseSide } from '../../src/lib/drift/cases/types';
import { loadNative, type NativeTokenizer } from './native-library';
import { HUGGING_FACE, TIKTOKEN_RANKS } from './native-tokenizers';
import { startingWith } from './spec-parts';
import type { Model, TokenizerJson as Json } from '../verify-drift/types';
import { stepsOf, withSteps } from '../verify-drift/mutations/stage-steps';

const require = createRequire(import.meta.url);

export interface NativeProgram {
	/** Encodes text with the options of a gallery case; see `CaseProgram`. */
	encode(text: string, options: { special: 'text' | 'parse'; bos: boolean }): Promise<number[]>;
	decode(ids: readonly number[]): Promise<string>;
}

/** The most recently used programs, newest last. Creating a program takes seconds and a lot of memory. */
const kept = new Map<string, NativeProgram>();
const MOST_KEPT = 4;

export function nativeSide({ tokenizer, edits = [] }: CaseSide): NativeProgram {
	const key = JSON.stringify([tokenizer, edits]);
	const made =
		kept.get(key) ??
		(tokenizer in TIKTOKEN_RANKS
			? tiktokenSide(tokenizer, edits)
			: huggingFaceSide(tokenizer, edits));
	kept.delete(key);
	kept.set(key, made);
	const [oldest] = kept.keys();
	if (kept.size > MOST_KEPT) kept.delete(oldest);
	return made;
}

/**
 * A file opened in the library twice, with and without its special tokens, because the library always recognises
 * special tokens in text.
 */
interface Opened {
	readonly json: Json;
	readonly parse: NativeTokenizer;
	text: NativeTokenizer | null;
}

/**
 * The unedited file opened most recently. Edits are made to a copy of `json`, but {@link exchangeStages} changes the
 * loaded tokenizers.
 */
let original: (Opened & { readonly id: string }) | null = null;

function openOriginal(id: string): Opened {
	if (original?.id !== id) {
		const text = HUGGING_FACE[id]();
		original = { id, json: JSON.parse(text) as Json, parse: loadNative(text), text: null };
	}
	return original;
}

const open = (file: object): NativeTokenizer => loadNative(JSON.stringify(file));

/**
 * The library's tokenizer loaded from a package's own file. Valid only until the next call to any other function here.
 */
export function nativeOriginal(id: string): NativeTokenizer {
	original = null;
	return openOriginal(id).parse;
}

/**
 * The library's tokenizer loaded from an edited copy of a package's own file. Valid only until the next call to any
 * function here.
 */
export function nativeTokenizer(id: string, edits: readonly SpecEdit[]): NativeTokenizer {
	const { json: original, parse } = openOriginal(id);
	const json = edits.reduce(edited, original);
	return differsInStages(json, original) ? exchangeStages(parse, json) : open(json);
}

/** Whether two files differ only in stages that the library can replace. */
const differsInStages = (json: Json, other: Json): boolean =>
	json.model === other.model &&
	json.added_tokens === other.added_tokens &&
	(json.decoder === null) === (other.decoder === null);

/**
 * Replaces only the stages of a loaded tokenizer with those from a file. Loading the whole file would take seconds.
 */
function exchangeStages(of: NativeTokenizer, json: Json): NativeTokenizer {
	const model = { type: 'BPE', vocab: {}, merges: [] };
	const { normalizer, pre_tokenizer, post_processor, decoder } = json;
	const stages = open({
		...{ ...json, model, added_tokens: [] },
		// Empty Sequences do nothing. The library can't remove a stage.
		normalizer: normalizer ?? { type: 'Sequence', normalizers: [] },
		pre_tokenizer: pre_tokenizer ?? { type: 'Sequence', pretokenizers: [] },
		post_processor: post_processor ?? { type: 'Sequence', processors: [] }
	});
	of.setNormalizer(stages.getNormalizer());
	of.setPreTokenizer(stages.getPreTokenizer());
	of.setPostProcessor(stages.getPostProcessor());
	if (decoder) of.setDecoder(stages.getDecoder());
	return of;
}

function huggingFaceSide(id: string, edits: readonly SpecEdit[]): NativeProgram {
	const original = openOriginal(id);
	const json = edits.reduce(edited, original.json);
	const shared = differsInStages(json, original.json) ? original : null;
	const own: Opened = shared ?? { json, parse: open(json), text: null };
	const use = (of: NativeTokenizer) => (shared ? exchangeStages(of, json) : of);
	const withoutSpecial = () => {
		const added_tokens = own.json.added_tokens.filter(({ special }) => !special);
		return (own.text ??= open({ ...own.json, added_tokens }));
	};
	return {
		async encode(input, { special, bos }) {
			const seems = json.added_tokens.some(
				(token) => token.special && input.includes(token.content)
			);
			const used = use(special === 'parse' || !seems ? own.parse : withoutSpecial());
			const encoding = await used.encode(input, null, { addSpecialTokens: bos });
			return encoding.getIds();
		},
		decode: (ids) => use(own.parse).decode(ids, false)
	};
}

function edited(json: Json, edit: SpecEdit): Json {
	switch (edit.kind) {
		case 'normalizer':
		case 'pre_tokenizer':
		case 'decoder':
			return { ...json, [edit.kind]: edit.value };
		case 'split-regex':
			return withRegex(json, edit.regex);
		case 'ignore-merges':
			return withModel(json, { ignore_merges: edit.value });
		case 'swap-merges': {
			const { merges } = json.model;
			const [i, j] = edit.ranks;
			return withModel(json, { merges: merges.with(i, merges[j]).with(j, merges[i]) });
		}
		case 'drop-last-merges':
			return withModel(json, { merges: json.model.merges.slice(0, -edit.count) });
		case 'bos':
			return { ...json, post_processor: template(json, edit) };
		case 'prefix-space': {
			const steps = stepsOf(json, 'normalizer').filter(({ type }) => type !== 'Prepend');
			return withSteps(json, 'normalizer', steps);
		}
		case 'drop-added-tokens':
			return { ...json, added_tokens: json.added_tokens.filter(({ special }) => special) };
		case 'added-token-flags':
			return {
				...json,
				added_tokens: json.added_tokens.map((token) => {
					const isChosen =
						typeof edit.which === 'object'
							? edit.which.contents.includes(token.content)
							: edit.which === 'special' && token.special;
					return isChosen ? { ...token, ...edit.flags } : token;
				})
			};
		case 'swap-ids': {
			const [a, b] = edit.ids;
			return renumbered(json, (id) => (id === a ? b : id === b ? a : id));
		}
		default:
			throw new Error(`no test has had a change of this kind: ${edit.kind}`);
	}
}

const withModel = (json: Json, fields: Partial<Model>): Json => ({
	...json,
	model: { ...json.model, ...fields }
});

/** Changes the ids and sorts the added tokens by id, because the library assigns their ids in list order. */
function renumbered(json: Json, newId: (id: number) => number): Json {
	const entries = Object.entries(json.model.vocab);
	const vocab = Object.fromEntries(entries.map(([token, id]) => [token, newId(id)]));
	const added = json.added_tokens.map((token) => ({ ...token, id: newId(token.id) }));
	return { ...withModel(json, { vocab }), added_tokens: added.sort((a, b) => a.id - b.id) };
}

function withRegex(json: Json, regex: string): Json {
	const [split, ...rest] = stepsOf(json, 'pre_tokenizer');
	if (split.type !== 'Split') throw new Error('expected a pre-tokenizer that begins with a Split');
	const changed = { ...split, pattern: { Regex: regex } };
	return withSteps(json, 'pre_tokenizer', [changed, ...rest]);
}

function template(
	json: Json,
	{ times, token }: SpecEdit & { kind: 'bos' }
): Json['post_processor'] {
	if (times === 0) return null;
	const added = json.added_tokens.find(({ content }) => content === token);
	if (!added) throw new Error(`expected an added token ${token}`);
	return startingWith(added.content, added.id);
}

function tiktokenSide(id: string, edits: readonly SpecEdit[]): NativeProgram {
	const { Tiktoken } = require('tiktoken') as {
		Tiktoken: new (
			ranks: unknown,
			special: unknown,
			pattern: string
		) => { encode_ordinary(text: string): Uint32Array; decode(ids: Uint32Array): Uint8Array };
	};
	const file = TIKTOKEN_RANKS[id]();
	let pattern = file.pat_str;
	let prefix = '';
	let normalized = id === 'claude-legacy';
	for (const edit of edits) {
		if (edit.kind === 'pre_tokenizer') pattern = TIKTOKEN_RANKS.gpt2().pat_str;
		else if (edit.kind === 'split-regex') pattern = edit.regex;
		else if (edit.kind === 'normalizer') normalized = false;
		else if (edit.kind === 'prefix-space') prefix = ' ';
		else throw new Error(`no case of the gallery had a change of this kind: ${edit.kind}`);
	}
	const reference = new Tiktoken(file.bpe_ranks, file.special_tokens, pattern);
	return {
		encode: (text) => {
			const input = prefix + (normalized ? text.normalize('NFKC') : text);
			return Promise.resolve([...reference.encode_ordinary(input)]);
		},
		decode(ids) {
			const bytes = reference.decode(Uint32Array.from(ids));
			return Promise.resolve(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
		}
	};
}
