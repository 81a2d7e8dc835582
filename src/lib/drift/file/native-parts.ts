import { encodeUtf8 } from '../../engine/text';
import { decoder, normalizer, postProcessor, preTokenizer, readTag } from './native-stages';
import type { Json } from '../../tokenizers/files/exact-json';
import {
	array,
	boolean,
	entriesOf,
	float,
	invalidType,
	oneWord,
	option,
	optional,
	pair,
	Panic,
	readFields,
	Refusal,
	string,
	struct,
	toValue,
	u32,
	unit,
	untagged,
	usize,
	variant,
	type Read,
	type Reader
} from './serde';

/** Ids by token. */
type NativeVocabulary = ReadonlyMap<string, number>;

type Fields = Readonly<Record<string, Reader<unknown>>>;

/** The members of a model without its type. @throws Refusal for another type, or JSON that is no object */
function membersOf(json: Json, name: string): readonly (readonly [string, Json])[] {
	const entries = entriesOf(json);
	if (!entries) throw new Refusal(`invalid type, expected struct ${name}`);
	if (entries.some(([key]) => key === 'type')) {
		throw new Refusal('invalid type: string, expected a borrowed string');
	}
	return entries;
}

/** Reads the fields of a model in their order. Unknown and missing ones are skipped. */
function readKnown<F extends Fields>(
	json: Json,
	name: string,
	fields: F
): { readonly [K in keyof F]?: Read<F[K]> } {
	const known = membersOf(json, name).filter(([key]) => Object.hasOwn(fields, key));
	const values = known.map(([key, value]) => [key, fields[key].read(value)]);
	return Object.fromEntries(values) as { readonly [K in keyof F]?: Read<F[K]> };
}

/** Ids by token. Of several bad ids, that of the first token in order is reported, as in a sorted map. */
const vocabulary: Reader<NativeVocabulary> = {
	read(json) {
		const entries = entriesOf(json);
		if (!entries) throw invalidType(json, 'a map');
		const ids = new Map<string, number>();
		let bad: string | null = null;
		for (const [token, id] of entries) {
			if (typeof id === 'number' && Number.isInteger(id) && id >= 0 && id <= 0xffffffff) {
				ids.set(token, id);
			} else if (bad === null || token < bad) bad = token;
		}
		if (bad !== null) u32.read(new Map(entries).get(bad) ?? null);
		return ids;
	}
};

type Merges = readonly (readonly [string, string])[] | readonly string[];

const merges = untagged<Reader<Merges>>('MergeType', [
	{
		read(json) {
			if (Array.isArray(json) && json.every(isStringPair)) return json;
			throw new Refusal('not all are pairs of strings');
		}
	},
	array(string)
]);

const isStringPair = (json: Json): json is [string, string] =>
	Array.isArray(json) &&
	json.length === 2 &&
	typeof json[0] === 'string' &&
	typeof json[1] === 'string';

const BPE_FIELDS = {
	dropout: option(float('f32')),
	unk_token: option(string),
	continuing_subword_prefix: option(string),
	end_of_word_suffix: option(string),
	fuse_unk: option(boolean),
	byte_fallback: option(boolean),
	ignore_merges: option(boolean),
	vocab: vocabulary,
	merges
};

const bpe: Reader<NativeVocabulary> = {
	read(json) {
		const fields = readKnown(json, 'BPE', BPE_FIELDS);
		if (!fields.vocab || !fields.merges) throw new Refusal('Missing vocab/merges');
		const pairs = splitMerges(fields.merges);
		const dropout = fields.dropout ?? 0;
		if (dropout < 0 || dropout > 1) {
			throw new Refusal('Dropout should be between 0 and 1, inclusive');
		}
		checkMerges(pairs, fields.vocab, fields.continuing_subword_prefix ?? '');
		return fields.vocab;
	}
};

function splitMerges(list: Merges): readonly (readonly [string, string])[] {
	const pairs: (readonly [string, string])[] = [];
	for (const merge of list) {
		if (typeof merge !== 'string') pairs.push(merge);
		else if (!merge.startsWith('#version')) {
			const space = merge.indexOf(' ');
			if (space < 0 || merge.includes(' ', space + 1)) {
				throw new Refusal(`Merges text file invalid at line ${pairs.length + 1}`);
			}
			pairs.push([merge.slice(0, space), merge.slice(space + 1)]);
		}
	}
	return pairs;
}

/**
 * Both tokens of a merge and their product must be in the vocabulary. Native writes the product into
 * a buffer as long as the longest token, and panics if it does not fit.
 */
function checkMerges(
	pairs: readonly (readonly [string, string])[],
	vocab: NativeVocabulary,
	prefix: string
): void {
	let longest: number | null = null;
	for (const [left, right] of pairs) {
		if (!vocab.has(left)) throw outOfVocabulary(left);
		if (!vocab.has(right)) throw outOfVocabulary(right);
		const stripped = prefix === '' || right.startsWith(prefix) ? right.slice(prefix.length) : null;
		if (stripped !== null && vocab.has(left + stripped)) continue;

		longest ??= longestToken(vocab);
		const start = byteLength(left);
		const end = start + byteLength(right) - byteLength(prefix);
		if (end < 0) {
			throw new Panic(
				`range end index ${2n ** 64n + BigInt(end)} out of range for slice of length ${longest}`
			);
		}
		if (end < start) throw new Panic(`slice index starts at ${start} but ends at ${end}`);
		if (end > longest) {
			throw new Panic(`range end index ${end} out of range for slice of length ${longest}`);
		}
		const product = left + (stripped ?? withoutBytes(right, byteLength(prefix)));
		if (!vocab.has(product)) throw outOfVocabulary(product);
	}
}

