import { defineCases } from './define-cases';
import { issues } from './sources';

/** Cases where the normalizer rewrites the text before it's split, or fails to rewrite it. */
export const TEXT_CASES = defineCases('normalizer', [
	{
		slug: 'nfc-dropped',
		claim: 'The same word, typed on a different system, became different tokens.',
		story:
			'An é can be one character (U+00E9) or an e followed by an accent (U+0301). Both look the same. Qwen composes them first (NFC). A port that skipped this read file names from a Mac differently.',
		year: 2026,
		sources: issues('wordchipper', 387),
		caughtBy: ['config', 'text', 'round-trip'],
		note: 'The pull request adds the missing normalizer for decomposed text. File names are our example.',
		names: { a: 'qwen3', b: 'qwen3 without NFC' },
		b: { tokenizer: 'qwen3', edits: [{ kind: 'normalizer', value: null }] },
		task: { does: 'encode', a: { text: 'cafe\u0301' } },
		expect: [
			{ sees: 'reads', side: 'a', text: 'caf\u00e9' },
			{ sees: 'reads', side: 'b', text: 'cafe\u0301' },
			{ sees: 'more-tokens', side: 'b', times: 1.5 }
		]
	},
	{
		slug: 'nfkc-missing',
		claim: 'Anthropic’s own TypeScript package counted a trademark sign as three tokens.',
		story:
			'Claude’s first public tokenizer first rewrites ™ as TM (NFKC). The TypeScript package left that out and disagreed with the Python package until Anthropic fixed it.',
		year: 2023,
		sources: issues('anthropic-tokenizer-typescript', 2),
		caughtBy: ['config', 'text', 'round-trip'],
		names: { a: 'claude-legacy', b: 'claude-legacy without NFKC' },
		b: { tokenizer: 'claude-legacy', edits: [{ kind: 'normalizer', value: null }] },
		task: { does: 'encode', a: { text: '™' } },
		expect: [
			{ sees: 'reads', side: 'a', text: 'TM' },
			{ sees: 'tokens', side: 'a', tokens: ['TM'] },
			{ sees: 'tokens', side: 'b', tokens: ['\\xE2', '\\x84', '\\xA2'] }
		]
	}
]);
