import { issues } from './sources';
import type { DriftCase } from './types';

/** The same pattern, and another idea of what white space is. */
export const WHITE_SPACE_CASES: readonly DriftCase[] = [
	{
		slug: 'byte-order-mark-as-space',
		family: 'pre-tokenizer',
		claim: 'JavaScript counts the byte order mark as white space; the reference does not.',
		story:
			'A pattern that says \\s means another set of characters in another language. Ports of tiktoken to JavaScript split before a U+FEFF, where the reference does not.',
		year: 2026,
		sources: issues('tokenizers.js', 24),
		damage: null,
		severity: 'silent',
		stage: 'the regex engine of js-tiktoken 1.0.21',
		evidence: 'mechanism',
		names: { a: 'cl100k_base', b: 'js-tiktoken, live' },
		a: { tokenizer: 'cl100k_base' },
		b: { tokenizer: 'cl100k_base', library: { name: 'js-tiktoken' } },
		task: { does: 'encode', a: { text: ' \ufeffa' } },
		expect: [
			{ sees: 'cuts', side: 'a', cuts: [' \ufeff', 'a'] },
			{ sees: 'cuts', side: 'b', cuts: [' ', '\ufeff', 'a'] }
		],
		look: {
			in: 'compare',
			tokenizer: 'cl100k_base',
			note: 'Compare asks js-tiktoken, too, and says where it differs.'
		}
	},
	{
		slug: 'next-line-is-no-space',
		family: 'pre-tokenizer',
		claim:
			'U+0085, the next-line character, is white space to the reference and not to JavaScript.',
		story:
			'The other half of the same difference: the character comes from old mainframe and PDF text. Engines in C++ have made the same mistake.',
		year: 2026,
		sources: [...issues('surogate', 176), ...issues('tokenizers.js', 24)],
		damage: null,
		severity: 'silent',
		stage: 'the regex engine of js-tiktoken 1.0.21',
		evidence: 'mechanism',
		names: { a: 'cl100k_base', b: 'js-tiktoken, live' },
		a: { tokenizer: 'cl100k_base' },
		b: { tokenizer: 'cl100k_base', library: { name: 'js-tiktoken' } },
		task: { does: 'encode', a: { text: ' \u0085a' } },
		expect: [
			{ sees: 'cuts', side: 'a', cuts: [' ', '\\xC2', '\\x85', 'a'] },
			{ sees: 'cuts', side: 'b', cuts: [' \\xC2', '\\x85', 'a'] }
		],
		look: {
			in: 'compare',
			tokenizer: 'cl100k_base',
			note: 'Compare asks js-tiktoken, too, and says where it differs.'
		}
	},
	{
		slug: 'next-line-in-transformers-js',
		family: 'pre-tokenizer',
		claim: 'The same character, the same mistake, in the other JavaScript library.',
		story: 'transformers.js runs Llama 3’s pattern with JavaScript’s \\s as well.',
		year: 2026,
		sources: issues('tokenizers.js', 24),
		damage: null,
		severity: 'silent',
		stage: 'the regex engine of @xenova/transformers 2.17.2',
		evidence: 'mechanism',
		names: { a: 'llama3', b: 'transformers.js, live' },
		a: { tokenizer: 'llama3' },
		b: { tokenizer: 'llama3', library: { name: 'transformers.js', merges: 'strings' } },
		task: { does: 'encode', a: { text: ' \u0085a' } },
		expect: [
			{ sees: 'cuts', side: 'a', cuts: [' ', '\u0085', 'a'] },
			{ sees: 'cuts', side: 'b', cuts: [' \\xC2', '\\x85', 'a'] }
		],
		look: {
			in: 'compare',
			tokenizer: 'llama3',
			note: 'Compare asks transformers.js, too, and says where it differs.'
		}
	}
];
