import { decodeBase64 } from '../../engine/formats/base64';
import { checkRegex } from './native-regex';
import type { Json } from './read-json';
import {
	array,
	boolean,
	character,
	entriesOf,
	lazy,
	mapOf,
	mapped,
	mustBe,
	oneWord,
	option,
	optional,
	pair,
	Panic,
	readFields,
	Refusal,
	string,
	struct,
	tagged,
	toValue,
	u32,
	untagged,
	usize,
	variant,
	type Reader
} from './serde';

/** Stages as native reads them, without what can neither refuse a file nor panic. */
export type NativeNormalizer =
	| { readonly type: 'Sequence'; readonly steps: readonly NativeNormalizer[] }
	| { readonly type: 'Prepend'; readonly prepend: string }
	| ({ readonly type: 'Replace' } & ReplaceFields)
	| Other;

export type NativePreTokenizer =
	| { readonly type: 'Sequence'; readonly steps: readonly NativePreTokenizer[] }
	| { readonly type: 'FixedLength'; readonly length: number }
	| Other;

export type NativePostProcessor =
	| { readonly type: 'Sequence'; readonly steps: readonly NativePostProcessor[] }
	| {
			readonly type: 'Template';
			readonly single: readonly TemplatePiece[];
			readonly pair: readonly TemplatePiece[];
			/** The number of ids of each special token. */
			readonly special: ReadonlyMap<string, number>;
	  }
	/** Adds so many tokens to one sequence and to a pair. */
	| { readonly type: 'other'; readonly added: readonly [number, number] };

export type TemplatePiece =
	| { readonly variant: 'Sequence'; readonly content: { readonly id: 'A' | 'B' } }
	| { readonly variant: 'SpecialToken'; readonly content: { readonly id: string } };

export type NativeDecoder =
	| { readonly type: 'Sequence'; readonly steps: readonly NativeDecoder[] }
	| {
			readonly type: 'Strip';
			readonly content: string;
			readonly start: number;
			readonly stop: number;
	  }
	| ({ readonly type: 'Replace' } & ReplaceFields)
	| { readonly type: 'ByteFallback' | 'ByteLevel' | 'Fuse' }
	| Other;

interface ReplaceFields {
	readonly pattern: NativePattern;
	readonly content: string;
}

export interface NativePattern {
	readonly variant: 'String' | 'Regex';
	readonly content: string;
}

interface Other {
	readonly type: 'other';
}

const OTHER: Other = { type: 'other' };

const other = (inner: Reader<unknown>): Reader<Other> => mapped(inner, () => OTHER);

/** A stage without fields. */
const bare = (name: string): Reader<Other> =>
	other(struct(`${name}Helper`, { type: oneWord(`${name}Type`, [name]) }));

/**
 * Reads a stage by the reader that its `type` names. Without such a type, which is how older files and
 * other class names get in, the first reader that accepts its fields is taken.
 */
function stage<T>(name: string, readers: Readonly<Record<string, Reader<T>>>): Reader<T> {
	const tag = { type: oneWord('EnumType', Object.keys(readers)) };
	const byFields = untagged(`${name}Untagged`, Object.values(readers));
	return {
		read(json) {
			const type = readTag(json, tag);
			if (type === null) return byFields.read(toValue(json));
			const members = new Map(entriesOf(json)).set('type', type);
			return readers[type].read(toValue(Object.fromEntries(members)));
		}
	};
}

function readTag<T extends string>(json: Json, tag: { type: Reader<T> }): T | null {
	const entries = entriesOf(json);
	if (!entries) return null;
	try {
		return readFields(entries, tag).type;
	} catch (refusal) {
		if (refusal instanceof Refusal) return null;
		throw refusal;
	}
}

const pattern = (name: string): Reader<NativePattern> =>
	mapped(variant(name, { String: string, Regex: string }), (found) => found);

