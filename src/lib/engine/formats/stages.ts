import type {
	DecoderSpec,
	NormalizerSpec,
	PatternSpec,
	PostProcessorSpec,
	PreTokenizerSpec,
	TemplatePiece
} from '../spec';
import type { Field } from './field';

/** Maximum nesting of sequences, so that a hostile file cannot exhaust the stack. */
const MAX_DEPTH = 32;
const MAX_ID = 0xffffffff;
/** Default and maximum number of code points per FixedLength pre-token, as in the reference. */
const DEFAULT_FIXED_LENGTH = 5;
const MAX_LENGTH = 0xffffffff;

const BEHAVIORS = [
	'Removed',
	'Isolated',
	'MergedWithPrevious',
	'MergedWithNext',
	'Contiguous'
] as const;

interface Stage {
	readonly type: string;
}

/** Functions that read the fields of each type of stage. */
type Readers<S extends Stage> = {
	readonly [T in S['type']]: (field: Field, depth: number) => FieldsOf<S, T>;
};
type FieldsOf<S extends Stage, T> = S extends unknown
	? T extends S['type']
		? Omit<S, 'type'>
		: never
	: never;

const noFields = () => ({});
const text = (field: Field) => field.string();
const character = (field: Field) => field.character();
const flag = (field: Field) => field.boolean();
const flagOr = (fallback: boolean) => (field: Field) => field.booleanOr(fallback);
const id = (field: Field) => field.integer(MAX_ID);
const behavior = (field: Field) => field.oneOf(...BEHAVIORS);
const listOf =
	<T>(read: (item: Field) => T) =>
	(field: Field): T[] =>
		field.array().map(read);

/** Creates a reader for an object from readers for its members. */
function members<R extends Readonly<Record<string, (field: Field) => unknown>>>(readers: R) {
	const all = Object.entries(readers);
	return (field: Field) =>
		Object.fromEntries(all.map(([name, read]) => [name, read(field.get(name))])) as {
			readonly [N in keyof R]: ReturnType<R[N]>;
		};
}

const readUnicode = (field: Field) => {
	const unicode = field.get('unicode');
	return unicode.isNull ? {} : { unicode: unicode.oneOf('9.0', 'latest') };
};
const readReplace = members({ pattern: parsePattern, content: text });
const readByteLevel = members({
	add_prefix_space: flag,
	trim_offsets: flag,
	use_regex: flagOr(true)
});
const readTemplateToken = members({ id: text, ids: listOf(id), tokens: listOf(text) });

const NORMALIZERS: Readers<NormalizerSpec> = {
	NFC: readUnicode,
	NFD: readUnicode,
	NFKC: readUnicode,
	NFKD: readUnicode,
	Lowercase: noFields,
	Strip: members({ strip_left: flag, strip_right: flag }),
	StripAccents: noFields,
	Replace: readReplace,
	Prepend: members({ prepend: text }),
	Nmt: noFields,
	Precompiled: members({ precompiled_charsmap: text }),
	SentencePiece: members({
		precompiled_charsmap: text,
		add_dummy_prefix: flag,
		remove_extra_whitespaces: flag,
		escape_whitespaces: flag,
		user_defined_symbols: listOf(text)
	}),
	ByteLevel: noFields,
	BertNormalizer: members({
		clean_text: flag,
		handle_chinese_chars: flag,
		strip_accents: (field) => (field.isNull ? null : field.boolean()),
		lowercase: flag
	}),
	Sequence: (field, depth) => ({
		normalizers: parseSteps(field.get('normalizers'), depth, parseNormalizer)
	})
};

const PRE_TOKENIZERS: Readers<PreTokenizerSpec> = {
	ByteLevel: readByteLevel,
	Split: members({ pattern: parsePattern, behavior, invert: flag }),
	Metaspace: parseMetaspace,
	Digits: members({ individual_digits: flag }),
	Punctuation: members({
		behavior: (field) => (field.value === undefined ? 'Isolated' : behavior(field))
	}),
	Whitespace: noFields,
	WhitespaceSplit: noFields,
	BertPreTokenizer: noFields,
	CharDelimiterSplit: members({ delimiter: character }),
	FixedLength(field) {
		const length = field.get('length');
		const count = length.value === undefined ? DEFAULT_FIXED_LENGTH : length.integer(MAX_LENGTH);
		if (count === 0) throw length.error('at least 1');
		return { length: count };
	},
	UnicodeScripts: noFields,
	Sequence: (field, depth) => ({
		pretokenizers: parseSteps(field.get('pretokenizers'), depth, parsePreTokenizer)
	})
};

