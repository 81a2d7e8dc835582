import { model } from './native-model';
import { decoder, normalizer, postProcessor, preTokenizer } from './native-stages';
import { JsonNumber, MAX_DEPTH, type Json, type JsonDocument } from './read-json';
import {
	array,
	boolean,
	entriesOf,
	oneWord,
	option,
	optional,
	Panic,
	readFields,
	Refusal,
	string,
	struct,
	u32,
	Undecided,
	unit,
	usize,
	variant,
	type Reader
} from './serde';

export type NativeVerdict = 'yes' | `refused: ${string}` | `aborts: ${string}`;

const truncation = struct('TruncationParams', {
	direction: optional(oneWord('TruncationDirection', ['Left', 'Right'], { atTop: true }), 'Right'),
	max_length: usize,
	strategy: oneWord('TruncationStrategy', ['LongestFirst', 'OnlyFirst', 'OnlySecond'], {
		atTop: true
	}),
	stride: usize
});

const padding = struct('PaddingParams', {
	strategy: variant('PaddingStrategy', { BatchLongest: unit, Fixed: usize }, { atTop: true }),
	direction: oneWord('PaddingDirection', ['Left', 'Right'], { atTop: true }),
	pad_to_multiple_of: option(usize),
	pad_id: u32,
	pad_type_id: u32,
	pad_token: string
});

const ADDED_TOKEN = {
	content: string,
	single_word: boolean,
	lstrip: boolean,
	rstrip: boolean,
	normalized: boolean,
	special: boolean
};

const addedToken = struct('AddedTokenWithId', { id: u32 }, { isFlattened: true });

/** A part of the file that native's Node.js binding wraps in a struct of its own. */
const wrapped = <T>(name: string, inner: Reader<T>): Reader<T> => ({
	read(json) {
		struct(name, {}, { isFlattened: true }).read(json);
		return inner.read(json);
	}
});

const FIELDS = {
	truncation: option(truncation),
	padding: option(padding),
	added_tokens: array<{ content: string; normalized: boolean }>({
		read(json) {
			addedToken.read(json);
			return readFields(entriesOf(json) ?? [], ADDED_TOKEN);
		}
	}),
	normalizer: option(wrapped('Normalizer', normalizer)),
	pre_tokenizer: option(wrapped('PreTokenizer', preTokenizer)),
	post_processor: option(wrapped('Processor', postProcessor)),
	decoder: option(wrapped('Decoder', decoder)),
	model: wrapped('Model', model)
};

export function nativeLoads(document: JsonDocument): NativeVerdict | null {
	try {
		load(document);
		return 'yes';
	} catch (error) {
		if (error instanceof Refusal) return `refused: ${error.message}`;
		if (error instanceof Panic) return `aborts: ${error.message}`;
		if (error instanceof Undecided) return null;
		throw error;
	}
}

function load({ exact, hasByteOrderMark }: JsonDocument) {
	if (hasByteOrderMark) throw new Refusal('expected value');
	const entries = entriesOf(exact);
	if (!entries) struct('Tokenizer', {}, { isFlattened: true }).read(exact);
	const values: Record<string, unknown> = {};
	for (const [key, json] of entries ?? []) {
		if (key === 'version') {
			const version = string.read(json);
			if (version !== '1.0') throw new Refusal(`Unknown tokenizer version '${version}'`);
		} else if (Object.hasOwn(FIELDS, key)) {
			values[key] = FIELDS[key as keyof typeof FIELDS].read(json);
		} else throw new Refusal('expected `,` or `}`');
	}
	if (!values.model) throw new Refusal('Model missing.');
	return values;
}
