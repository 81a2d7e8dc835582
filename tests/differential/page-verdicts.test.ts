import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tokenizerJsonText } from '../../src/lib/engine';
import { commandLineVerdict, pageVerdict, type TokenizerFiles } from '../support/page-verdict';
import { smallRanks } from '../support/small-specs';

const PAIRS = join(import.meta.dirname, '../oracle/drift-pairs');
const fromPairs = (name: string) =>
	['a', 'b'].map((side) => readFileSync(join(PAIRS, `${name}-${side}.json`), 'utf8'));

const A = tokenizerJsonText(smallRanks());
const edited = (change: (json: { model: object }) => object): string =>
	JSON.stringify(change(JSON.parse(A) as { model: object }));

const folder = (config: object) => ({
	'tokenizer.json': A,
	'tokenizer_config.json': JSON.stringify(config)
});

/**
 * Verdicts of the published pairs are known from Hugging Face's library: pairs named p… differ; those named a… don't.
 */
const CASES: readonly (readonly [
	name: string,
	a: TokenizerFiles,
	b: TokenizerFiles,
	verdict: RegExp
])[] = [
	...[
		...['p09-padding-side', 'p10-added-ids-swapped', 'p11-unknown-top-level-key'],
		...['p13-duplicate-flag', 'p29-padding-id', 'p31-version-2', 'p39-truncation-at-512']
	].map((name) => {
		const [a, b] = fromPairs(name);
		return [name, a, b, /^(silent|crash)$/] as const;
	}),
	...['a07-truncation-1e9', 'a24-merges-as-strings', 'a28-defaults-left-out'].map((name) => {
		const [a, b] = fromPairs(name);
		return [name, a, b, /^(formatting-only|harmless)$/] as const;
	}),
	['the same file', A, A, /^identical$/],
	['the same tokenizer in another file', A, `${A}\n`, /^formatting-only$/],
	[
		'dropout',
		A,
		edited((json) => ({ ...json, model: { ...json.model, dropout: 0.9 } })),
		/^silent$/
	],
	['an id of a wrong type', A, A.replace(': 0,', ': 0.0,'), /^crash$/],
	['a byte order mark', A, `\ufeff${A}`, /^crash$/],
	['half of a surrogate pair', A, A.replaceAll('<|end|>', '<|end\\ud800|>'), /^crash$/],
	[
		'a class beside it',
		folder({ eos_token: 'he' }),
		folder({ eos_token: 'he', tokenizer_class: 'LlamaTokenizerFast' }),
		/^silent$/
	],
	['a token added beside it', folder({}), folder({ eos_token: 'he' }), /^silent$/]
];

/** Files that cannot be read at all. */
const UNREADABLE: readonly (readonly [name: string, b: string])[] = [
	['JSON that ends early', A.slice(0, -10)],
	['JSON followed by junk', `${A}x`],
	['an unknown decoder', edited((json) => ({ ...json, decoder: { type: 'New' } }))],
	['a comment', `// a comment\n${A}`]
];

describe('the Diff page and the command line', () => {
	it.each(CASES)('give the same verdict: %s', async (_, a, b, expected) => {
		const verdict = await pageVerdict(a, b, 'quick');
		expect(verdict).toMatch(expected);
		expect(await commandLineVerdict(a, b, 'quick')).toBe(verdict);
	});

	it.each(UNREADABLE)('read no B: %s', async (_, b) => {
		expect(await pageVerdict(A, b)).toBeNull();
		expect(await commandLineVerdict(A, b)).toBeNull();
	});
});
