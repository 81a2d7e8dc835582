import { JsonMembers, JsonNumber, type Json } from '../../tokenizers/files/exact-json';

/**
 * A reader of JSON that accepts exactly what Rust's serde accepts for a type with `#[derive(Deserialize)]` and its
 * attributes.
 */
export interface Reader<T> {
	/** @throws Refusal with serde's message, without the position in the file */
	readonly read: (json: Json) => T;
	/** Value of a missing field; absent for a required field. */
	readonly absent?: {
		readonly value: T;
		/** Whether it may also be missing from an array of fields. */
		readonly fromArray: boolean;
	};
}

/** Type that a reader returns. */
export type Read<R> = R extends Reader<infer T> ? T : never;

/** Native's message when it refuses a file. */
export class Refusal extends Error {}

/** Native's message when it panics, which ends the process. */
export class Panic extends Error {}

export const outOfBounds = (length: number, index: number | bigint): Panic =>
	new Panic(`index out of bounds: the len is ${length} but the index is ${index}`);

/** Only native can tell, for the reason in the message. */
export class Undecided extends Error {}

const reader = <T>(read: (json: Json) => T): Reader<T> => ({ read });

export const string = reader((json): string => {
	if (typeof json !== 'string') throw invalidType(json, 'a string');
	return json;
});

export const boolean = reader((json): boolean => {
	if (typeof json !== 'boolean') throw invalidType(json, 'a boolean');
	return json;
});

/** One code point. */
export const character = reader((json): string => {
	if (typeof json !== 'string') throw invalidType(json, 'a character');
	if (!/^[^]$/u.test(json)) throw invalidValue(json, 'a character');
	return json;
});

export const u32 = unsigned('u32', 0xffffffffn);
/** `usize` of a 64-bit machine. Values beyond 2^53 are rounded. */
export const usize = unsigned('usize', 0xffffffffffffffffn);

/** A float, which may be spelled as an integer. */
export const float = (type: 'f32' | 'f64'): Reader<number> =>
	reader((json) => {
		if (typeof json === 'number') return json;
		if (json instanceof JsonNumber) return finite(json);
		throw invalidType(json, type);
	});

function unsigned(type: string, max: bigint): Reader<number> {
	return reader((json) => {
		if (typeof json === 'number' && Number.isInteger(json)) {
			if (json < 0 || BigInt(json) > max) throw invalidValue(json, type);
			return json;
		}
		if (json instanceof JsonNumber && isInteger(json)) {
			const value = BigInt(json.text);
			if (value < 0n || value > max) throw invalidValue(json, type);
			return Number(value);
		}
		throw invalidType(json, type);
	});
}

/** A value or `null`, also for a missing field. */
export const option = <T>(inner: Reader<T>): Reader<T | null> => ({
	read: (json) => (json === null ? null : inner.read(json)),
	absent: { value: null, fromArray: false }
});

/** A field that may be missing, but not `null`. */
export const optional = <T>(inner: Reader<T>, value: T): Reader<T> => ({
	read: inner.read,
	absent: { value, fromArray: true }
});

export const array = <T>(element: Reader<T>): Reader<readonly T[]> =>
	reader((json) => {
		if (!Array.isArray(json)) throw invalidType(json, 'a sequence');
		return json.map((item) => element.read(item));
	});

export const pair = <A, B>(first: Reader<A>, second: Reader<B>): Reader<readonly [A, B]> =>
	reader((json) => {
		if (!Array.isArray(json)) throw invalidType(json, 'a tuple of size 2');
		const short = () => invalidLength(json.length, 'a tuple of size 2');
		if (json.length < 1) throw short();
		const a = first.read(json[0]);
		if (json.length < 2) throw short();
		const b = second.read(json[1]);
		if (json.length > 2) throw invalidLength(json.length, 'fewer elements in array');
		return [a, b];
	});

/** An object with any keys. Of repeated keys the last wins, but each value must be readable. */
export const mapOf = <T>(value: Reader<T>): Reader<ReadonlyMap<string, T>> =>
	reader((json) => {
		const entries = entriesOf(json);
		if (!entries) throw invalidType(json, 'a map');
		return new Map(entries.map(([key, item]) => [key, value.read(item)]));
	});

type Fields = Readonly<Record<string, Reader<unknown>>>;
type Values<F extends Fields> = { readonly [K in keyof F]: Read<F[K]> };

/**
 * A derived struct: unknown fields are ignored, repeated ones refused. Unless the struct is flattened, it may also be
 * an array of the fields in their order.
 */
