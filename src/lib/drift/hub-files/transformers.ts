import { readTokenizerJson } from '../../tokenizers/files/read';
import type { AddedTokenSpec, TokenizerSpec } from '../../engine';
import { ROLES, type HubSettings, type Role, type TokenFlags, type WrittenToken } from './settings';
import table from './transformers-classes.json';
import { canonicalJson } from '../equal';

/** A tokenizer class in transformers. Classes not in transformers-classes.json use the tokenizer.json unchanged. */
type TransformersClass =
	/** Takes the vocabulary from tokenizer.json and builds the other stages itself. */
	| (ClassDefaults & {
			readonly kind: 'bpe';
			/** Index in {@link STAGES}, or one such index for each combination of `add_prefix_space` and `legacy`. */
			readonly stages: number | Readonly<Record<string, number>>;
	  })
	/** Builds a model that isn't BPE. */
	| (ClassDefaults & { readonly kind: 'other' })
	/** Implemented in Python; doesn't read tokenizer.json. */
	| { readonly kind: 'python' };

interface ClassDefaults {
	readonly padding_side: 'left' | 'right';
	readonly roles: Readonly<Partial<Record<Role, string>>>;
}

interface ClassStages {
	readonly normalizer: unknown;
	readonly pre_tokenizer: unknown;
	readonly decoder: unknown;
	readonly model: Readonly<Record<string, unknown>>;
}

const CLASSES = new Map<string, TransformersClass>(
	Object.entries(table.classes as Readonly<Record<string, TransformersClass>>)
);
const STAGES: readonly ClassStages[] = table.stages;
const MODEL_TYPES = new Map<string, string>(Object.entries(table.modelTypes));
/**
 * Classes by model type for folders that don't name a class, listed only where they differ from {@link MODEL_TYPES}.
 */
const UNTOLD = new Map<string, string>(Object.entries(table.untold));

/** The tokenizer that `AutoTokenizer` creates from a tokenizer.json and the settings next to it. */
export interface LoadedTokenizer {
	/** Class name. The `plain` kind uses the tokenizer.json unchanged. */
	readonly className: string;
	readonly kind: TransformersClass['kind'] | 'plain';
	/** tokenizer.json with the stages and added tokens that transformers uses. */
	readonly json: TokenizerObject;
	/** Two tokenizers whose models have the same vocabulary behave the same if their keys are equal. */
	readonly key: string;
	readonly roles: Readonly<Record<Role, { readonly content: string; readonly id: number } | null>>;
	readonly paddingSide: 'left' | 'right';
}

/** A parsed tokenizer.json that has been validated. */
export interface TokenizerObject {
	readonly model: Readonly<Record<string, unknown>> & {
		readonly vocab: Readonly<Record<string, number>>;
	};
	readonly added_tokens?: readonly AddedTokenSpec[];
	readonly padding?: { readonly direction?: unknown } | null;
	readonly [key: string]: unknown;
}

/** Follows `AutoTokenizer.from_pretrained` in transformers 5.3.0. */
export function loadAsTransformers(file: TokenizerObject, settings: HubSettings): LoadedTokenizer {
	const className = classOf(settings);
	const found = CLASSES.get(className);
	const defaults = found && found.kind !== 'python' ? found.roles : {};
	const roles = Object.fromEntries(
		ROLES.map((role) => {
			const written = settings.roles[role];
			const content = defaults[role];
			if (written !== undefined || content === undefined) return [role, written ?? null];
			return [role, { content, flags: null }];
		})
	) as Record<Role, WrittenToken | null>;
	const stages = found?.kind === 'bpe' ? stagesOf(found, settings) : null;
	const base: TokenizerObject = stages ? rebuilt(file, stages, roles) : file;
	const added_tokens = withAddedTokens(base, file.added_tokens ?? [], settings, roles);
	const json: TokenizerObject = { ...base, added_tokens };
	const ids = new Map(added_tokens.map(({ content, id }) => [content, id]));
	const flags = { ...json.model, vocab: null, merges: null };
	const { normalizer, pre_tokenizer, decoder } = json;
	return {
		className,
		kind: found?.kind ?? 'plain',
		json,
		key: canonicalJson([
			found?.kind === 'python' || found?.kind === 'other' ? className : null,
			normalizer ?? null,
			pre_tokenizer ?? null,
			decoder ?? null,
			flags,
			added_tokens
		]),
		roles: Object.fromEntries(
			ROLES.map((role) => {
				const content = roles[role]?.content;
				const id = content === undefined ? undefined : ids.get(content);
				return [role, content === undefined || id === undefined ? null : { content, id }];
			})
		) as LoadedTokenizer['roles'],
		paddingSide:
			settings.padding_side ??
			sideOf(file.padding?.direction) ??
			(found && found.kind !== 'python' ? found.padding_side : 'right')
	};
}