const replace = mapped(
	struct('ReplaceDeserializer', { pattern: pattern('ReplacePattern'), content: string }),
	(fields) => {
		checkRegex(fields.pattern);
		return { type: 'Replace', ...fields } as const;
	}
);

const byteLevel = mapped(
	tagged('ByteLevel', {
		add_prefix_space: boolean,
		trim_offsets: boolean,
		use_regex: optional(boolean, true)
	}),
	() => ({ type: 'ByteLevel' }) as const
);

const metaspace = mapped(
	struct('MetaspaceHelper', {
		type: oneWord('Type', ['Metaspace']),
		replacement: character,
		add_prefix_space: option(boolean),
		prepend_scheme: optional(oneWord('PrependScheme', ['first', 'never', 'always']), 'always'),
		split: option(boolean),
		str_rep: option(string)
	}),
	({ add_prefix_space, prepend_scheme }) => {
		if (add_prefix_space === false && prepend_scheme !== 'never') {
			throw new Refusal('add_prefix_space does not match declared prepend_scheme');
		}
		return OTHER;
	}
);

const inSequence = <T>(steps: readonly T[]) => ({ type: 'Sequence', steps }) as const;

const precompiled: Reader<Other> = {
	read(json) {
		const members = new Map(entriesOf(json));
		const charsMap = members.get('precompiled_charsmap');
		if (typeof charsMap !== 'string' || !isCharsMap(decodeBase64(charsMap))) {
			throw new Panic('Precompiled: Error("Cannot parse precompiled_charsmap")');
		}
		// Reading by fields hands over a copy of the string, which this reader does not take.
		if (!members.has('type')) throw new Refusal('expected a borrowed string');
		return OTHER;
	}
};

/** SentencePiece's table: the size of a trie in bytes, the trie, then UTF-8. */
function isCharsMap(bytes: Uint8Array | null): boolean {
	if (!bytes || bytes.length < 4) return false;
	const size = new DataView(bytes.buffer).getUint32(0, true);
	const trieEnd = 4 + (size - (size % 4));
	if (trieEnd > bytes.length) return false;
	try {
		new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(trieEnd));
		return true;
	} catch (notUtf8) {
		return !(notUtf8 instanceof TypeError);
	}
}

const normalizerReaders: Readonly<Record<string, Reader<NativeNormalizer>>> = {
	Bert: other(
		struct('BertNormalizer', {
			clean_text: boolean,
			handle_chinese_chars: boolean,
			strip_accents: option(boolean),
			lowercase: boolean
		})
	),
	Strip: other(struct('Strip', { strip_left: boolean, strip_right: boolean })),
	StripAccents: bare('StripAccents'),
	NFC: bare('NFC'),
	NFD: bare('NFD'),
	NFKC: bare('NFKC'),
	NFKD: bare('NFKD'),
	Sequence: mapped(
		struct('Sequence', { normalizers: array(lazy(() => normalizer)) }),
		({ normalizers }) => inSequence(normalizers)
	),
	Lowercase: bare('Lowercase'),
	Nmt: bare('Nmt'),
	Precompiled: precompiled,
	Replace: replace,
	Prepend: mapped(struct('Prepend', { prepend: string }), ({ prepend }) => ({
		type: 'Prepend',
		prepend
	})),
	ByteLevel: bare('ByteLevel')
};

export const normalizer = stage('Normalizer', normalizerReaders);

const behavior = oneWord('SplitDelimiterBehavior', [
	'Removed',
	'Isolated',
	'MergedWithPrevious',
	'MergedWithNext',
	'Contiguous'
]);

