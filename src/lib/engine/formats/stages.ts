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

export function parseNormalizer(field: Field, depth = 0): NormalizerSpec | null {
	if (field.isNull) return null;
	const type = field
		.get('type')
		.oneOf(
			'NFC',
			'NFD',
			'NFKC',
			'NFKD',
			'Lowercase',
			'Strip',
			'StripAccents',
			'Replace',
			'Prepend',
			'Nmt',
			'Precompiled',
			'ByteLevel',
			'BertNormalizer',
			'Sequence'
		);
	switch (type) {
		case 'NFC':
		case 'NFD':
		case 'NFKC':
		case 'NFKD': {
			const unicode = field.get('unicode');
			return unicode.isNull ? { type } : { type, unicode: unicode.oneOf('9.0', 'latest') };
		}
		case 'Lowercase':
		case 'StripAccents':
		case 'Nmt':
		case 'ByteLevel':
			return { type };
		case 'BertNormalizer': {
			const accents = field.get('strip_accents');
			return {
				type,
				clean_text: field.get('clean_text').boolean(),
				handle_chinese_chars: field.get('handle_chinese_chars').boolean(),
				strip_accents: accents.isNull ? null : accents.boolean(),
				lowercase: field.get('lowercase').boolean()
			};
		}
		case 'Precompiled': {
			const precompiled_charsmap = field.get('precompiled_charsmap').string();
			const match = field.get('match');
			if (match.isNull) return { type, precompiled_charsmap };
			return { type, precompiled_charsmap, match: match.oneOf('grapheme', 'longest') };
		}
		case 'Strip':
			return {
				type,
				strip_left: field.get('strip_left').boolean(),
				strip_right: field.get('strip_right').boolean()
			};
		case 'Replace':
			return { type, ...parseReplace(field) };
		case 'Prepend':
			return { type, prepend: field.get('prepend').string() };
		case 'Sequence':
			return { type, normalizers: parseSteps(field.get('normalizers'), depth, parseNormalizer) };
	}
}

export function parsePreTokenizer(field: Field, depth = 0): PreTokenizerSpec | null {
	if (field.isNull) return null;
	const type = field
		.get('type')
		.oneOf(
			'ByteLevel',
			'Split',
			'Metaspace',
			'Digits',
			'Punctuation',
			'Whitespace',
			'WhitespaceSplit',
			'BertPreTokenizer',
			'CharDelimiterSplit',
			'FixedLength',
			'UnicodeScripts',
			'Sequence'
		);
	switch (type) {
		case 'ByteLevel':
			return { type, ...parseByteLevel(field) };
		case 'Split':
			return {
				type,
				pattern: parsePattern(field.get('pattern')),
				behavior: field.get('behavior').oneOf(...BEHAVIORS),
				invert: field.get('invert').boolean()
			};
		case 'Metaspace':
			return { type, ...parseMetaspace(field) };
		case 'Digits':
			return { type, individual_digits: field.get('individual_digits').boolean() };
		case 'Punctuation': {
			const behavior = field.get('behavior');
			return {
				type,
				behavior: behavior.value === undefined ? 'Isolated' : behavior.oneOf(...BEHAVIORS)
			};
		}
		case 'Whitespace':
		case 'WhitespaceSplit':
		case 'BertPreTokenizer':
		case 'UnicodeScripts':
			return { type };
		case 'CharDelimiterSplit':
			return { type, delimiter: field.get('delimiter').character() };
		case 'FixedLength': {
			const length = field.get('length');
			const count = length.value === undefined ? DEFAULT_FIXED_LENGTH : length.integer(MAX_LENGTH);
			if (count === 0) throw length.error('at least 1');
			return { type, length: count };
		}
		case 'Sequence':
			return {
				type,
				pretokenizers: parseSteps(field.get('pretokenizers'), depth, parsePreTokenizer)
			};
	}
}

export function parsePostProcessor(field: Field, depth = 0): PostProcessorSpec | null {
	if (field.isNull) return null;
	const type = field
		.get('type')
		.oneOf('TemplateProcessing', 'ByteLevel', 'RobertaProcessing', 'BertProcessing', 'Sequence');
	switch (type) {
		case 'TemplateProcessing': {
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
			return { type, single, pair, special_tokens: Object.fromEntries(special_tokens) };
		}
		case 'ByteLevel':
			return { type, ...parseByteLevel(field) };
		case 'RobertaProcessing':
			return {
				type,
				...parseSepAndCls(field),
				trim_offsets: field.get('trim_offsets').boolean(),
				add_prefix_space: field.get('add_prefix_space').boolean()
			};
		case 'BertProcessing':
			return { type, ...parseSepAndCls(field) };
		case 'Sequence':
			return { type, processors: parseSteps(field.get('processors'), depth, parsePostProcessor) };
	}
}

export function parseDecoder(field: Field, depth = 0): DecoderSpec | null {
	if (field.isNull) return null;
	if (field.get('type').value === 'CTC') {
		throw field
			.get('type')
			.error('a decoder of texts: CTC joins the repeated outputs of speech models');
	}
	const type = field
		.get('type')
		.oneOf(
			'ByteLevel',
			'ByteFallback',
			'Fuse',
			'Metaspace',
			'Replace',
			'Strip',
			'BPEDecoder',
			'WordPiece',
			'Sequence'
		);
	switch (type) {
		case 'ByteLevel':
			return { type, ...parseByteLevel(field) };
		case 'ByteFallback':
		case 'Fuse':
			return { type };
		case 'BPEDecoder':
			return { type, suffix: field.get('suffix').string() };
		case 'WordPiece':
			return {
				type,
				prefix: field.get('prefix').string(),
				cleanup: field.get('cleanup').boolean()
			};
		case 'Metaspace':
			return { type, ...parseMetaspace(field) };
		case 'Replace':
			return { type, ...parseReplace(field) };
		case 'Strip':
			return {
				type,
				content: field.get('content').character(),
				start: field.get('start').integer(MAX_ID),
				stop: field.get('stop').integer(MAX_ID)
			};
		case 'Sequence':
			return { type, decoders: parseSteps(field.get('decoders'), depth, parseDecoder) };
	}
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
