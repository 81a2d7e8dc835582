/** Finds out from a tokenizer.json alone that Hugging Face's library (tokenizers 0.23) refuses it. */
import { JsonMembers, JsonNumber, type Json, type JsonDocument } from './exact-json';

/** Returns why a value (`undefined` for an absent field) is refused, or `null` if nothing in it says so. */
type Check = (json: Json | undefined, path: string) => string | null;
type Fields = Readonly<Record<string, Check>>;

/**
 * Why Hugging Face's library refuses to load a file, as far as the file shows it. `null` is no promise that it loads: the
 * library may still refuse a regular expression, or stop on some text.
 */
export function findRefusal({ value, exact, hasByteOrderMark }: JsonDocument): string | null {
	if (hasByteOrderMark) return 'the file starts with a byte order mark, which JSON does not allow';
	const entries = entriesOf(exact);
	if (!entries) return `got ${shown(exact)}, expected an object`;
	for (const [key, json] of entries) {
		if (!Object.hasOwn(FILE, key)) return `${key.slice(0, 60)}: unknown field; remove it`;
		// Nothing is hidden from a plain value, and unknown fields of these two are skipped unread.
		const isRead = exact === value || key === 'truncation' || key === 'padding';
		const problem = isRead ? null : findUnreadable(json, key);
		if (problem !== null) return problem;
	}
	return findInFields(new Map(entries), FILE, '');
}

function findInFields(
	members: ReadonlyMap<string, Json>,
	fields: Fields,
	path: string
): string | null {
	for (const [key, check] of Object.entries(fields)) {
		const problem = check(members.get(key), path === '' ? key : `${path}.${key}`);
		if (problem !== null) return problem;
	}
	return null;
}

/** Finds a value that Rust's JSON reader cannot represent. */
function findUnreadable(json: Json, path: string): string | null {
	if (typeof json === 'string')
		return json.isWellFormed()
			? null
			: `${path}: got half of a surrogate pair, expected both escapes`;
	if (json instanceof JsonNumber)
		return Number.isFinite(Number(json.text)) ? null : `${path}: number out of range`;
	const entries =
		entriesOf(json) ?? (Array.isArray(json) ? json.map((one) => ['', one] as const) : []);
	for (const [key, item] of entries) {
		const problem = findUnreadable(key, path) ?? findUnreadable(item, path);
		if (problem !== null) return problem;
	}
	return null;
}

/** The members of an object in their order, repeated ones included; `null` for anything else. */
function entriesOf(json: Json | undefined): readonly (readonly [string, Json])[] | null {
	if (json instanceof JsonMembers) return json.entries;
	if (typeof json !== 'object' || json === null || Array.isArray(json)) return null;
	return json instanceof JsonNumber ? null : Object.entries(json);
}

function shown(json: Json | undefined): string {
	if (json === undefined) return 'nothing';
	if (json instanceof JsonNumber) return json.text.slice(0, 60);
	if (Array.isArray(json)) return 'an array';
	if (entriesOf(json)) return 'an object';
	return JSON.stringify(typeof json === 'string' ? json.slice(0, 60) : json);
}

const is =
	(expected: string, test: (json: Json) => boolean): Check =>
	(json, path) =>
		json !== undefined && test(json) ? null : `${path}: got ${shown(json)}, expected ${expected}`;

const optional =
	(check: Check): Check =>
	(json, path) =>
		json === undefined ? null : check(json, path);

const nullable =
	(check: Check): Check =>
	(json, path) =>
		json === undefined || json === null ? null : check(json, path);

const arrayOf =
	(check: Check): Check =>
	(json, path) => {
		if (!Array.isArray(json)) return `${path}: got ${shown(json)}, expected an array`;
		for (const [i, item] of json.entries()) {
			// A path takes longer than a check.
			if (check(item, path) !== null) return check(item, `${path}[${i}]`);
		}
		return null;
	};

/** An object with any keys, of which the last of repeated ones counts. */
const mapOf =
	(check: Check): Check =>
	(json, path) => {
		const entries = entriesOf(json);
		if (!entries) return `${path}: got ${shown(json)}, expected an object`;
		for (const [key, value] of json instanceof JsonMembers ? new Map(entries) : entries) {
			if (check(value, path) !== null) return check(value, `${path}[${shown(key)}]`);
		}
		return null;
	};

