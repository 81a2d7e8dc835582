import { CL100K_IN_JAVA, firstSplit } from './changes';
import { defineCases } from './define-cases';
import { commit, issues } from './sources';

/** The same pattern with a different definition of white space. */
export const WHITE_SPACE_CASES = defineCases('pre-tokenizer', [
	{
		slug: 'byte-order-mark-as-space',
		claim: 'JavaScript counts the byte order mark as white space, and the reference does not.',
		story:
			'In a pattern, \\s means different characters in different languages. A library that passes it to JavaScript unchanged splits before U+FEFF. tokenizers.js has translated it since this change.',
		year: 2026,
		sources: issues('tokenizers.js', 24),
		part: 'the regex engine of js-tiktoken 1.0.21',
		names: { a: 'cl100k_base', b: 'js-tiktoken, live' },
		a: { tokenizer: 'cl100k_base' },
		b: { tokenizer: 'cl100k_base', library: { name: 'js-tiktoken' } },
		task: { does: 'encode', a: { text: ' \ufeffa' } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: [' \ufeff', 'a'] },
			{ sees: 'tokens', side: 'b', tokens: [' ', '\ufeff', 'a'] }
		]
	},
	{
		slug: 'next-line-is-no-space',
		claim:
			'U+0085, the next-line character, is white space to the reference but not to JavaScript.',
		story:
			'This is the other half of the same difference. Text that went through an old encoding or a PDF extractor can contain this character. transformers.js 2.17.2 and an engine in C++ make the same mistake.',
		year: 2026,
		sources: [...issues('surogate', 176), ...issues('tokenizers.js', 24)],
		part: 'the regex engine of js-tiktoken 1.0.21',
		names: { a: 'cl100k_base', b: 'js-tiktoken, live' },
		a: { tokenizer: 'cl100k_base' },
		b: { tokenizer: 'cl100k_base', library: { name: 'js-tiktoken' } },
		task: { does: 'encode', a: { text: ' \u0085a' } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: [' ', '\\xC2', '\\x85', 'a'] },
			{ sees: 'tokens', side: 'b', tokens: [' \\xC2', '\\x85', 'a'] }
		]
	},
	{
		slug: 'full-width-spaces-in-java',
		claim: 'A port to Java did not count full-width spaces as white space.',
		story:
			'In Java, \\s covers only ASCII unless a flag is set. jtokkit compiled its patterns without that flag.',
		year: 2023,
		sources: [commit('jtokkit', 'ecd6946')],
		part: 'the flags of the regex',
		caughtBy: ['config', 'self-encode', 'text'],
		names: { a: 'cl100k_base', b: 'cl100k_base with Java’s \\s' },
		a: { tokenizer: 'cl100k_base' },
		b: { tokenizer: 'cl100k_base', edits: [firstSplit(CL100K_IN_JAVA)] },
		task: { does: 'encode', a: { text: '\u3000\u3000a' } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: ['\u3000', '\u3000', 'a'] },
			{ sees: 'tokens', side: 'b', tokens: ['\u3000\u3000', 'a'] }
		]
	}
]);
