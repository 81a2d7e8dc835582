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
/** Code points per pre-token of FixedLength: the reference's default, and the most that a file may ask for. */
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

/** Readers of the fields of a stage by its type. */
type Readers<S extends Stage> = {
	readonly [T in S['type']]: (field: Field, depth: number) => FieldsOf<S, T>;
};
type FieldsOf<S extends Stage, T> = S extends unknown
	? T extends S['type']
		? Omit<S, 'type'>
		: never
	: never;

const noFields = () => ({});

const NORMALIZERS: Readers<NormalizerSpec> = {
	NFC: parseUnicode,
	NFD: parseUnicode,
	NFKC: parseUnicode,
	NFKD: parseUnicode,
	Lowercase: noFields,
	Strip: (field) => ({
		strip_left: field.get('strip_left').boolean(),
		strip_right: field.get('strip_right').boolean()
	}),
	StripAccents: noFields,
	Replace: parseReplace,
	Prepend: (field) => ({ prepend: field.get('prepend').string() }),
	Nmt: noFields,
	Precompiled: (field) => ({ precompiled_charsmap: field.get('precompiled_charsmap').string() }),
	SentencePiece: (field) => ({
		precompiled_charsmap: field.get('precompiled_charsmap').string(),
		add_dummy_prefix: field.get('add_dummy_prefix').boolean(),
		remove_extra_whitespaces: field.get('remove_extra_whitespaces').boolean(),
		escape_whitespaces: field.get('escape_whitespaces').boolean(),
		user_defined_symbols: field
			.get('user_defined_symbols')
			.array()
			.map((symbol) => symbol.string())
	}),
	ByteLevel: noFields,
	BertNormalizer(field) {
		const accents = field.get('strip_accents');
		return {
			clean_text: field.get('clean_text').boolean(),
			handle_chinese_chars: field.get('handle_chinese_chars').boolean(),
			strip_accents: accents.isNull ? null : accents.boolean(),
			lowercase: field.get('lowercase').boolean()
		};
	},
	Sequence: (field, depth) => ({
		normalizers: parseSteps(field.get('normalizers'), depth, parseNormalizer)
	})
};

const PRE_TOKENIZERS: Readers<PreTokenizerSpec> = {
	ByteLevel: parseByteLevel,
	Split: (field) => ({
		pattern: parsePattern(field.get('pattern')),
		behavior: field.get('behavior').oneOf(...BEHAVIORS),
		invert: field.get('invert').boolean()
	}),
	Metaspace: parseMetaspace,
	Digits: (field) => ({ individual_digits: field.get('individual_digits').boolean() }),
	Punctuation(field) {
		const behavior = field.get('behavior');
		return {
			behavior: behavior.value === undefined ? 'Isolated' : behavior.oneOf(...BEHAVIORS)
		};
	},
	Whitespace: noFields,
	WhitespaceSplit: noFields,
	BertPreTokenizer: noFields,
	CharDelimiterSplit: (field) => ({ delimiter: field.get('delimiter').character() }),
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
		const special_tokens = tokens.map(
			([name, token]) => [name, parseTemplateToken(token)] as const
		);
		const single = parseTemplate(field.get('single'));
		const sequences = single.filter((item) => 'Sequence' in item);
		if (sequences.length !== 1) {
			throw field.get('single').error(`exactly one Sequence (it has ${sequences.length})`);
		}
		const pair = parseTemplate(field.get('pair'));
		return { single, pair, special_tokens: Object.fromEntries(special_tokens) };
	},
	ByteLevel: parseByteLevel,
	RobertaProcessing: (field) => ({
		...parseSepAndCls(field),
		trim_offsets: field.get('trim_offsets').boolean(),
		add_prefix_space: field.get('add_prefix_space').boolean()
	}),
	BertProcessing: parseSepAndCls,
	Sequence: (field, depth) => ({
		processors: parseSteps(field.get('processors'), depth, parsePostProcessor)
	})
};

const DECODERS: Readers<DecoderSpec> = {
	ByteLevel: parseByteLevel,
	ByteFallback: noFields,
	Fuse: noFields,
	Metaspace: parseMetaspace,
	Replace: parseReplace,
	Strip: (field) => ({
		content: field.get('content').character(),
		start: field.get('start').integer(MAX_ID),
		stop: field.get('stop').integer(MAX_ID)
	}),
	SentencePiece: (field) => ({
		add_dummy_prefix: field.get('add_dummy_prefix').boolean(),
		remove_extra_whitespaces: field.get('remove_extra_whitespaces').boolean(),
		unk_token: field.get('unk_token').isNull ? null : field.get('unk_token').string(),
		unk_surface: field.get('unk_surface').string()
	}),
	BPEDecoder: (field) => ({ suffix: field.get('suffix').string() }),
	WordPiece: (field) => ({
		prefix: field.get('prefix').string(),
		cleanup: field.get('cleanup').boolean()
	}),
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

function parseUnicode(field: Field) {
	const unicode = field.get('unicode');
	return unicode.isNull ? {} : { unicode: unicode.oneOf('9.0', 'latest') };
}

function parsePattern(field: Field): PatternSpec {
	const [kind, ...more] = Object.keys(field.object());
	if (more.length > 0) throw field.error('one of String and Regex');
	if (kind === 'String') return { String: field.get(kind).string() };
	if (kind === 'Regex') return { Regex: field.get(kind).string() };
	throw field.error('{"String": …} or {"Regex": …}');
}

function parseReplace(field: Field) {
	return {
		pattern: parsePattern(field.get('pattern')),
		content: field.get('content').string()
	};
}

function parseByteLevel(field: Field) {
	return {
		add_prefix_space: field.get('add_prefix_space').boolean(),
		trim_offsets: field.get('trim_offsets').boolean(),
		use_regex: field.get('use_regex').booleanOr(true)
	};
}

/** Older files have `add_prefix_space` instead of `prepend_scheme`; true means `always`, false `never`. */
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

function parseSepAndCls(field: Field) {
	return { sep: parseNamedToken(field.get('sep')), cls: parseNamedToken(field.get('cls')) };
}

/** `["</s>", 2]` */
function parseNamedToken(field: Field): readonly [content: string, id: number] {
	const parts = field.array();
	if (parts.length !== 2) throw field.error('a token and its id');
	return [parts[0].string(), parts[1].integer(MAX_ID)];
}

function parseTemplateToken(field: Field) {
	const ids = field.get('ids').array();
	const tokens = field.get('tokens').array();
	return {
		id: field.get('id').string(),
		ids: ids.map((id) => id.integer(MAX_ID)),
		tokens: tokens.map((token) => token.string())
	};
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
