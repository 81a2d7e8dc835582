import { CL100K_IN_JAVA, firstSplit } from './changes';
import { commit, issues } from './sources';
import type { DriftCase } from './types';

/** The same pattern with another idea of white space. */
export const WHITE_SPACE_CASES: readonly DriftCase[] = [
	{
		slug: 'byte-order-mark-as-space',
		family: 'pre-tokenizer',
		claim: 'JavaScript counts the byte order mark as white space, and the reference does not.',
		story:
			'A pattern that says \\s means different characters in different languages. A library that hands it to JavaScript as it is splits before U+FEFF. tokenizers.js translates it since this change.',
		year: 2026,
		sources: issues('tokenizers.js', 24),
		damage: null,
		figures: [],
		severity: 'silent',
		stage: 'the regex engine of js-tiktoken 1.0.21',
		evidence: 'mechanism',
		names: { a: 'cl100k_base', b: 'js-tiktoken, live' },
		a: { tokenizer: 'cl100k_base' },
		b: { tokenizer: 'cl100k_base', library: { name: 'js-tiktoken' } },
		task: { does: 'encode', a: { text: ' \ufeffa' } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: [' \ufeff', 'a'] },
			{ sees: 'tokens', side: 'b', tokens: [' ', '\ufeff', 'a'] }
		],
		look: {
			in: 'compare',
			tokenizer: 'cl100k_base',
			note: 'Compare runs js-tiktoken too and shows where it differs.'
		}
	},
	{
		slug: 'next-line-is-no-space',
		family: 'pre-tokenizer',
		claim: 'U+0085, the next-line character, is white space to the reference, not to JavaScript.',
		story:
			'The other half of the same difference. Text that went through an old encoding or a PDF extractor has this character. An engine in C++ made the same mistake.',
		year: 2026,
		sources: [...issues('surogate', 176), ...issues('tokenizers.js', 24)],
		damage: null,
		figures: [],
		severity: 'silent',
		stage: 'the regex engine of js-tiktoken 1.0.21',
		evidence: 'mechanism',
		names: { a: 'cl100k_base', b: 'js-tiktoken, live' },
		a: { tokenizer: 'cl100k_base' },
		b: { tokenizer: 'cl100k_base', library: { name: 'js-tiktoken' } },
		task: { does: 'encode', a: { text: ' \u0085a' } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: [' ', '\\xC2', '\\x85', 'a'] },
			{ sees: 'tokens', side: 'b', tokens: [' \\xC2', '\\x85', 'a'] }
		],
		look: {
			in: 'compare',
			tokenizer: 'cl100k_base',
			note: 'Compare runs js-tiktoken too and shows where it differs.'
		}
	},
	{
		slug: 'next-line-in-transformers-js',
		family: 'pre-tokenizer',
		claim: 'The other JavaScript library makes the same mistake with the same character.',
		story: 'transformers.js runs Llama 3’s pattern with JavaScript’s \\s as well.',
		year: 2026,
		sources: issues('tokenizers.js', 24),
		damage: null,
		figures: [],
		severity: 'silent',
		stage: 'the regex engine of @xenova/transformers 2.17.2',
		evidence: 'mechanism',
		names: { a: 'llama3', b: 'transformers.js, live' },
		a: { tokenizer: 'llama3' },
		b: { tokenizer: 'llama3', library: { name: 'transformers.js', merges: 'strings' } },
		task: { does: 'encode', a: { text: ' \u0085a' } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: [' ', '\u0085', 'a'] },
			{ sees: 'tokens', side: 'b', tokens: [' \\xC2', '\\x85', 'a'] }
		],
		look: {
			in: 'compare',
			tokenizer: 'llama3',
			note: 'Compare runs transformers.js too and shows where it differs.'
		}
	},
	{
		slug: 'full-width-spaces-in-java',
		family: 'pre-tokenizer',
		claim: 'A port to Java did not count full-width spaces as white space.',
		story:
			'In Java, \\s is ASCII unless a flag says otherwise. jtokkit compiled its patterns without that flag.',
		year: 2023,
		sources: [commit('jtokkit', 'ecd6946')],
		damage: null,
		figures: [],
		severity: 'silent',
		stage: 'the flags of the regex',
		evidence: 'mechanism',
		names: { a: 'cl100k_base', b: 'cl100k_base with Java’s \\s' },
		a: { tokenizer: 'cl100k_base' },
		b: { tokenizer: 'cl100k_base', edits: [firstSplit(CL100K_IN_JAVA)] },
		task: { does: 'encode', a: { text: '\u3000\u3000a' } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: ['\u3000', '\u3000', 'a'] },
			{ sees: 'tokens', side: 'b', tokens: ['\u3000\u3000', 'a'] }
		]
	}
];