export const struct = <F extends Fields>(
	name: string,
	fields: F,
	{ isFlattened = false } = {}
): Reader<Values<F>> =>
	reader((json) => {
		const expected = `struct ${name}`;
		if (Array.isArray(json) && !isFlattened) return readSequence(json, expected, fields);
		const entries = entriesOf(json);
		if (!entries) throw invalidType(json, expected);
		return readFields(entries, fields);
	});

/** A struct whose field `type` must name it. */
export const tagged = <F extends Fields>(name: string, fields: F): Reader<Values<F>> => {
	const tag = { type: variant({ [name]: unit }) };
	return reader((json) => {
		const entries = entriesOf(json);
		if (!entries) throw invalidType(json, `struct ${name}Deserializer`);
		readFields(entries, tag);
		return readFields(entries, fields);
	});
};

export function readFields<F extends Fields>(
	entries: readonly (readonly [string, Json])[],
	fields: F
): Values<F> {
	const values: Record<string, unknown> = {};
	for (const [key, json] of entries) {
		if (!Object.hasOwn(fields, key)) continue;
		if (Object.hasOwn(values, key)) throw new Refusal(`duplicate field \`${key}\``);
		values[key] = fields[key].read(json);
	}
	for (const [key, field] of Object.entries(fields)) {
		if (Object.hasOwn(values, key)) continue;
		if (!field.absent) throw new Refusal(`missing field \`${key}\``);
		values[key] = field.absent.value;
	}
	return values as Values<F>;
}

function readSequence<F extends Fields>(
	items: readonly Json[],
	expected: string,
	fields: F
): Values<F> {
	const names = Object.entries(fields);
	const count = `${names.length} element${names.length === 1 ? '' : 's'}`;
	const values = names.map(([key, field], i) => {
		if (i < items.length) return [key, field.read(items[i])] as const;
		if (field.absent?.fromArray) return [key, field.absent.value] as const;
		throw invalidLength(i, `${expected} with ${count}`);
	});
	if (items.length > names.length) throw invalidLength(items.length, `${count} in sequence`);
	return Object.fromEntries(values) as Values<F>;
}

/** The content of a variant without content. */
export const unit: Reader<null> = reader((json) => {
	if (json !== null) throw invalidType(json, 'unit');
	return null;
});

/**
 * An externally tagged enum: `"Variant"`, or `{"Variant": content}`.
 * @param atTop whether serde_json reads it straight from the text, which changes one message
 */
export const variant = <V extends Fields>(
	variants: V,
	{ atTop = false } = {}
): Reader<
	{ readonly [K in keyof V]: { readonly variant: K; readonly content: Read<V[K]> } }[keyof V]
> =>
	reader((json) => {
		const entries = entriesOf(json);
		if (typeof json !== 'string' && !entries) {
			throw atTop ? new Refusal('expected value') : invalidType(json, 'string or map');
		}
		const isSingle = !entries || entries.length === 1;
		// Text is read from left to right, but a value in memory is checked first.
		if (!isSingle && (!atTop || entries.length === 0)) {
			const words = 'invalid value: map, expected map with a single key';
			throw new Refusal(atTop ? 'expected value' : words);
		}
		const [key, content] = entries ? entries[0] : [json as string, undefined];
		if (!Object.hasOwn(variants, key)) {
			const known = Object.keys(variants).map((name) => `\`${name}\``);
			throw new Refusal(`unknown variant \`${key}\`, expected ${oneOf(known)}`);
		}
		const inner = variants[key];
		if (content === undefined && inner !== unit) {
			throw new Refusal('invalid type: unit variant, expected newtype variant');
		}
		const found = { variant: key, content: inner.read(content ?? null) };
		if (!isSingle) throw new Refusal('expected value');
		return found as never;
	});

/** One of several words. */
export const oneWord = <const W extends string>(
	words: readonly W[],
	options?: { atTop: boolean }
): Reader<W> => {
	const inner = variant(Object.fromEntries(words.map((word) => [word, unit])), options);
	return reader((json) => inner.read(json).variant as W);
};

/** One fixed string, as `monostate::MustBe!`. */
export const mustBe = (word: string): Reader<string> =>
	reader((json) => {
		const expected = `string ${JSON.stringify(word)}`;
		if (typeof json !== 'string') throw invalidType(json, expected);
		if (json !== word) throw invalidValue(json, expected);
		return json;
	});

