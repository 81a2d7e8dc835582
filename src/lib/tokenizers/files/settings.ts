import type { AddedTokenSpec, TokenizerSpec } from '../../engine';
import { createSpecialToken, Field } from '../../engine/stages';
import type { TokenizerReading } from './types';

const MAX_ADDED = 1 << 16;
const MAX_ID = (1 << 22) - 1;

/** Classes in transformers whose tokenizers split text according to the tokenizer.json. */
const PLAIN_CLASSES = new Set([
	'PreTrainedTokenizerFast',
	'PreTrainedTokenizer',
	'TokenizersBackend'
]);

/**
 * Applies the files next to a tokenizer: tokenizer_config.json, special_tokens_map.json, added_tokens.json and the chat
 * template. As in transformers 5, these files can add tokens and change the flags of existing ones. Settings that have
 * an effect in transformers but not in the lab are listed as unsupported.
 * @throws Error that names the file and the field
 */
export function applySettings(
	reading: TokenizerReading,
	texts: ReadonlyMap<string, string>
): TokenizerReading {
	const config = readObject(texts, 'tokenizer_config.json');
	const map = readObject(texts, 'special_tokens_map.json');
	const added = readObject(texts, 'added_tokens.json');
	const changes = [
		...decoderTokens(config),
		...addedIds(added),
		...namedTokens(map),
		...namedTokens(config)
	];
	const { spec, changed } = withTokens(reading.spec, changes);
	const template =
		texts.get('chat_template.jinja') ??
		stringAt(readObject(texts, 'chat_template.json'), 'chat_template') ??
		stringAt(config, 'chat_template');
	const stated = [...reading.stated];
	if (changed > 0) {
		stated.push(
			`The files next to the tokenizer add or change ${changed === 1 ? '1 token' : `${changed} tokens`}.`
		);
	}
	for (const name of ['bos_token', 'eos_token']) {
		const content = config ? contentOf(config.get(name)) : null;
		if (content !== null) stated.push(`${name} is ${JSON.stringify(content.slice(0, 60))}.`);
	}
	const chatTemplate = template ?? reading.chatTemplate;
	return {
		...reading,
		files: [...reading.files, ...texts.keys()],
		spec,
		stated,
		unsupported: [...reading.unsupported, ...effectsElsewhere(config, spec.model.byte_level)],
		...(chatTemplate === undefined ? {} : { chatTemplate })
	};
}

/** Parses a JSON file; `null` if there is no such file. @throws Error if the text isn't a JSON object */
export function readObject(texts: ReadonlyMap<string, string>, name: string): Field | null {
	const text = texts.get(name);
	if (text === undefined) return null;
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch (error) {
		throw new Error(`${name}: got text that isn't JSON, expected an object`, { cause: error });
	}
	const field = new Field(value, name);
	field.object();
	return field;
}

interface TokenChange {
	readonly id: number | null;
	readonly content: string;
	/** Flags to change. Flags that are absent keep their values. */
	readonly flags: Partial<Omit<AddedTokenSpec, 'id' | 'content'>>;
}

/** Reads `added_tokens_decoder`: added tokens by id, with all their flags. */
function decoderTokens(config: Field | null): TokenChange[] {
	const decoder = config?.get('added_tokens_decoder');
	if (!decoder || decoder.isNull) return [];
	const entries = decoder.entries();
	checkCount(entries.length, decoder);
	return entries.map(([key, token]) => ({
		id: new Field(/^\d+$/.test(key) ? Number(key) : key, `${token.path} key`).integer(MAX_ID),
		content: token.get('content').string(),
		flags: {
			single_word: token.get('single_word').booleanOr(false),
			lstrip: token.get('lstrip').booleanOr(false),
			rstrip: token.get('rstrip').booleanOr(false),
			normalized: token.get('normalized').booleanOr(true),
			special: token.get('special').booleanOr(false)
		}
	}));
}

function addedIds(added: Field | null): TokenChange[] {
	if (!added) return [];
	const entries = added.entries();
	checkCount(entries.length, added);
	return entries.map(([content, id]) => ({ id: id.integer(MAX_ID), content, flags: {} }));
}

