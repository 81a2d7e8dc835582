/**
 * The sides of the gallery's cases in the references: native tokenizers with the package's own
 * tokenizer.json, changed field by field, and native tiktoken with another pattern. Nothing of the
 * lab's engine takes part, except that Tekken's tokenizer.json is written by it.
 */
import { createRequire } from 'node:module';
import type { SpecEdit } from '../../src/lib/drift/edits/spec-edit';
import type { CaseSide } from '../../src/lib/drift/cases/types';
import { writeTokenizerJson } from '../../src/lib/engine';
import { nativeLibrary } from './native-library';
import { TIKTOKEN_RANKS, TOKENIZER_JSON } from './native-tokenizers';
import { packedSpec } from './packed-tokenizers';

const require = createRequire(import.meta.url);

interface AddedToken {
	readonly id: number;
	readonly content: string;
	readonly special: boolean;
}

interface Step {
	readonly type: string;
	readonly pretokenizers?: readonly Step[];
	readonly normalizers?: readonly Step[];
}

/** A tokenizer.json, as far as the edits of the gallery reach. */
interface Json {
	readonly normalizer: Step | null;
	readonly pre_tokenizer: Step | null;
	readonly model: object;
	readonly post_processor: object | null;
	readonly added_tokens: readonly AddedToken[];
}

export interface NativeProgram {
	/** As a case asks it; see `CaseProgram`. */
	encode(text: string, options: { special: 'text' | 'parse'; bos: boolean }): Promise<number[]>;
	decode(ids: readonly number[]): Promise<string>;
}

/** Those that were asked last, the newest at the end: each takes seconds to make and much memory. */
const kept = new Map<string, NativeProgram | null>();
const MOST_KEPT = 4;

/** A side in its reference; null where the native library has no binary here. */
export function nativeSide({ tokenizer, edits = [] }: CaseSide): NativeProgram | null {
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

function huggingFaceSide(id: string, edits: readonly SpecEdit[]): NativeProgram | null {
	const native = nativeLibrary;
	if (!native) return null;
	const original = (TOKENIZER_JSON[id]?.() ?? writeTokenizerJson(packedSpec(id))) as Json;
	const json = edits.reduce(edited, original);
	const asText = { ...json, added_tokens: json.added_tokens.filter(({ special }) => !special) };
	const open = (file: Json) => native.Tokenizer.fromString(JSON.stringify(file));
	const parse = open(json);
	// The library always recognises special tokens: for text they are left out of the file.
	let text: typeof parse | null = null;
	return {
		async encode(input, { special, bos }) {
			const seems = json.added_tokens.some(
				(token) => token.special && input.includes(token.content)
			);
			const used = special === 'parse' || !seems ? parse : (text ??= open(asText));
			const encoding = await used.encode(input, null, { addSpecialTokens: bos });
			return encoding.getIds();
		},
		decode: (ids) => parse.decode(ids, false)
	};
}

/** One change, made in the words of the file. */
function edited(json: Json, edit: SpecEdit): Json {
	switch (edit.kind) {
		case 'normalizer':
		case 'pre_tokenizer':
			return { ...json, [edit.kind]: edit.value };
		case 'split-regex':
			return { ...json, pre_tokenizer: withRegex(json.pre_tokenizer, edit.regex) };
		case 'ignore-merges':
			return { ...json, model: { ...json.model, ignore_merges: edit.value } };
		case 'bos':
			return { ...json, post_processor: template(json, edit) };
		case 'prefix-space':
			return {
				...json,
				normalizer: json.normalizer && {
					...json.normalizer,
					normalizers: json.normalizer.normalizers?.filter(({ type }) => type !== 'Prepend')
				}
			};
		case 'drop-added-tokens':
			return { ...json, added_tokens: json.added_tokens.filter(({ special }) => special) };
		case 'added-token-flags':
			return {
				...json,
				added_tokens: json.added_tokens.map((token) =>
					typeof edit.which === 'object' && edit.which.contents.includes(token.content)
						? { ...token, ...edit.flags }
						: token
				)
			};
		default:
			throw new Error(`no case of the gallery had a change of this kind: ${edit.kind}`);
	}
}

function withRegex(step: Step | null, regex: string): Step | null {
	if (!step?.pretokenizers) throw new Error('expected a Sequence that begins with a Split');
	const [split, ...rest] = step.pretokenizers;
	const changed = { ...split, pattern: { Regex: regex } };
	return { ...step, pretokenizers: [changed, ...rest] };
}

function template(json: Json, { times, token }: SpecEdit & { kind: 'bos' }): object | null {
	if (times === 0) return null;
	const added = json.added_tokens.find(({ content }) => content === token);
	if (!added) throw new Error(`expected an added token ${token}`);
	const { content, id } = added;
	const single = [
		{ SpecialToken: { id: content, type_id: 0 } },
		{ Sequence: { id: 'A', type_id: 0 } }
	];
	return {
		type: 'TemplateProcessing',
		single,
		pair: [...single, { Sequence: { id: 'B', type_id: 1 } }],
		special_tokens: { [content]: { id: content, ids: [id], tokens: [content] } }
	};
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
		decode: (ids) =>
			Promise.resolve(
				new TextDecoder('utf-8', { ignoreBOM: true }).decode(
					reference.decode(Uint32Array.from(ids))
				)
			)
	};
}