/** The value of the first reader that accepts it. */
export const untagged = <R extends Reader<unknown>>(
	name: string,
	readers: readonly R[]
): Reader<Read<R>> =>
	reader((json) => {
		for (const { read } of readers) {
			try {
				return read(json) as Read<R>;
			} catch (refusal) {
				if (!(refusal instanceof Refusal)) throw refusal;
			}
		}
		throw new Refusal(`data did not match any variant of untagged enum ${name}`);
	});

export const mapped = <A, B>(inner: Reader<A>, map: (value: A) => B): Reader<B> =>
	reader((json) => map(inner.read(json)));

/** A reader that may refer to itself. */
export const lazy = <T>(inner: () => Reader<T>): Reader<T> => reader((json) => inner().read(json));

/** The members of an object in their order, repeated ones included; `null` for anything else. */
export function entriesOf(json: Json): readonly (readonly [string, Json])[] | null {
	if (json instanceof JsonMembers) return json.entries;
	if (typeof json !== 'object' || json === null) return null;
	if (Array.isArray(json) || json instanceof JsonNumber) return null;
	return Object.entries(json);
}

/** Objects with more keys are maps, whose order does not matter. */
const MAX_SORTED_KEYS = 256;

/** A value as `serde_json::Value`: the last of repeated keys wins, keys are sorted. */
export function toValue(json: Json): Json {
	if (Array.isArray(json)) return json.some(hasObjects) ? json.map(toValue) : json;
	if (isFlatMap(json)) return json;
	const entries = entriesOf(json);
	if (!entries) return json;
	const value = Object.fromEntries(entries.map(([key, item]) => [key, toValue(item)]));
	const keys = Object.keys(value);
	if (keys.length > MAX_SORTED_KEYS) return value;
	return Object.fromEntries(keys.sort().map((key) => [key, value[key]]));
}

/** Whether an object is a large map of scalars, such as a vocabulary, which need not be copied. */
function isFlatMap(json: Json): boolean {
	if (typeof json !== 'object' || json === null || Array.isArray(json)) return false;
	if (json instanceof JsonMembers || json instanceof JsonNumber) return false;
	let count = 0;
	for (const key in json) {
		if (hasObjects(json[key])) return false;
		count++;
	}
	return count > MAX_SORTED_KEYS;
}

function hasObjects(json: Json): boolean {
	if (typeof json !== 'object' || json === null) return false;
	return Array.isArray(json) ? json.some(hasObjects) : !(json instanceof JsonNumber);
}

export function invalidType(json: Json, expected: string): Refusal {
	return new Refusal(`invalid type: ${unexpected(json)}, expected ${expected}`);
}

const invalidLength = (length: number, expected: string): Refusal =>
	new Refusal(`invalid length ${length}, expected ${expected}`);

function invalidValue(json: Json, expected: string): Refusal {
	return new Refusal(`invalid value: ${unexpected(json)}, expected ${expected}`);
}

function unexpected(json: Json): string {
	if (json === null) return 'null';
	if (typeof json === 'boolean') return `boolean \`${json}\``;
	if (typeof json === 'string') return `string ${JSON.stringify(json)}`;
	if (typeof json === 'number') {
		return Number.isInteger(json) ? `integer \`${json}\`` : formatFloat(json);
	}
	if (json instanceof JsonNumber) {
		return isInteger(json) ? `integer \`${json.text}\`` : formatFloat(finite(json));
	}
	return Array.isArray(json) ? 'sequence' : 'map';
}

/** serde_json writes floats in the shortest form, with an exponent from 10^16 on. */
function formatFloat(value: number): string {
	const size = Math.abs(value);
	const isPlain = size === 0 || (size >= 1e-5 && size < 1e16);
	if (!isPlain) {
		return `floating point \`${value.toExponential()}\``;
	}
	const digits = Object.is(value, -0) ? '-0' : String(value);
	return `floating point \`${digits.includes('.') ? digits : `${digits}.0`}\``;
}

/** Whether serde_json reads a number as an integer: not as a float, and of 64 bits. */
function isInteger({ text }: JsonNumber): boolean {
	if (/[.eE]/.test(text) || /^-0/.test(text)) return false;
	const value = BigInt(text);
	return value >= -(1n << 63n) && value < 1n << 64n;
}

function finite({ text }: JsonNumber): number {
	const value = Number(text);
	if (!Number.isFinite(value)) throw new Refusal('number out of range');
	return value;
}

function oneOf(names: readonly string[]): string {
	if (names.length === 1) return names[0];
	return names.length === 2 ? names.join(' or ') : `one of ${names.join(', ')}`;
}
