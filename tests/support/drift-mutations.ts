import type { SpecEdit } from '../../src/lib/drift/edits/spec-edit';
import { splitRegexes } from '../../src/lib/drift/edits/apply';
import type { TokenizerSpec } from '../../src/lib/engine';
import { packedSpec } from './packed-tokenizers';

/** One change of one field, and whether llama.cpp's `chkhsh` notices. */
export interface Mutation {
	readonly name: string;
	readonly tokenizer: string;
	/** Made on both sides first. */
	readonly base?: SpecEdit;
	readonly edit: SpecEdit;
	readonly chkhshNotices: boolean;
}

const regexOf = (id: string): string => splitRegexes(packedSpec(id).pre_tokenizer)[0];

/** The regex of a tokenizer with parts of it replaced. @throws Error when a part is not there */
function changed(id: string, ...replacements: readonly (readonly [string, string])[]): string {
	let regex = regexOf(id);
	for (const [part, other] of replacements) {
		if (!regex.includes(part)) throw new Error(`${id}: no ${part} in ${regex}`);
		regex = regex.replaceAll(part, other);
	}
	return regex;
}

const GPT2_PRE_TOKENIZER: SpecEdit = {
	kind: 'pre_tokenizer',
	value: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true }
};

const LLAMA3_BOS: SpecEdit = { kind: 'bos', times: 1, token: '<|begin_of_text|>' };

/** White space but U+0085. */
const SPACES =
	'\\t\\n\\x0b\\f\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}';

const llama3 = (name: string, edit: SpecEdit, chkhshNotices: boolean): Mutation => ({
	name: `llama3: ${name}`,
	tokenizer: 'llama3',
	base: LLAMA3_BOS,
	edit,
	chkhshNotices
});
const qwen3 = (name: string, edit: SpecEdit, chkhshNotices: boolean): Mutation => ({
	name: `qwen3: ${name}`,
	tokenizer: 'qwen3',
	edit,
	chkhshNotices
});
const gemma3 = (name: string, edit: SpecEdit, chkhshNotices: boolean): Mutation => ({
	name: `gemma3: ${name}`,
	tokenizer: 'gemma3',
	edit,
	chkhshNotices
});

/** Seventeen ways in which served tokenizers have gone wrong. */
export const mutations = (): readonly Mutation[] => [
	llama3('ignore_merges off', { kind: 'ignore-merges', value: false }, false),
	llama3('GPT-2 regex', GPT2_PRE_TOKENIZER, true),
	llama3(
		'contractions in lower case only',
		{
			kind: 'split-regex',
			split: 0,
			regex: changed('llama3', ["(?i:'s|'t|'re|'ve|'m|'ll|'d)", "'s|'t|'re|'ve|'m|'ll|'d"])
		},
		false
	),
	llama3(
		'numbers of any length',
		{ kind: 'split-regex', split: 0, regex: changed('llama3', ['\\p{N}{1,3}', '\\p{N}+']) },
		true
	),
	llama3('no BOS', { kind: 'bos', times: 0, token: null }, true),
	llama3('two merges swapped', { kind: 'swap-merges', ranks: [5000, 60_000] }, false),
	llama3('last 1,000 merges dropped', { kind: 'drop-last-merges', count: 1000 }, false),
	llama3('added tokens dropped', { kind: 'drop-added-tokens', which: 'all' }, false),
	llama3(
		'U+0085 no white space',
		{
			kind: 'split-regex',
			split: 0,
			regex: changed(
				'llama3',
				['[^\\s', `[^${SPACES}`],
				['\\s', `[${SPACES}]`],
				['\\S', `[^${SPACES}]`]
			)
		},
		false
	),
	qwen3('no NFC', { kind: 'normalizer', value: null }, false),
	qwen3('GPT-2 regex', GPT2_PRE_TOKENIZER, true),
	qwen3('NFKC', { kind: 'normalizer', value: { type: 'NFKC' } }, true),
	qwen3('two ids swapped', { kind: 'swap-ids', ids: [30_000, 60_000] }, false),
	gemma3('Mistral’s Split first', { kind: 'pre_tokenizer', value: mistralSplitFirst() }, true),
	gemma3('no BOS', { kind: 'bos', times: 0, token: null }, true),
	gemma3(
		'added tokens that are not special dropped',
		{ kind: 'drop-added-tokens', which: 'not-special' },
		false
	),
	{
		name: 'o200k_base: the regex of llama3',
		tokenizer: 'o200k_base',
		edit: { kind: 'split-regex', split: 0, regex: regexOf('llama3') },
		chkhshNotices: true
	}
];

function mistralSplitFirst(): TokenizerSpec['pre_tokenizer'] {
	const { pre_tokenizer } = packedSpec('gemma3');
	const regex = regexOf('mistral-tekken');
	const split = {
		type: 'Split',
		pattern: { Regex: regex },
		behavior: 'Isolated',
		invert: false
	} as const;
	return { type: 'Sequence', pretokenizers: pre_tokenizer ? [split, pre_tokenizer] : [split] };
}