const outOfVocabulary = (token: string): Refusal =>
	new Refusal(`Token \`${token}\` out of vocabulary`);

const byteLength = (text: string): number => encodeUtf8(text).length;

/** The text without its first bytes. A character that this splits becomes U+FFFD. */
const withoutBytes = (text: string, count: number): string =>
	new TextDecoder().decode(encodeUtf8(text).subarray(count));

function longestToken(vocab: NativeVocabulary): number {
	let longest = 0;
	for (const token of vocab.keys()) longest = Math.max(longest, byteLength(token));
	return longest;
}

const WORD_PIECE_FIELDS = {
	unk_token: string,
	continuing_subword_prefix: string,
	max_input_chars_per_word: usize,
	vocab: vocabulary
};

const WORD_LEVEL_FIELDS = { unk_token: string, vocab: vocabulary };

/** Models of whole words require all of their fields. */
const wordModel = (
	name: string,
	fields: Fields & { readonly vocab: Reader<NativeVocabulary> }
): Reader<NativeVocabulary> => ({
	read: (json) => readFields(membersOf(json, name), fields).vocab
});

const unigram: Reader<NativeVocabulary> = {
	read(json) {
		const { vocab, unk_id = null } = readKnown(json, 'Unigram', {
			unk_id: option(usize),
			byte_fallback: boolean,
			vocab: array(pair(string, float('f64')))
		});
		if (!vocab) throw new Refusal('Missing vocab');
		if (unk_id !== null && vocab.length === 0) {
			throw new Refusal('Unable to load vocab EmptyVocabulary');
		}
		if (unk_id !== null && unk_id >= vocab.length) {
			throw new Refusal('Unable to load vocab UnkIdNotInVocabulary');
		}
		return new Map(vocab.map(([token], id) => [token, id]));
	}
};

const readers = {
	BPE: bpe,
	WordPiece: wordModel('WordPiece', WORD_PIECE_FIELDS),
	WordLevel: wordModel('WordLevel', WORD_LEVEL_FIELDS),
	Unigram: unigram
};

const tag = { type: oneWord(['BPE', 'WordPiece', 'WordLevel', 'Unigram']) };
const byFields = untagged('ModelUntagged', Object.values(readers));

/** Reads a model by its type or, in older files without one, by its fields. */
const model: Reader<NativeVocabulary> = {
	read(json) {
		const type = readTag(json, tag);
		if (type === null) return byFields.read(toValue(json));
		const fields = (entriesOf(json) ?? []).filter(([key]) => key !== 'type');
		return readers[type].read(toValue(Object.fromEntries(fields)));
	}
};

/** A string that native reads straight from the text. */
const atOnce = <T>(inner: Reader<T>): Reader<T> => ({
	...inner,
	read(json) {
		if (typeof json === 'string') refuseLoneSurrogate(json);
		return inner.read(json);
	}
});

const side = atOnce(oneWord(['Left', 'Right'], { atTop: true }));

const truncation = struct('TruncationParams', {
	direction: optional(side, 'Right'),
	max_length: usize,
	strategy: atOnce(oneWord(['LongestFirst', 'OnlyFirst', 'OnlySecond'], { atTop: true })),
	stride: usize
});

const padding = struct('PaddingParams', {
	strategy: atOnce(variant({ BatchLongest: unit, Fixed: usize }, { atTop: true })),
	direction: side,
	pad_to_multiple_of: option(usize),
	pad_id: u32,
	pad_type_id: u32,
	pad_token: atOnce(string)
});

const addedTokenFields = {
	content: string,
	single_word: boolean,
	lstrip: boolean,
	rstrip: boolean,
	normalized: boolean,
	special: boolean
};

const addedToken = struct('AddedTokenWithId', { id: u32 }, { isFlattened: true });

/** A part of the file that native's Node.js binding wraps in its own struct. */
const wrapped = <T>(name: string, inner: Reader<T>): Reader<T> => ({
	read(json) {
		struct(name, {}, { isFlattened: true }).read(json);
		return inner.read(json);
	}
});

/** Readers by key of the file. */
export const PARTS = {
	truncation: option(atOnce(truncation)),
	padding: option(atOnce(padding)),
	added_tokens: array({
		read(json: Json) {
			addedToken.read(json);
			return readFields(entriesOf(json) ?? [], addedTokenFields);
		}
	}),
	normalizer: option(wrapped('Normalizer', normalizer)),
	pre_tokenizer: option(wrapped('PreTokenizer', preTokenizer)),
	post_processor: option(wrapped('Processor', postProcessor)),
	decoder: option(wrapped('Decoder', decoder)),
	model: wrapped('Model', model)
};

export type NativeParts = { readonly [K in keyof typeof PARTS]: Read<(typeof PARTS)[K]> };

export function refuseLoneSurrogate(text: string): void {
	const lone = /[\ud800-\udfff]/u.exec(text)?.[0];
	if (lone === undefined) return;
	// A leading surrogate must be followed by another escape.
	throw new Refusal(
		lone < '\udc00' ? 'unexpected end of hex escape' : 'lone leading surrogate in hex escape'
	);
}
