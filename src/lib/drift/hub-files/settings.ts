import type { AddedTokenSpec } from '../../engine';
import { Field } from '../../engine/stages';
import { TEMPLATE_FILE, type HUB_FILES } from '../../tokenizers/files/recognize';
import { readObject } from '../../tokenizers/files/settings';

export type HubFile = (typeof HUB_FILES)[number];

/** Contents of the files next to a tokenizer.json, by file name. */
export type HubFiles = ReadonlyMap<string, string>;

export const ROLES = [
	'bos_token',
	'eos_token',
	'unk_token',
	'sep_token',
	'pad_token',
	'cls_token',
	'mask_token'
] as const;
export type Role = (typeof ROLES)[number];

/** A token as written in the files: a string, or an object with flags. */
export interface WrittenToken {
	readonly content: string;
	/** `null` if the token is a string. */
	readonly flags: TokenFlags | null;
}

export type TokenFlags = Omit<AddedTokenSpec, 'id' | 'content'>;

/** Settings from the files, as transformers 5.3.0 reads them. Absent and null mean the same, so both become `null`. */
export interface HubSettings {
	readonly tokenizer_class: string | null;
	/** From config.json. */
	readonly model_type: string | null;
	readonly legacy: boolean | null;
	readonly add_prefix_space: boolean | null;
	/** In order of id. `null` if absent; special_tokens_map.json and added_tokens.json then take its place. */
	readonly added_tokens_decoder: readonly WrittenToken[] | null;
	/** From added_tokens.json, in order of id. */
	readonly added_tokens: readonly (readonly [id: number, content: string])[];
	/** `extra_special_tokens`, which transformers 4 called `additional_special_tokens`. */
	readonly extra_special_tokens: readonly WrittenToken[];
	/** A role is absent if unset, and `null` if explicitly set to no token. */
	readonly roles: Readonly<Partial<Record<Role, WrittenToken | null>>>;
	readonly split_special_tokens: boolean;
	readonly clean_up_tokenization_spaces: boolean;
	readonly padding_side: 'left' | 'right' | null;
	readonly truncation_side: 'left' | 'right' | null;
	/** In tokens; `null` for no limit. */
	readonly model_max_length: number | null;
	/** Chat templates by name, normalized as Jinja reads them. */
	readonly templates: ReadonlyMap<string, string>;
	/** Ids in generation_config.json, ascending. */
	readonly generation: Readonly<Record<GenerationField, readonly number[]>>;
}

export const GENERATION_FIELDS = ['eos_token_id', 'bos_token_id', 'pad_token_id'] as const;
type GenerationField = (typeof GENERATION_FIELDS)[number];

const MAX_ID = 2 ** 31 - 1;
/** transformers treats any higher limit as no limit (`LARGE_INTEGER`). */
const MAX_LENGTH = 1e20;

/** @throws Error with a one-line message that names the file and the field */
export function readHubSettings(files: HubFiles): HubSettings {
	const config = parseObject(files, 'tokenizer_config.json');
	const map = parseObject(files, 'special_tokens_map.json');
	const decoder = config.get('added_tokens_decoder');
	// transformers reads special_tokens_map.json only if the config lacks `added_tokens_decoder`.
	const hasDecoder = decoder.value !== undefined;
	const extraOf = (field: Field): Field | null => {
		const extra = field.get('extra_special_tokens');
		const additional = field.get('additional_special_tokens');
		return extra.isNull ? (additional.isNull ? null : additional) : extra;
	};
	const listed = extraOf(config);
	const mapped = hasDecoder ? null : extraOf(map);
	return {
		tokenizer_class: stringOrNull(config.get('tokenizer_class')),
		model_type: stringOrNull(parseObject(files, 'config.json').get('model_type')),
		legacy: booleanOrNull(config.get('legacy')),
		add_prefix_space: booleanOrNull(config.get('add_prefix_space')),
		added_tokens_decoder: hasDecoder ? decoderTokens(decoder) : null,
		added_tokens: parseObject(files, 'added_tokens.json')
			.entries()
			.map(([content, id]) => [id.integer(MAX_ID), content]),
		extra_special_tokens: uniqueTokens([
			...(listed ? extraTokens(listed) : []),
			...(mapped ? extraTokens(mapped) : []),
			...modelTokens(config)
		]),
		roles: Object.fromEntries(
			ROLES.flatMap((role) => {
				const fields = [hasDecoder ? null : map.get(role), config.get(role)];
				const field = fields.find((one) => one && one.value !== undefined);
				return field ? [[role, tokenOrNull(field)]] : [];
			})
		),
		split_special_tokens: config.get('split_special_tokens').booleanOr(false),
		clean_up_tokenization_spaces: config.get('clean_up_tokenization_spaces').booleanOr(false),
		padding_side: sideOrNull(config.get('padding_side')),
		truncation_side: sideOrNull(config.get('truncation_side')),
		model_max_length: lengthOrNull(config.get('model_max_length')),
		templates: templatesOf(files),
		generation: generationIds(parseObject(files, 'generation_config.json'))
	};
}