/** @throws Error, as transformers does, if the stages don't fit the vocabulary */
export const specOf = ({ json }: LoadedTokenizer): TokenizerSpec => readTokenizerJson(json).spec;

/** A class that doesn't match the model type in config.json is ignored. */
function classOf({ tokenizer_class, model_type }: HubSettings): string {
	const expected = model_type === null ? undefined : MODEL_TYPES.get(model_type);
	const named = tokenizer_class?.replaceAll('Fast', '');
	if (named !== undefined) {
		return expected !== undefined && expected !== named ? 'TokenizersBackend' : named;
	}
	const untold = model_type === null ? undefined : UNTOLD.get(model_type);
	return untold ?? expected ?? 'TokenizersBackend';
}

function stagesOf(
	{ stages }: Extract<TransformersClass, { kind: 'bpe' }>,
	{ add_prefix_space, legacy }: HubSettings
): ClassStages {
	if (typeof stages === 'number') return STAGES[stages];
	const word = (value: boolean | null) => (value === null ? 'none' : String(value));
	return STAGES[stages[`${word(add_prefix_space)} ${word(legacy)}`]];
}

/** Replaces the stages of a tokenizer.json with those of a class; keeps the vocabulary, merges and post-processor. */
function rebuilt(
	file: TokenizerObject,
	{ model, ...stages }: ClassStages,
	roles: Readonly<Record<Role, WrittenToken | null>>
): TokenizerObject {
	const { vocab, merges } = file.model;
	const unk_token = model.unk_token === null ? null : (roles.unk_token?.content ?? null);
	return { ...file, ...stages, model: { ...model, unk_token, vocab, merges }, added_tokens: [] };
}

/**
 * Adds the tokens from the settings in the same order as `TokenizersBackend`: first the tokens in
 * `added_tokens_decoder`, then those with a role (such as `bos_token`), then the extra special tokens.
 */
function withAddedTokens(
	base: TokenizerObject,
	ofFile: readonly AddedTokenSpec[],
	settings: HubSettings,
	roles: Readonly<Record<Role, WrittenToken | null>>
): readonly AddedTokenSpec[] {
	const tokens = new Map((base.added_tokens ?? []).map((token) => [token.content, token]));
	const { vocab } = base.model;
	let size = 0;
	for (const content in vocab) if (Object.hasOwn(vocab, content)) size++;
	let next = Math.max(size, ...Array.from(tokens.values(), ({ id }) => id + 1));
	const named = new Set(Object.values(roles).flatMap((token) => token?.content ?? []));
	const add = ({ content, flags }: WrittenToken) => {
		if (content === '') return;
		const inModel = Object.hasOwn(vocab, content) ? vocab[content] : undefined;
		const id = tokens.get(content)?.id ?? inModel ?? next;
		next = Math.max(next, id + 1);
		const special = flags === null || flags.special || named.has(content);
		tokens.set(content, { id, content, ...(flags ?? AS_STRING), special });
	};
	const decoder = settings.added_tokens_decoder ?? decoderOf(ofFile, settings);
	for (const token of decoder) add(token);
	for (const token of [...Object.values(roles), ...settings.extra_special_tokens]) {
		if (token && !tokens.has(token.content)) add(token);
	}
	return [...tokens.values()].sort((a, b) => a.id - b.id);
}

const AS_STRING: TokenFlags = {
	single_word: false,
	lstrip: false,
	rstrip: false,
	normalized: false,
	special: true
};

/** Tokens from added_tokens.json, overridden by those from tokenizer.json, in order of id. */
function decoderOf(
	ofFile: readonly AddedTokenSpec[],
	{ added_tokens, roles, extra_special_tokens }: HubSettings
): WrittenToken[] {
	const special = new Set(
		[...Object.values(roles), ...extra_special_tokens].flatMap((token) => token?.content ?? [])
	);
	const byId = new Map<number, WrittenToken>();
	for (const [id, content] of added_tokens) {
		const isSpecial = special.has(content);
		const flags = { ...AS_STRING, normalized: !isSpecial, special: isSpecial };
		byId.set(id, { content, flags });
	}
	for (const { id, content, ...flags } of ofFile) byId.set(id, { content, flags });
	return [...byId].sort(([a], [b]) => a - b).map(([, token]) => token);
}

function sideOf(direction: unknown): 'left' | 'right' | undefined {
	if (typeof direction !== 'string') return undefined;
	return direction.toLowerCase() === 'left' ? 'left' : 'right';
}