const preTokenizerReaders: Readonly<Record<string, Reader<NativePreTokenizer>>> = {
	BertPreTokenizer: bare('BertPreTokenizer'),
	ByteLevel: other(byteLevel),
	// The struct asks for its own name as the type, so that only other files than `Delimiter` load.
	Delimiter: other(tagged('CharDelimiterSplit', { delimiter: character })),
	Metaspace: metaspace,
	Whitespace: bare('Whitespace'),
	Sequence: mapped(
		tagged('Sequence', { pretokenizers: array(lazy(() => preTokenizer)) }),
		({ pretokenizers }) => inSequence(pretokenizers)
	),
	Split: mapped(
		struct('SplitHelper', {
			type: oneWord('Type', ['Split']),
			pattern: pattern('SplitPattern'),
			behavior,
			invert: boolean
		}),
		({ pattern }) => {
			checkRegex(pattern);
			return OTHER;
		}
	),
	Punctuation: other(tagged('Punctuation', { behavior: optional(behavior, 'Isolated') })),
	WhitespaceSplit: bare('WhitespaceSplit'),
	Digits: other(tagged('Digits', { individual_digits: boolean })),
	UnicodeScripts: bare('UnicodeScripts'),
	FixedLength: mapped(tagged('FixedLength', { length: optional(usize, 5) }), ({ length }) => ({
		type: 'FixedLength',
		length
	}))
};

export const preTokenizer = stage('PreTokenizer', preTokenizerReaders);

const namedId = pair(string, u32);

const piece: Reader<TemplatePiece> = mapped(
	variant('Piece', {
		Sequence: struct('variant Piece::Sequence', { id: oneWord('Sequence', ['A', 'B']), type_id: u32 }),
		SpecialToken: struct('variant Piece::SpecialToken', { id: string, type_id: u32 })
	}),
	(found) => found
);

/** Post-processors are told apart by their fields alone, in this order. */
export const postProcessor: Reader<NativePostProcessor> = untagged('PostProcessorWrapper', [
	mapped(
		struct('RobertaProcessing', {
			sep: namedId,
			cls: namedId,
			trim_offsets: boolean,
			add_prefix_space: boolean
		}),
		(): NativePostProcessor => ({ type: 'other', added: [2, 4] })
	),
	mapped(
		struct('BertProcessing', { sep: namedId, cls: namedId }),
		(): NativePostProcessor => ({ type: 'other', added: [2, 3] })
	),
	mapped(byteLevel, (): NativePostProcessor => ({ type: 'other', added: [0, 0] })),
	mapped(
		struct('TemplateProcessingDeserializer', {
			single: array(piece),
			pair: array(piece),
			special_tokens: mapOf(
				struct('SpecialToken', { id: string, ids: array(u32), tokens: array(string) })
			)
		}),
		({ single, pair, special_tokens }): NativePostProcessor => ({
			type: 'Template',
			single,
			pair,
			special: new Map(Array.from(special_tokens, ([id, { ids }]) => [id, ids.length]))
		})
	),
	mapped(
		tagged('Sequence', { processors: array(lazy(() => postProcessor)) }),
		({ processors }): NativePostProcessor => inSequence(processors)
	)
]);

const decoderReaders: Readonly<Record<string, Reader<NativeDecoder>>> = {
	BPEDecoder: other(struct('BPEDecoder', { suffix: string })),
	ByteLevel: byteLevel,
	WordPiece: other(struct('WordPiece', { prefix: string, cleanup: boolean })),
	Metaspace: metaspace,
	CTC: other(
		struct('CTC', { pad_token: string, word_delimiter_token: string, cleanup: boolean })
	),
	Sequence: mapped(tagged('Sequence', { decoders: array(lazy(() => decoder)) }), ({ decoders }) =>
		inSequence(decoders)
	),
	Replace: replace,
	Fuse: mapped(struct('Fuse', { type: mustBe('Fuse') }), () => ({ type: 'Fuse' })),
	Strip: mapped(
		struct('Strip', { content: character, start: usize, stop: usize }),
		(fields) => ({ type: 'Strip', ...fields })
	),
	ByteFallback: mapped(struct('ByteFallback', { type: mustBe('ByteFallback') }), () => ({
		type: 'ByteFallback'
	}))
};

export const decoder = stage('Decoder', decoderReaders);
