/**
 * Finds reasons why Hugging Face's library (tokenizers 0.23) rejects a tokenizer.json that the engine can read. Checks
 * the fields that the engine doesn't read and the details that `JSON.parse` loses, but can't find every reason.
 */
import { Field } from '../../engine/stages';
import { JsonMembers, JsonNumber, type Json, type JsonDocument } from './exact-json';

const FIELDS = new Set([
	...['version', 'truncation', 'padding', 'added_tokens', 'normalizer', 'pre_tokenizer'],
	...['post_processor', 'decoder', 'model']
]);
/** Fields whose objects must not repeat a key. In other fields, the last value of a repeated key counts. */
const ONCE = new Set(['truncation', 'padding', 'added_tokens']);
const MAX_ID = 2 ** 32 - 1;
const MAX_LENGTH = 2 ** 64;

/** Returns why the library rejects a file, or `null` if no reason is found. */
export function findRefusal({ value, exact, hasByteOrderMark }: JsonDocument): string | null {
	if (hasByteOrderMark)
		return 'got a byte order mark at the start of the file, expected none; remove it';
	try {
		checkFields(new Field(value, ''));
	} catch (error) {
		return (error as Error).message;
	}
	if (exact === value) return null;
	for (const [key, json] of entriesOf(exact)) {
		const problem = ONCE.has(key) ? findRepeated(json, key) : null;
		if (problem !== null) return problem;
	}
	return findHidden(exact, '');
}

function checkFields(file: Field): void {
	const unknown = Object.keys(file.object()).find((key) => !FIELDS.has(key));
	if (unknown !== undefined) throw new Error(`unknown field "${unknown.slice(0, 60)}"; remove it`);
	const version = file.get('version');
	if (version.value !== undefined) version.oneOf('1.0');
	const dropout = file.get('model').get('dropout');
	if (!dropout.isNull && !(Number(dropout.value) >= 0 && Number(dropout.value) <= 1))
		throw dropout.error('a number from 0 to 1');
	const [truncation, padding] = [file.get('truncation'), file.get('padding')];
	if (!truncation.isNull) {
		const direction = truncation.get('direction');
		if (direction.value !== undefined) direction.oneOf('Left', 'Right');
		truncation.get('max_length').integer(MAX_LENGTH);
		truncation.get('stride').integer(MAX_LENGTH);
		truncation.get('strategy').oneOf('LongestFirst', 'OnlyFirst', 'OnlySecond');
	}
	if (!padding.isNull) {
		const [strategy, multiple] = [padding.get('strategy'), padding.get('pad_to_multiple_of')];
		if (typeof strategy.value === 'object') strategy.get('Fixed').integer(MAX_LENGTH);
		else strategy.oneOf('BatchLongest');
		padding.get('direction').oneOf('Left', 'Right');
		if (!multiple.isNull) multiple.integer(MAX_LENGTH);
		for (const name of ['pad_id', 'pad_type_id']) padding.get(name).integer(MAX_ID);
		padding.get('pad_token').string();
	}
}

function findRepeated(json: Json, path: string): string | null {
	const names = json instanceof JsonMembers ? json.entries.map(([name]) => name) : [];
	const repeated = names.find((name, i) => names.indexOf(name) !== i);
	if (repeated !== undefined) return `${path}.${repeated}: got the key twice, expected it once`;
	for (const [, item] of entriesOf(json)) {
		const problem = findRepeated(item, path);
		if (problem !== null) return problem;
	}
	return null;
}

/** Finds a lone surrogate or, in a field for ids, a fractional number. */
function findHidden(json: Json, path: string): string | null {
	if (typeof json === 'string' && !json.isWellFormed())
		return `${path}: got half of a surrogate pair, expected both halves`;
	if (json instanceof JsonNumber)
		return /[.eE-]/.test(json.text)
			? `${path}: got ${json.text.slice(0, 60)}, expected a whole number`
			: null;
	for (const [key, item] of entriesOf(json)) {
		if (key === 'dropout') continue;
		const problem = findHidden(key, path) ?? findHidden(item, path || key);
		if (problem !== null) return problem;
	}
	return null;
}

/** Members of an object or an array, including repeated keys. */
const entriesOf = (json: Json): readonly (readonly [string, Json])[] =>
	json instanceof JsonMembers
		? json.entries
		: typeof json === 'object' && json !== null
			? Object.entries(json)
			: [];