/** No list of the fields, which some objects may also be. */
const notList =
	(check: Check): Check =>
	(json, path) =>
		Array.isArray(json) ? `${path}: got an array, expected an object` : check(json, path);

/** Fields of an object, of which the last of repeated ones counts. An array may also be a list of the fields. */
const object =
	(fields: Fields): Check =>
	(json, path) => {
		if (Array.isArray(json)) return null;
		const entries = entriesOf(json);
		if (!entries) return `${path}: got ${shown(json)}, expected an object`;
		return findInFields(new Map(entries), fields, path);
	};

/** {@link object} in which no field may be repeated. */
const strictObject =
	(fields: Fields): Check =>
	(json, path) => {
		const names = (entriesOf(json) ?? []).map(([key]) => key);
		const repeated = names.find((key, i) => Object.hasOwn(fields, key) && names.indexOf(key) !== i);
		return repeated === undefined
			? object(fields)(json, path)
			: `${path}.${repeated}: got it twice, expected it once`;
	};

const string = is('a string', (json) => typeof json === 'string');
const boolean = is('true or false', (json) => typeof json === 'boolean');
const character = is(
	'a string of one character',
	(json) => typeof json === 'string' && [...json].length === 1
);
const number = (json: Json): number =>
	typeof json === 'number' ? json : json instanceof JsonNumber ? Number(json.text) : NaN;
/** A number that is spelled without a fraction or exponent. */
const integer = (bits: 32 | 64): Check =>
	is(`a whole number of ${bits} bits`, (json) => {
		const isWhole = json instanceof JsonNumber ? /^\d+$/.test(json.text) : Number.isInteger(json);
		return isWhole && number(json) >= 0 && number(json) < 2 ** bits;
	});
const u32 = integer(32);
/** One of some words. The library also reads an object with the word as its only key. */
const oneOf = (...words: readonly string[]): Check =>
	is(words.map((word) => JSON.stringify(word)).join(' or '), (json) =>
		typeof json === 'string' ? words.includes(json) : entriesOf(json) !== null
	);

/** Stages by their type, and by their fields alone, which is how the library reads those of no known type. */
const stage =
	(types: Readonly<Record<string, Fields>>, byFields: readonly Fields[]): Check =>
	(json, path) => {
		const entries = entriesOf(json);
		const type = new Map(entries).get('type');
		// Rust also reads a list of the fields, and an object in place of a word.
		if (Array.isArray(json) || entriesOf(type)) return null;
		if (!entries) return `${path}: got ${shown(json)}, expected an object`;
		if (typeof type === 'string' && Object.hasOwn(types, type)) {
			// The library then reads the fields instead, which few stages allow.
			const isRepeated = entries.filter(([key]) => key === 'type').length > 1;
			if (isRepeated) return null;
			const addsNone = type === 'Metaspace' && new Map(entries).get('add_prefix_space') === false;
			return object({ ...types[type], ...(addsNone && { prepend_scheme: scheme }) })(json, path);
		}
		return byFields.some((fields) => object(fields)(json, path) === null)
			? null
			: `${path}.type: got ${shown(type)}, expected one of ${Object.keys(types).join(', ')}`;
	};

const only = (name: string): Check => is(JSON.stringify(name), (json) => json === name);

const pattern: Check = is('{"String": …} or {"Regex": …}', (json) => {
	const [entry, ...others] = new Map(entriesOf(json));
	return (
		entry !== undefined &&
		others.length === 0 &&
		/^(String|Regex)$/.test(entry[0]) &&
		typeof entry[1] === 'string'
	);
});
const replace = { pattern, content: string };
const byteLevel = {
	add_prefix_space: boolean,
	trim_offsets: boolean,
	use_regex: optional(boolean)
};
/** Scheme of a Metaspace whose `add_prefix_space` is false: `never`, which is not the default. */
const scheme: Check = (json, path) =>
	json === 'never' || entriesOf(json)
		? null
		: `${path}: got ${shown(json)}, expected "never", as add_prefix_space is false`;