const NAMES = ['bos', 'eos', 'unk', 'sep', 'pad', 'cls', 'mask'].map((name) => `${name}_token`);

/**
 * Tokens to which the file assigns a role, such as BOS, and the file's additional special tokens. All these tokens are
 * special.
 */
function namedTokens(field: Field | null): TokenChange[] {
	if (!field) return [];
	const more = field.get('additional_special_tokens');
	const listed = Array.isArray(more.value) ? more.array() : [];
	checkCount(listed.length, more);
	return [...NAMES.map((name) => field.get(name)), ...listed].flatMap((token) => {
		const content = contentOf(token);
		if (content === null || content === '') return [];
		return [{ id: null, content, flags: { special: true } }];
	});
}

function checkCount(count: number, field: Field): void {
	if (count > MAX_ADDED) throw field.error(`at most ${MAX_ADDED} tokens`);
}

/** Content of a token given as a string or an object; `null` for anything else. */
function contentOf(field: Field): string | null {
	const { value } = field;
	if (typeof value === 'string') return value;
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
	const content = field.get('content');
	return typeof content.value === 'string' ? content.value : null;
}

function withTokens(
	spec: TokenizerSpec,
	changes: readonly TokenChange[]
): { readonly spec: TokenizerSpec; readonly changed: number } {
	const tokens = new Map(spec.added_tokens.map((token) => [token.content, token]));
	const foreign = new Map(
		(spec.model.foreign_tokens ?? []).map(({ id, content }) => [content, id])
	);
	const changed = new Set<string>();
	let next = spec.added_tokens.reduce(
		(largest, { id }) => Math.max(largest, id + 1),
		spec.model.vocabulary.ends.length
	);
	for (const { id, content, flags } of changes) {
		if (content === '') continue;
		const before = tokens.get(content);
		const token: AddedTokenSpec = {
			...createSpecialToken(before?.id ?? foreign.get(content) ?? id ?? next, content),
			special: false,
			...before,
			...flags
		};
		next = Math.max(next, token.id + 1);
		if (before && JSON.stringify(before) === JSON.stringify({ ...before, ...flags })) continue;
		tokens.set(content, token);
		changed.add(content);
	}
	if (changed.size === 0) return { spec, changed: 0 };
	const added_tokens = [...tokens.values()].toSorted((a, b) => a.id - b.id);
	return { spec: { ...spec, added_tokens }, changed: changed.size };
}

const stringAt = (field: Field | null, key: string): string | undefined => {
	const value = field?.get(key).value;
	return typeof value === 'string' ? value : undefined;
};

/**
 * Settings that change ids or text in transformers 5 but don't affect the tokenizer.json that the lab runs. With
 * `LlamaTokenizer` or `GPT2Tokenizer`, the ids from transformers 5.3.0 differed from those of the tokenizer.json for
 * every byte-level file we tried.
 */
function effectsElsewhere(config: Field | null, byteLevel: boolean): string[] {
	if (!config) return [];
	const found: string[] = [];
	const name = stringAt(config, 'tokenizer_class');
	if (name !== undefined && !PLAIN_CLASSES.has(name)) {
		const replaces = byteLevel && /^(Llama|GPT2)Tokenizer/.test(name);
		found.push(
			`tokenizer_class is ${JSON.stringify(name.slice(0, 60))}: transformers 5 ${replaces ? 'builds' : 'may build'} that class’s stages instead of those in tokenizer.json${replaces ? ', so the ids differ' : ''}.`
		);
	}
	const effects: readonly (readonly [key: string, value: unknown, effect: string])[] = [
		['legacy', false, 'transformers 5 adds no space after special tokens'],
		['add_prefix_space', true, 'transformers adds a space before the text'],
		['split_special_tokens', true, 'transformers splits special tokens like any other text'],
		[
			'clean_up_tokenization_spaces',
			true,
			'transformers removes spaces before punctuation in decoded text'
		]
	];
	for (const [key, value, effect] of effects) {
		if (config.get(key).value === value) found.push(`${key} is ${String(value)}: ${effect}.`);
	}
	return found;
}