const POST_PROCESSORS: Readers<PostProcessorSpec> = {
	TemplateProcessing(field) {
		const tokens = field.get('special_tokens').entries();
		const special_tokens = tokens.map(([name, token]) => [name, readTemplateToken(token)] as const);
		const single = parseTemplate(field.get('single'));
		const sequences = single.filter((item) => 'Sequence' in item);
		if (sequences.length !== 1) {
			throw field.get('single').error(`exactly one Sequence (it has ${sequences.length})`);
		}
		const pair = parseTemplate(field.get('pair'));
		return { single, pair, special_tokens: Object.fromEntries(special_tokens) };
	},
	ByteLevel: readByteLevel,
	RobertaProcessing: members({
		sep: parseNamedToken,
		cls: parseNamedToken,
		trim_offsets: flag,
		add_prefix_space: flag
	}),
	BertProcessing: members({ sep: parseNamedToken, cls: parseNamedToken }),
	Sequence: (field, depth) => ({
		processors: parseSteps(field.get('processors'), depth, parsePostProcessor)
	})
};

const DECODERS: Readers<DecoderSpec> = {
	ByteLevel: readByteLevel,
	ByteFallback: noFields,
	Fuse: noFields,
	Metaspace: parseMetaspace,
	Replace: readReplace,
	Strip: members({ content: character, start: id, stop: id }),
	SentencePiece: members({
		add_dummy_prefix: flag,
		remove_extra_whitespaces: flag,
		unk_token: (field) => (field.isNull ? null : field.string()),
		unk_surface: text
	}),
	BPEDecoder: members({ suffix: text }),
	WordPiece: members({ prefix: text, cleanup: flag }),
	Sequence: (field, depth) => ({
		decoders: parseSteps(field.get('decoders'), depth, parseDecoder)
	})
};

export const parseNormalizer = (field: Field, depth = 0): NormalizerSpec | null =>
	parseStage(field, NORMALIZERS, depth);

export const parsePreTokenizer = (field: Field, depth = 0): PreTokenizerSpec | null =>
	parseStage(field, PRE_TOKENIZERS, depth);

export const parsePostProcessor = (field: Field, depth = 0): PostProcessorSpec | null =>
	parseStage(field, POST_PROCESSORS, depth);

export function parseDecoder(field: Field, depth = 0): DecoderSpec | null {
	if (!field.isNull && field.get('type').value === 'CTC') {
		throw field
			.get('type')
			.error('a decoder of texts: CTC joins the repeated outputs of speech models');
	}
	return parseStage(field, DECODERS, depth);
}

function parseStage<S extends Stage>(field: Field, readers: Readers<S>, depth: number): S | null {
	if (field.isNull) return null;
	const type = field.get('type').oneOf(...(Object.keys(readers) as S['type'][]));
	const fields: object = readers[type](field, depth);
	return { type, ...fields } as S;
}

function parseSteps<T>(
	field: Field,
	depth: number,
	parse: (step: Field, depth: number) => T | null
): T[] {
	if (depth >= MAX_DEPTH) throw field.error(`at most ${MAX_DEPTH} sequences within each other`);
	return field.array().map((step) => {
		const parsed = parse(step, depth + 1);
		if (parsed === null) throw step.error('an object with a type');
		return parsed;
	});
}

function parsePattern(field: Field): PatternSpec {
	const [kind, ...more] = Object.keys(field.object());
	if (more.length > 0) throw field.error('either "String" or "Regex"');
	if (kind === 'String') return { String: field.get(kind).string() };
	if (kind === 'Regex') return { Regex: field.get(kind).string() };
	throw field.error('{"String": …} or {"Regex": …}');
}

/** Older files have `add_prefix_space` instead of `prepend_scheme`: true means `always`, and false means `never`. */
function parseMetaspace(field: Field) {
	const scheme = field.get('prepend_scheme');
	const addsSpace = field.get('add_prefix_space').booleanOr(true);
	const fallback = addsSpace ? 'always' : 'never';
	const prepend_scheme = scheme.isNull ? fallback : scheme.oneOf('always', 'first', 'never');
	if (!addsSpace && prepend_scheme !== 'never') {
		throw scheme.error('"never", because add_prefix_space is false');
	}
	return {
		replacement: field.get('replacement').character(),
		prepend_scheme,
		split: field.get('split').booleanOr(true)
	} as const;
}

/** `["</s>", 2]` */
function parseNamedToken(field: Field): readonly [content: string, id: number] {
	const parts = field.array();
	if (parts.length !== 2) throw field.error('a token and its id');
	return [parts[0].string(), parts[1].integer(MAX_ID)];
}

function parseTemplate(field: Field): TemplatePiece[] {
	return field.array().map((item): TemplatePiece => {
		const special = item.get('SpecialToken');
		if (!special.isNull) {
			const id = special.get('id').string();
			return { SpecialToken: { id, type_id: special.get('type_id').integer(MAX_ID) } };
		}
		const sequence = item.get('Sequence');
		if (sequence.isNull) throw item.error('{"SpecialToken": …} or {"Sequence": …}');
		const id = sequence.get('id').oneOf('A', 'B');
		return { Sequence: { id, type_id: sequence.get('type_id').integer(MAX_ID) } };
	});
}