const metaspace = {
	replacement: character,
	add_prefix_space: nullable(boolean),
	prepend_scheme: optional(oneOf('first', 'never', 'always')),
	split: nullable(boolean),
	str_rep: nullable(string)
};
const steps = (read: () => Check): Check => arrayOf((json, path) => read()(json, path));

const BERT = {
	clean_text: boolean,
	handle_chinese_chars: boolean,
	strip_accents: nullable(boolean),
	lowercase: boolean
};
const STRIP_SIDES = { strip_left: boolean, strip_right: boolean };
const NORMALIZERS = { normalizers: steps(() => normalizer) };
const PREPEND = { prepend: string };
const normalizer: Check = stage(
	{
		Bert: BERT,
		Strip: STRIP_SIDES,
		...{ StripAccents: {}, NFC: {}, NFD: {}, NFKC: {}, NFKD: {}, Lowercase: {}, Nmt: {} },
		Sequence: NORMALIZERS,
		Precompiled: { precompiled_charsmap: string },
		Replace: replace,
		Prepend: PREPEND,
		ByteLevel: {}
	},
	[BERT, STRIP_SIDES, NORMALIZERS, replace, PREPEND]
);

const behavior = oneOf(
	...['Removed', 'Isolated', 'MergedWithPrevious', 'MergedWithNext', 'Contiguous']
);
const preTokenizer: Check = stage(
	{
		...{ BertPreTokenizer: {}, Whitespace: {}, WhitespaceSplit: {}, UnicodeScripts: {} },
		ByteLevel: byteLevel,
		Metaspace: metaspace,
		Sequence: { pretokenizers: steps(() => preTokenizer) },
		Split: { pattern, behavior, invert: boolean },
		Punctuation: { behavior: optional(behavior) },
		Digits: { individual_digits: boolean },
		FixedLength: { length: optional(integer(64)) }
	},
	[{ type: only('CharDelimiterSplit'), delimiter: character }]
);

const tuple =
	(...checks: readonly Check[]): Check =>
	(json, path) =>
		Array.isArray(json) && json.length === checks.length
			? (checks.map((check, i) => check(json[i], `${path}[${i}]`)).find(Boolean) ?? null)
			: `${path}: got ${shown(json)}, expected a list of ${checks.length}`;
const SEPARATORS = { sep: tuple(string, u32), cls: tuple(string, u32) };
const PIECES: Fields = {
	Sequence: strictObject({ id: oneOf('A', 'B'), type_id: u32 }),
	SpecialToken: strictObject({ id: string, type_id: u32 })
};
const piece: Check = (json, path) => {
	const [entry, ...others] = entriesOf(json) ?? [];
	return entry && others.length === 0 && Object.hasOwn(PIECES, entry[0])
		? PIECES[entry[0]](entry[1], path)
		: `${path}: got ${shown(json)}, expected a Sequence or a SpecialToken`;
};
const templateToken = strictObject({ id: string, ids: arrayOf(u32), tokens: arrayOf(string) });
const POST_PROCESSORS = (
	[
		SEPARATORS,
		{ type: only('ByteLevel'), ...byteLevel },
		{ single: arrayOf(piece), pair: arrayOf(piece), special_tokens: mapOf(templateToken) },
		{ type: only('Sequence'), processors: steps(() => postProcessor) }
	] as readonly Fields[]
).map(strictObject);
/** Told apart only by their fields. */
const postProcessor: Check = (json, path) =>
	POST_PROCESSORS.some((check) => check(json, path) === null)
		? null
		: `${path}: got ${shown(json)} with the fields of no post-processor`;

const SUFFIX = { suffix: string };
const WORD_PIECE = { prefix: string, cleanup: boolean };
const CTC = { pad_token: string, word_delimiter_token: string, cleanup: boolean };
const STRIP_ENDS = { content: character, start: integer(64), stop: integer(64) };
const decoder: Check = stage(
	{
		BPEDecoder: SUFFIX,
		ByteLevel: byteLevel,
		WordPiece: WORD_PIECE,
		Metaspace: metaspace,
		CTC,
		Sequence: { decoders: steps(() => decoder) },
		Replace: replace,
		Fuse: {},
		Strip: STRIP_ENDS,
		ByteFallback: {}
	},
	[SUFFIX, WORD_PIECE, CTC, replace, STRIP_ENDS]
);

