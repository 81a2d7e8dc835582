import {
	CL100K_IN_GO,
	CL100K_IN_JAVA,
	firstSplit,
	IMP_FALLBACK_REGEX,
	LLAMA3_REGEX,
	O200K_WITH_OLDER_UNICODE,
	O200K_WITHOUT_MARKS,
	QWEN35_REGEX
} from './changes';
import { defineCases } from './define-cases';
import { commit, figures, issues } from './sources';

/** Cases where an engine or a port uses its own version of the pattern. */
export const REGEX_PORT_CASES = defineCases('pre-tokenizer', [
	{
		slug: 'qwen-on-the-gpt2-fallback',
		claim: 'An engine that did not know Qwen’s rule split off every punctuation mark.',
		story:
			'imp fell back to a splitter that takes punctuation one character at a time and digits in threes. 10 KB of code and Markdown took 3,690 tokens instead of 3,084, until someone compared the ids with llama.cpp’s.',
		year: 2026,
		sources: issues('imp', 660, 661),
		damage:
			'Loss of Qwen3-8B on code and Markdown, total over the same text: 70% above llama.cpp’s. After the fix: 1.3%.',
		figures: [
			...figures('imp#660', 'table in the description', '10 KB', '3,690', '3,084'),
			...figures('imp#660', 'description', '70%'),
			...figures('imp#661', 'description', '1.3%')
		],
		caughtBy: ['config', 'self-encode', 'text'],
		publishedIn: { source: 'imp#660', where: 'table in the description' },
		names: { a: 'qwen3', b: 'qwen3, split by imp’s fallback' },
		b: { tokenizer: 'qwen3', edits: [firstSplit(IMP_FALLBACK_REGEX)] },
		task: { does: 'encode', a: { text: '(x):\n' } },
		expect: [
			{ sees: 'ids', side: 'a', ids: [2075, 982] },
			{ sees: 'ids', side: 'b', ids: [7, 87, 8, 25, 198] }
		]
	},
	{
		slug: 'marks-joined-to-letters',
		claim: 'An engine applied the rule of the newest Qwen model to all of them.',
		story:
			'Qwen 3.5 counts combining marks as part of a word, and Qwen 3 does not. The engine surogate used the newer rule for all models, which changes how vowel signs in Arabic, Thai and other scripts are split.',
		year: 2026,
		sources: issues('surogate', 105),
		caughtBy: ['config', 'text'],
		names: { a: 'qwen3', b: 'qwen3, split as Qwen 3.5' },
		b: { tokenizer: 'qwen3', edits: [firstSplit(QWEN35_REGEX)] },
		task: { does: 'encode', a: { text: 'كَتَبَ' } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: ['ك', '\u064e', 'ت', '\u064e', 'ب', '\u064e'] },
			{ sees: 'tokens', side: 'b', tokens: ['ك\u064e', 'ت\u064e', 'ب\u064e'] }
		]
	},
	{
		slug: 'o200k-without-marks',
		claim: 'A port of o200k split Hindi words at their combining marks.',
		story:
			'The port wrote o200k’s letter classes as llama.cpp does, without combining marks. Chinese, unvocalised Arabic and precomposed Latin letters are split the same way with both, so no test had caught it.',
		year: 2026,
		sources: issues('tensai', 163),
		part: 'pre_tokenizer, Split 1',
		caughtBy: ['config', 'self-encode', 'text'],
		note: 'The pull request names this word and where it was split. It says that all Latin and Arabic text is the same, which is true only without combining marks. gpt-oss, which it is about, has o200k’s ordinary tokens.',
		names: { a: 'o200k_base', b: 'o200k_base without marks' },
		b: { tokenizer: 'o200k_base', edits: [firstSplit(O200K_WITHOUT_MARKS)] },
		task: { does: 'encode', a: { text: 'नमस्ते' } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: ['न', 'म', 'स्त', 'े'] },
			{ sees: 'tokens', side: 'b', tokens: ['न', 'म', 'स', '्त', 'े'] }
		]
	},
	{
		slug: 'contractions-of-o200k',
		claim: 'A port of o200k split “What’s” in two.',
		story:
			'gpt-tokenizer used cl100k’s pattern for o200k as well. o200k keeps a contraction with its word, so “’s” cost one token too many.',
		year: 2025,
		sources: [commit('gpt-tokenizer', '59422fd')],
		caughtBy: ['config', 'self-encode', 'text'],
		publishedIn: { source: 'gpt-tokenizer@59422fd', where: 'test in src/GptEncoding.test.ts' },
		note: 'The commit prints only the right id.',
		names: { a: 'o200k_base', b: 'o200k_base with cl100k’s pattern' },
		b: { tokenizer: 'o200k_base', edits: [firstSplit(LLAMA3_REGEX)] },
		task: { does: 'encode', a: { text: "What's" } },
		expect: [
			{ sees: 'ids', side: 'a', ids: [45350] },
			{ sees: 'tokens', side: 'b', tokens: ['What', "'s"] }
		]
	},
	{
		slug: 'contractions-compiled-to-go',
		claim: 'A port to Go split “’RE” after the R.',
		story:
			'The pattern was right. The code generated from it joined the first alternatives into one set of letters that contains R.',
		year: 2026,
		sources: issues('tiktoken-go/tokenizer', 24),
		part: 'the compiled regex',
		caughtBy: ['config', 'self-encode', 'text'],
		publishedIn: { source: 'tiktoken-go/tokenizer#24', where: 'description' },
		names: { a: 'cl100k_base', b: 'cl100k_base, compiled to Go' },
		b: { tokenizer: 'cl100k_base', edits: [firstSplit(CL100K_IN_GO)] },
		task: { does: 'encode', a: { text: "'RE" } },
		expect: [
			{ sees: 'ids', side: 'a', ids: [95253] },
			{ sees: 'ids', side: 'b', ids: [91987, 36] }
		]
	},
	{
		slug: 'unicode-tables-of-go',
		claim: 'A port to Go did not know letters that newer versions of Unicode added.',
		story:
			'A regular expression that matches letters depends on the Unicode tables of its language. The issue says that Go considers U+1C89 a lowercase letter and Python does not. The ids that it prints fit a different explanation, which is ours: U+1C89 has been a letter since Unicode 16, and the port, with older tables, joins it to the backslash as if it were a symbol.',
		year: 2026,
		sources: issues('tiktoken-go/tokenizer', 23),
		part: 'the tables of the regex engine',
		caughtBy: ['config', 'text'],
		publishedIn: { source: 'tiktoken-go/tokenizer#23', where: 'description' },
		names: { a: 'o200k_base', b: 'o200k_base with older tables' },
		b: { tokenizer: 'o200k_base', edits: [firstSplit(O200K_WITH_OLDER_UNICODE)] },
		task: { does: 'encode', a: { text: '\u1c89\\u' } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: ['\\xE1', '\\xB2', '\\x89', '\\u'] },
			{ sees: 'ids', side: 'b', ids: [157, 110, 231, 59, 84] }
		]
	},
	// Cases where the pattern is the same, but white space is defined differently.
	{
		slug: 'byte-order-mark-as-space',
		claim: 'JavaScript counts the byte order mark as white space, and the reference does not.',
		story:
			'In a pattern, \\s means different characters in different languages. A library that passes it to JavaScript unchanged splits before U+FEFF. tokenizers.js has translated it since this change.',
		year: 2026,
		sources: issues('tokenizers.js', 24),
		part: 'the regex engine of js-tiktoken 1.0.21',
		names: { a: 'cl100k_base', b: 'js-tiktoken, live' },
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
		b: { tokenizer: 'cl100k_base', edits: [firstSplit(CL100K_IN_JAVA)] },
		task: { does: 'encode', a: { text: '\u3000\u3000a' } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: ['\u3000', '\u3000', 'a'] },
			{ sees: 'tokens', side: 'b', tokens: ['\u3000\u3000', 'a'] }
		]
	}
]);
