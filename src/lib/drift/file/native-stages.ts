import { decodeBase64 } from '../../engine/stages';
import { firstInvalidUtf8 } from '../../engine/text';
import { checkRegex } from './native-regex';
import type { Json } from '../../tokenizers/files/exact-json';
import {
	array,
	boolean,
	character,
	entriesOf,
	invalidType,
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
	type Read,
	type Reader
} from './serde';
import { orNull } from '../utilities';

/** A stage as native reads it, with its JSON. */
type Stage<T> = T & { readonly json: Json };

export interface Sequence<T> {
	readonly type: 'Sequence';
	readonly steps: readonly T[];
}

/** A stage that no panic depends on. */
export interface Other {
	readonly type: 'other';
}

export interface NativePattern {
	readonly variant: 'String' | 'Regex';
	readonly content: string;
}

export interface NativeReplace {
	readonly type: 'Replace';
	readonly pattern: NativePattern;
	readonly content: string;
}

/** SentencePiece's normalizer: a double-array trie of the strings that it replaces. */
export interface Precompiled {
	readonly type: 'Precompiled';
	readonly trie: readonly number[];
}

export type NativeNormalizer = Stage<
	| Sequence<NativeNormalizer>
	| { readonly type: 'Prepend'; readonly prepend: string }
	| { readonly type: 'Strip'; readonly strip_left: boolean; readonly strip_right: boolean }
	| Precompiled
	/** Rewrites a text as a whole, such as NFC. */
	| { readonly type: 'whole' }
	| NativeReplace
	| Other
>;

type NativePreTokenizer = Stage<
	| Sequence<NativePreTokenizer>
	| { readonly type: 'ByteLevel' }
	| { readonly type: 'FixedLength'; readonly length: number }
	| Other
>;

export type NativePostProcessor =
	| Sequence<NativePostProcessor>
	| NativeTemplate
	/** Number of tokens that it adds to one sequence and to a pair. */
	| { readonly type: 'other'; readonly added: readonly [number, number] };

interface NativeTemplate {
	readonly type: 'Template';
	readonly single: readonly Read<typeof piece>[];
	readonly pair: readonly Read<typeof piece>[];
	/** The number of ids of each special token. */
	readonly special: ReadonlyMap<string, number>;
}

type NativeDecoder = Stage<
	| Sequence<NativeDecoder>
	| {
			readonly type: 'Strip';
			/** One character. */
			readonly content: string;
			readonly start: number;
			readonly stop: number;
	  }
	/** Joins all tokens into one, even if there are none. */
	| { readonly type: 'join' }
	| Other
>;

/** The steps of a stage, without the sequences that hold them. */
export function flatten<T extends object>(stage: T | null): readonly T[] {
	if (!stage) return [];
	if (!('steps' in stage)) return [stage];
	return (stage.steps as readonly T[]).flatMap((step) => flatten(step));
}

const OTHER: Other = { type: 'other' };

const other = (inner: Reader<unknown>): Reader<Other> => mapped(inner, () => OTHER);

/** A stage without fields. */
const bare = (name: string): Reader<unknown> => struct(`${name}Helper`, { type: oneWord([name]) });

/**
 * Reads a stage by the reader that its `type` names. Without a known type, as in older files and for other class
 * names, the first reader that accepts its fields reads it.
 */
function stage<T extends object>(
	name: string,
	readers: Readonly<Record<string, Reader<T>>>
): Reader<Stage<T>> {
	const tag = { type: oneWord(Object.keys(readers)) };
	const byFields = untagged(`${name}Untagged`, Object.values(readers));
	return {
		read(json) {
			const type = readTag(json, tag);
			if (type === null) {
				const value = toValue(json);
				return { ...byFields.read(value), json: value };
			}
			const members = new Map(entriesOf(json)).set('type', type);
			const value = toValue(Object.fromEntries(members));
			return { ...readers[type].read(value), json: value };
		}
	};
}