const BPE = {
	dropout: nullable(is('a number from 0 to 1', (json) => number(json) >= 0 && number(json) <= 1)),
	...{ unk_token: nullable(string), continuing_subword_prefix: nullable(string) },
	...{ end_of_word_suffix: nullable(string), fuse_unk: nullable(boolean) },
	...{ byte_fallback: nullable(boolean), ignore_merges: nullable(boolean) },
	vocab: mapOf(u32)
};

/** Merges are pairs, or strings with one space. Both tokens and what they make must be in the vocabulary. */
function findInMerges(model: ReadonlyMap<string, Json>): string | null {
	const [merges, vocab] = [model.get('merges'), model.get('vocab')];
	if (!Array.isArray(merges)) return `model.merges: got ${shown(merges)}, expected an array`;
	const ids = vocab instanceof JsonMembers ? Object.fromEntries(vocab.entries) : (vocab as object);
	const isPair = (merge: Json): merge is [string, string] =>
		Array.isArray(merge) &&
		merge.length === 2 &&
		typeof merge[0] === 'string' &&
		typeof merge[1] === 'string';
	const isPairs = merges.every(isPair);
	const prefix = (model.get('continuing_subword_prefix') ?? '') as string;
	for (const [i, merge] of merges.entries()) {
		if (!isPairs && typeof merge === 'string' && merge.startsWith('#version')) continue;
		const tokens = isPairs
			? (merge as string[])
			: typeof merge === 'string'
				? merge.split(' ')
				: [];
		if (tokens.length !== 2)
			return `model.merges[${i}]: got ${shown(merge)}, expected two tokens, written like the other merges`;
		const [left, right] = tokens;
		// What the library makes of a token without the prefix is left to it.
		const made = right.startsWith(prefix) ? left + right.slice(prefix.length) : left;
		if (Object.hasOwn(ids, left) && Object.hasOwn(ids, right) && Object.hasOwn(ids, made)) continue;
		const missing = [left, right, made].find((token) => !Object.hasOwn(ids, token));
		return `model.merges[${i}]: ${shown(missing)} is not in the vocabulary`;
	}
	return null;
}

/** Other models have other fields. A file without a type, as older ones are, may be any that its fields allow. */
const model: Check = (json, path) => {
	const entries = entriesOf(json);
	if (!entries) return `${path}: got ${shown(json)}, expected an object`;
	if (entries.filter(([key]) => key === 'type').length > 1)
		return `${path}.type: got it twice, expected it once`;
	const members = new Map(entries);
	const type = members.get('type') ?? 'BPE';
	const problem = oneOf('BPE', 'WordPiece', 'WordLevel', 'Unigram')(type, `${path}.type`);
	const isOther =
		Array.isArray(members.get('vocab')) || typeof members.get('unk_token') === 'string';
	if (problem !== null || type !== 'BPE' || (isOther && !members.has('type'))) return problem;
	return findInFields(members, BPE, path) ?? findInMerges(members);
};

const side = oneOf('Left', 'Right');
const flags = ['single_word', 'lstrip', 'rstrip', 'normalized', 'special'];

const FILE: Fields = {
	version: (json) =>
		json === undefined || json === '1.0'
			? null
			: typeof json === 'string'
				? `Unknown tokenizer version '${json.slice(0, 60)}'`
				: `version: got ${shown(json)}, expected "1.0"`,
	truncation: nullable(
		strictObject({
			direction: optional(side),
			max_length: integer(64),
			strategy: oneOf('LongestFirst', 'OnlyFirst', 'OnlySecond'),
			stride: integer(64)
		})
	),
	padding: nullable(
		strictObject({
			strategy: oneOf('BatchLongest'),
			direction: side,
			pad_to_multiple_of: nullable(integer(64)),
			...{ pad_id: u32, pad_type_id: u32, pad_token: string }
		})
	),
	added_tokens: optional(
		arrayOf(
			notList(
				strictObject({
					...{ id: u32, content: string },
					...Object.fromEntries(flags.map((flag) => [flag, boolean]))
				})
			)
		)
	),
	normalizer: nullable(notList(normalizer)),
	pre_tokenizer: nullable(notList(preTokenizer)),
	post_processor: nullable(notList(postProcessor)),
	decoder: nullable(notList(decoder)),
	model
};
