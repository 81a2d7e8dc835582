import { issues } from './sources';
import type { DriftCase } from './types';

/** Text is rewritten before it is split, or is not. */
export const TEXT_CASES: readonly DriftCase[] = [
	{
		slug: 'nfc-dropped',
		family: 'text',
		claim: 'The same word, typed on another system, became other tokens.',
		story:
			'An é may be one character (U+00E9) or an e with an accent after it (U+0301); both look the same. Qwen puts them together first (NFC); a port that does not reads file names from a Mac differently.',
		year: 2026,
		sources: issues('wordchipper', 387),
		damage: null,
		severity: 'silent',
		stage: 'normalizer',
		evidence: 'mechanism',
		names: { a: 'qwen3', b: 'qwen3 without NFC' },
		a: { tokenizer: 'qwen3' },
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
		family: 'text',
		claim: 'A trademark sign cost three tokens in the wrong count and one in the right one.',
		story:
			'Claude’s first public tokenizer writes ™ as TM before anything else (NFKC). Ports that leave the step out count the bytes of the sign.',
		year: 2023,
		sources: issues('anthropic-tokenizer-typescript', 2),
		damage: null,
		severity: 'silent',
		stage: 'normalizer',
		evidence: 'mechanism',
		names: { a: 'claude-legacy', b: 'claude-legacy without NFKC' },
		a: { tokenizer: 'claude-legacy' },
		b: { tokenizer: 'claude-legacy', edits: [{ kind: 'normalizer', value: null }] },
		task: { does: 'encode', a: { text: '™' } },
		expect: [
			{ sees: 'reads', side: 'a', text: 'TM' },
			{ sees: 'cuts', side: 'a', cuts: ['TM'] },
			{ sees: 'cuts', side: 'b', cuts: ['\\xE2', '\\x84', '\\xA2'] }
		]
	}
];
