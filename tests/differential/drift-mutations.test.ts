import { describe, expect, it } from 'vitest';
import { applyEdit, splitRegexes } from '../../src/lib/drift/edits/apply';
import type { SpecEdit } from '../../src/lib/drift/edits/spec-edit';
import type { TokenizerSpec } from '../../src/lib/engine';
import { driftReport } from '../support/drift-report';
import { packedSpec } from '../support/packed-tokenizers';
import { sized } from '../support/size';
import { byteLevel } from '../support/spec-parts';

/** A change to a single field, and whether llama.cpp's `chkhsh` notices it. */
interface Mutation {
	readonly name: string;
	readonly tokenizer: string;
	/** Edit made on both sides first. */
	readonly base?: SpecEdit;
	readonly edit: SpecEdit;
	readonly chkhshNotices: boolean;
}

const regexOf = (id: string): string => splitRegexes(packedSpec(id).pre_tokenizer)[0];

/**
 * Takes a tokenizer's regex, replaces parts of it, and uses the result as the first regex. @throws Error when a part
 * does not occur
 */
function withRegex(id: string, ...replacements: readonly (readonly [string, string])[]): SpecEdit {
	let regex = regexOf(id);
	for (const [part, other] of replacements) {
		if (!regex.includes(part)) throw new Error(`${id}: no ${part} in ${regex}`);
		regex = regex.replaceAll(part, other);
	}
	return { kind: 'split-regex', split: 0, regex };
}

const GPT2_PRE_TOKENIZER: SpecEdit = { kind: 'pre_tokenizer', value: byteLevel() };

const LLAMA3_BOS: SpecEdit = { kind: 'bos', times: 1, token: '<|begin_of_text|>' };

/** White space except U+0085. */
const SPACES =
	'\\t\\n\\x0b\\f\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}';

const mutation =
	(tokenizer: string, base?: SpecEdit) =>
	(name: string, edit: SpecEdit, chkhshNotices: boolean): Mutation => ({
		name: `${tokenizer}: ${name}`,
		...{ tokenizer, base, edit, chkhshNotices }
	});
const llama3 = mutation('llama3', LLAMA3_BOS);
const qwen3 = mutation('qwen3');
const gemma3 = mutation('gemma3');
const o200k = mutation('o200k_base');

/** Seventeen ways in which served tokenizers have gone wrong. */
const MUTATIONS: readonly Mutation[] = [
	llama3('ignore_merges off', { kind: 'ignore-merges', value: false }, false),
	llama3('GPT-2 regex', GPT2_PRE_TOKENIZER, true),
	llama3(
		'contractions in lower case only',
		withRegex('llama3', ["(?i:'s|'t|'re|'ve|'m|'ll|'d)", "'s|'t|'re|'ve|'m|'ll|'d"]),
		false
	),
	llama3('numbers of any length', withRegex('llama3', ['\\p{N}{1,3}', '\\p{N}+']), true),
	llama3('no BOS', { kind: 'bos', times: 0, token: null }, true),
	llama3('two merges swapped', { kind: 'swap-merges', ranks: [5000, 60_000] }, false),
	llama3('last 1,000 merges dropped', { kind: 'drop-last-merges', count: 1000 }, false),
	llama3('added tokens dropped', { kind: 'drop-added-tokens', which: 'all' }, false),
	llama3(
		'U+0085 no white space',
		withRegex('llama3', ['[^\\s', `[^${SPACES}`], ['\\s', `[${SPACES}]`], ['\\S', `[^${SPACES}]`]),
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
	o200k('the regex of llama3', withRegex('llama3'), true)
];

function mistralSplitFirst(): TokenizerSpec['pre_tokenizer'] {
	const { pre_tokenizer } = packedSpec('gemma3');
	const regex = regexOf('mistral-tekken');
	const flags = { behavior: 'Isolated', invert: false } as const;
	const split = { type: 'Split', pattern: { Regex: regex }, ...flags } as const;
	return { type: 'Sequence', pretokenizers: pre_tokenizer ? [split, pre_tokenizer] : [split] };
}

describe('seventeen tokenizers with one field changed', () => {
	it('are seventeen, of which llama.cpp’s hash notices eight', () => {
		expect(MUTATIONS).toHaveLength(17);
		expect(MUTATIONS.filter(({ chkhshNotices }) => chkhshNotices)).toHaveLength(8);
	});

	it.each(MUTATIONS.filter((_, i) => i % sized(3, 1) === 0).map((one) => [one.name, one] as const))(
		'%s',
		async (_, { tokenizer, base, edit, chkhshNotices }) => {
			const spec = base ? applyEdit(packedSpec(tokenizer), base) : packedSpec(tokenizer);
			const { verdict, checks, fingerprint } = await driftReport(spec, applyEdit(spec, edit), {
				budget: sized('quick', 'deep')
			});
			expect(verdict).toBe('silent');
			expect(checks.some(({ status }) => status === 'fail')).toBe(true);
			expect(!fingerprint.chkhshSame).toBe(chkhshNotices);
			expect(fingerprint.chkhshA !== fingerprint.chkhshB).toBe(chkhshNotices);
			expect(fingerprint.same).toBe(false);
			// A fixed list of texts can't reveal a change to a few tokens of a large vocabulary.
			const beyondTexts = ['swap-merges', 'drop-last-merges', 'swap-ids'].includes(edit.kind);
			expect(!fingerprint.parts.includes('texts')).toBe(beyondTexts);
		}
	);
});