/** The stage's or model's type; `null` if it has no known one. */
export function readTag<T extends string>(json: Json, tag: { type: Reader<T> }): T | null {
	const entries = entriesOf(json);
	return entries && orNull(() => readFields(entries, tag).type, Refusal);
}

const pattern: Reader<NativePattern> = variant({ String: string, Regex: string });

const replace = mapped(struct('ReplaceDeserializer', { pattern, content: string }), (fields) => {
	checkRegex(fields.pattern);
	return { type: 'Replace', ...fields } as const;
});

const byteLevel = tagged('ByteLevel', {
	add_prefix_space: boolean,
	trim_offsets: boolean,
	use_regex: optional(boolean, true)
});

const metaspace = mapped(
	struct('MetaspaceHelper', {
		type: oneWord(['Metaspace']),
		replacement: character,
		add_prefix_space: option(boolean),
		prepend_scheme: optional(oneWord(['first', 'never', 'always']), 'always'),
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

/** A struct named like the stage, with all of its fields. */
const withFields = <const N extends string, F extends Parameters<typeof struct>[1]>(
	name: N,
	fields: F
) => mapped(struct(name, fields), (values) => ({ type: name, ...values }));

const inSequence = <T>(steps: readonly T[]) => ({ type: 'Sequence', steps }) as const;

const precompiled: Reader<Precompiled> = {
	read(json) {
		// Read by fields, the string is a copy, but this reader requires a borrowed one.
		const members = new Map(entriesOf(json));
		if (members.get('type') !== 'Precompiled') throw new Refusal('expected a borrowed string');
		return { type: 'Precompiled', trie: readTrie(members.get('precompiled_charsmap')) };
	}
};

/**
 * Reads SentencePiece's table: the size of a trie in bytes, the trie, then UTF-8.
 * @returns the units of the trie
 * @throws Panic for any other value; if it is not base64, the message only resembles native's
 */
function readTrie(json: Json | undefined): readonly number[] {
	if (json === undefined) throw precompiledPanic('missing field `precompiled_charsmap`');
	if (typeof json !== 'string') {
		throw precompiledPanic(invalidType(json, 'a borrowed string').message);
	}
	const bytes = decodeBase64(json);
	const view = bytes && bytes.length >= 4 ? new DataView(bytes.buffer) : null;
	const units = Math.floor((view?.getUint32(0, true) ?? 0) / 4);
	const trieEnd = 4 + 4 * units;
	if (!bytes || !view || trieEnd > bytes.length || firstInvalidUtf8(bytes.subarray(trieEnd)) >= 0) {
		throw precompiledPanic('Cannot parse precompiled_charsmap');
	}
	return Array.from({ length: units }, (_, i) => view.getUint32(4 + 4 * i, true));
}

const precompiledPanic = (message: string): Panic =>
	new Panic(`Precompiled: Error(${JSON.stringify(message)})`);

const WHOLE = { type: 'whole' } as const;
const whole = (inner: Reader<unknown>) => mapped(inner, () => WHOLE);

const normalizerReaders: Readonly<Record<string, Reader<UnplacedNormalizer>>> = {
	Bert: mapped(
		struct('BertNormalizer', {
			clean_text: boolean,
			handle_chinese_chars: boolean,
			strip_accents: option(boolean),
			lowercase: boolean
		}),
		(flags) => (Object.values(flags).includes(true) ? WHOLE : OTHER)
	),
	Strip: withFields('Strip', { strip_left: boolean, strip_right: boolean }),
	StripAccents: whole(bare('StripAccents')),
	NFC: whole(bare('NFC')),
	NFD: whole(bare('NFD')),
	NFKC: whole(bare('NFKC')),
	NFKD: whole(bare('NFKD')),
	Sequence: mapped(
		struct('Sequence', { normalizers: array(lazy(() => normalizer)) }),
		({ normalizers }) => inSequence(normalizers)
	),
	Lowercase: whole(bare('Lowercase')),
	Nmt: whole(bare('Nmt')),
	Precompiled: precompiled,
	Replace: replace,
	Prepend: withFields('Prepend', { prepend: string }),
	ByteLevel: whole(bare('ByteLevel'))
};

type Unplaced<T> = T extends unknown ? Omit<T, 'json'> : never;
type UnplacedNormalizer = Unplaced<NativeNormalizer>;

export const normalizer: Reader<NativeNormalizer> = stage('Normalizer', normalizerReaders);

const behavior = oneWord([
	'Removed',
	'Isolated',
	'MergedWithPrevious',
	'MergedWithNext',
	'Contiguous'
]);

const preTokenizerReaders: Readonly<Record<string, Reader<Unplaced<NativePreTokenizer>>>> = {
	BertPreTokenizer: other(bare('BertPreTokenizer')),
	ByteLevel: mapped(byteLevel, () => ({ type: 'ByteLevel' })),
	// The struct requires its own name as the type, so a file with the type `Delimiter` never loads.
	Delimiter: other(tagged('CharDelimiterSplit', { delimiter: character })),
	Metaspace: metaspace,
	Whitespace: other(bare('Whitespace')),
	Sequence: mapped(
		tagged('Sequence', { pretokenizers: array(lazy(() => preTokenizer)) }),
		({ pretokenizers }) => inSequence(pretokenizers)
	),
	Split: mapped(
		struct('SplitHelper', {
			type: oneWord(['Split']),
			pattern,
			behavior,
			invert: boolean
		}),
		({ pattern }) => {
			checkRegex(pattern);
			return OTHER;
		}
	),
	Punctuation: other(tagged('Punctuation', { behavior: optional(behavior, 'Isolated') })),
	WhitespaceSplit: other(bare('WhitespaceSplit')),
	Digits: other(tagged('Digits', { individual_digits: boolean })),
	UnicodeScripts: other(bare('UnicodeScripts')),
	FixedLength: mapped(tagged('FixedLength', { length: optional(usize, 5) }), ({ length }) => ({
		type: 'FixedLength',
		length
	}))
};

export const preTokenizer: Reader<NativePreTokenizer> = stage('PreTokenizer', preTokenizerReaders);

const namedId = pair(string, u32);

const piece = variant({
	Sequence: struct('variant Piece::Sequence', { id: oneWord(['A', 'B']), type_id: u32 }),
	SpecialToken: struct('variant Piece::SpecialToken', { id: string, type_id: u32 })
});

/** Post-processors are distinguished only by their fields, in this order. */
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
	mapped(struct('BertProcessing', { sep: namedId, cls: namedId }), (): NativePostProcessor => ({
		type: 'other',
		added: [2, 3]
	})),
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

const JOIN = { type: 'join' } as const;

const decoderReaders: Readonly<Record<string, Reader<Unplaced<NativeDecoder>>>> = {
	BPEDecoder: other(struct('BPEDecoder', { suffix: string })),
	ByteLevel: mapped(byteLevel, () => JOIN),
	WordPiece: other(struct('WordPiece', { prefix: string, cleanup: boolean })),
	Metaspace: metaspace,
	CTC: other(struct('CTC', { pad_token: string, word_delimiter_token: string, cleanup: boolean })),
	Sequence: mapped(tagged('Sequence', { decoders: array(lazy(() => decoder)) }), ({ decoders }) =>
		inSequence(decoders)
	),
	Replace: other(replace),
	Fuse: mapped(struct('Fuse', { type: mustBe('Fuse') }), () => JOIN),
	Strip: withFields('Strip', { content: character, start: usize, stop: usize }),
	ByteFallback: other(struct('ByteFallback', { type: mustBe('ByteFallback') }))
};

export const decoder: Reader<NativeDecoder> = stage('Decoder', decoderReaders);