/**
 * Parses a JSON file; returns an empty object if there is no such file. @throws Error if the text isn't a JSON object
 */
export const parseObject = (files: HubFiles, name: HubFile): Field =>
	readObject(files, name) ?? new Field({}, name);

const stringOrNull = (field: Field): string | null => (field.isNull ? null : field.string());
const booleanOrNull = (field: Field): boolean | null => (field.isNull ? null : field.boolean());
const sideOrNull = (field: Field) => (field.isNull ? null : field.oneOf('left', 'right'));

function lengthOrNull(field: Field): number | null {
	if (field.isNull) return null;
	if (typeof field.value !== 'number' || field.value < 0) throw field.error('a number of tokens');
	return field.value > MAX_LENGTH ? null : field.value;
}

function decoderTokens(decoder: Field): WrittenToken[] {
	if (decoder.isNull) return [];
	return decoder
		.entries()
		.map(([key, token]) => {
			const id = new Field(/^\d+$/.test(key) ? Number(key) : key, `${token.path} key`);
			return { id: id.integer(MAX_ID), token: writtenToken(token) };
		})
		.sort((a, b) => a.id - b.id)
		.map(({ token }) => token);
}

/** Tokens in a list, or in an object by name. */
const extraTokens = (field: Field): WrittenToken[] =>
	(Array.isArray(field.value) ? field.array() : field.entries().map(([, token]) => token)).map(
		writtenToken
	);

/** Tokens in model-specific fields such as `image_token`. */
const modelTokens = (config: Field): WrittenToken[] =>
	config
		.entries()
		.filter(
			([key, { value }]) =>
				key.endsWith('_token') && !ROLES.some((role) => role === key) && typeof value === 'string'
		)
		.map(([, token]) => writtenToken(token));

const uniqueTokens = (tokens: readonly WrittenToken[]): WrittenToken[] => [
	...new Map(tokens.map((token) => [token.content, token])).values()
];

const tokenOrNull = (field: Field): WrittenToken | null =>
	field.isNull || field.value === '' ? null : writtenToken(field);

function writtenToken(field: Field): WrittenToken {
	if (typeof field.value === 'string') return { content: field.value, flags: null };
	const special = field.get('special').booleanOr(false);
	return {
		content: field.get('content').string(),
		flags: {
			single_word: field.get('single_word').booleanOr(false),
			lstrip: field.get('lstrip').booleanOr(false),
			rstrip: field.get('rstrip').booleanOr(false),
			normalized: field.get('normalized').booleanOr(!special),
			special
		}
	};
}

/**
 * Template files take precedence over the `chat_template` field, which may contain one template or a list of named
 * templates. The template of a multimodal processor is in chat_template.json.
 */
function templatesOf(files: HubFiles): ReadonlyMap<string, string> {
	const inFiles = [...files].flatMap(([path, template]) => {
		const found = TEMPLATE_FILE.exec(path);
		return found ? [[found[1] ?? 'default', template] as const] : [];
	});
	const ofProcessor = parseObject(files, 'chat_template.json').get('chat_template');
	const all = [
		...(inFiles.length > 0
			? inFiles
			: templatesIn(parseObject(files, 'tokenizer_config.json').get('chat_template'))),
		...(ofProcessor.isNull ? [] : [['chat_template.json', ofProcessor.string()] as const])
	];
	return new Map(all.map(([name, template]) => [name, asJinja(template)]));
}

function templatesIn(field: Field): (readonly [name: string, template: string])[] {
	if (field.isNull) return [];
	if (typeof field.value === 'string') return [['default', field.value]];
	const named: (readonly [string, Field])[] = Array.isArray(field.value)
		? field.array().map((one) => [one.get('name').string(), one.get('template')])
		: field.entries();
	return named.map(([name, template]) => [name, template.string()]);
}

/** Jinja treats every kind of newline alike and drops the last one (`keep_trailing_newline` is off). */
const asJinja = (template: string): string => template.replace(/\r\n?/g, '\n').replace(/\n$/, '');

function generationIds(config: Field): HubSettings['generation'] {
	const ids = (field: Field): number[] => {
		if (field.isNull) return [];
		const listed = Array.isArray(field.value) ? field.array() : [field];
		return [...new Set(listed.map((one) => one.integer(MAX_ID)))].sort((a, b) => a - b);
	};
	return {
		eos_token_id: ids(config.get('eos_token_id')),
		bos_token_id: ids(config.get('bos_token_id')),
		pad_token_id: ids(config.get('pad_token_id'))
	};
}
