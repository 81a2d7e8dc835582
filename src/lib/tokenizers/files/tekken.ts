import { specFromTiktoken, type TokenizerSpec } from '../../engine';
import { isObject } from './exact-json';

/**
 * Special tokens in id order, from mistral-common, for files up to version v7, which don't list their special tokens.
 */
const NAMES_BEFORE_V11 = [
	...['<unk>', '<s>', '</s>', '[INST]', '[/INST]', '[AVAILABLE_TOOLS]', '[/AVAILABLE_TOOLS]'],
	...['[TOOL_RESULTS]', '[/TOOL_RESULTS]', '[TOOL_CALLS]', '[IMG]', '<pad>', '[IMG_BREAK]'],
	...['[IMG_END]', '[PREFIX]', '[MIDDLE]', '[SUFFIX]', '[SYSTEM_PROMPT]', '[/SYSTEM_PROMPT]'],
	'[TOOL_CONTENT]'
];

/** Maximum `default_vocab_size`, the same as the limit for ids in other formats. */
const MAX_SIZE = 1 << 22;

/**
 * Reads a tekken.json as mistral-common does: the first ids are special tokens, and the ranks follow. If the file lists
 * more ranks than fit in its `default_vocab_size`, ignores the excess.
 * @throws Error with a one-line message that names the field
 */
export function readTekken(json: Readonly<Record<string, unknown>>): TokenizerSpec {
	const { config, vocab, special_tokens } = json;
	const { pattern, default_vocab_size, default_num_special_tokens } = config as {
		readonly [field: string]: unknown;
	};
	if (typeof pattern !== 'string') throw wrong('config.pattern', pattern, 'a regular expression');
	const size = count('config.default_vocab_size', default_vocab_size);
	const offset = count('config.default_num_special_tokens', default_num_special_tokens);
	const used = size - offset;
	const ranks = (vocab as readonly unknown[]).slice(0, Math.max(0, used));
	if (used < 1 || ranks.length < used)
		throw new Error(
			`vocab: got ${(vocab as readonly unknown[]).length} tokens, expected at least ${used}, which is default_vocab_size minus default_num_special_tokens`
		);
	const names = special_tokens ? listedNames(special_tokens) : NAMES_BEFORE_V11;
	if (names.length > offset)
		throw new Error(
			`special_tokens: got ${names.length}, expected at most ${offset}, the value of default_num_special_tokens`
		);
	const lines = ranks.map((token, i) => {
		const { rank, token_bytes } = isObject(token) ? token : {};
		if (rank !== i) throw wrong(`vocab[${i}].rank`, rank, `${i}: ranks in order`);
		if (typeof token_bytes !== 'string')
			throw wrong(`vocab[${i}].token_bytes`, token_bytes, 'base64');
		return `${token_bytes} ${i}`;
	});
	const spec = specFromTiktoken(
		{
			bpe_ranks: lines.join('\n'),
			pat_str: pattern,
			special_tokens: Object.fromEntries(names.map((name, id) => [name, id]))
		},
		{ offset }
	);
	const fillers = Array.from({ length: offset - names.length }, (_, i) => ({
		id: names.length + i,
		content: `<SPECIAL_${names.length + i}>`
	}));
	return { ...spec, model: { ...spec.model, foreign_tokens: fillers } };
}

function listedNames(list: unknown): string[] {
	if (!Array.isArray(list)) throw wrong('special_tokens', list, 'an array');
	const names = list.map((token: unknown, i) => {
		const { rank, token_str } = isObject(token) ? token : {};
		if (rank !== i) throw wrong(`special_tokens[${i}].rank`, rank, `${i}: ranks in order`);
		if (typeof token_str !== 'string' || token_str === '')
			throw wrong(`special_tokens[${i}].token_str`, token_str, 'a string');
		return token_str;
	});
	const repeated = names.find((name, i) => names.indexOf(name) !== i);
	if (repeated !== undefined)
		throw new Error(`special_tokens: got ${JSON.stringify(repeated)} twice, expected it once`);
	return names;
}

function count(field: string, value: unknown): number {
	if (Number.isInteger(value) && (value as number) >= 0 && (value as number) <= MAX_SIZE)
		return value as number;
	throw wrong(field, value, `a whole number from 0 to ${MAX_SIZE}`);
}

const wrong = (field: string, value: unknown, expected: string): Error =>
	new Error(
		`${field}: got ${JSON.stringify(value)?.slice(0, 60) ?? 'nothing'}, expected ${expected}`
	);
