import {
	CL100K_IN_GO,
	firstSplit,
	IMP_FALLBACK_REGEX,
	LLAMA3_REGEX,
	O200K_WITH_OLDER_UNICODE,
	O200K_WITHOUT_MARKS,
	QWEN35_REGEX
} from './changes';
import { commit, issues } from './sources';
import type { DriftCase } from './types';

/** An engine or a port writes the pattern again, and not the same. */
export const REGEX_PORT_CASES: readonly DriftCase[] = [
	{
		slug: 'qwen-on-the-gpt2-fallback',
		family: 'pre-tokenizer',
		claim: 'An engine that did not know Qwen’s rule split every sign by itself.',
		story:
			'imp fell back to a splitter that takes signs one at a time and digits in threes. 10 KB of code and Markdown took 3,690 tokens instead of 3,084, until someone compared the ids with llama.cpp’s.',
		year: 2026,
		sources: issues('imp', 660, 661),
		damage:
			'Loss of Qwen3-8B on code and Markdown, total over the same text: 70 % above llama.cpp’s. After the repair: 1.3 %.',
		figures: [
			{ text: '10 KB', source: 'imp#660', where: 'table in the description' },
			{ text: '3,690', source: 'imp#660', where: 'table in the description' },
			{ text: '3,084', source: 'imp#660', where: 'table in the description' },
			{ text: '70 %', source: 'imp#660', where: 'description' },
			{ text: '1.3 %', source: 'imp#661', where: 'description' }
		],
		severity: 'silent',
		stage: 'pre_tokenizer',
		evidence: 'published-ids',
		publishedIn: { source: 'imp#660', where: 'table in the description' },
		names: { a: 'qwen3', b: 'qwen3, split by imp’s fallback' },
		a: { tokenizer: 'qwen3' },
		b: { tokenizer: 'qwen3', edits: [firstSplit(IMP_FALLBACK_REGEX)] },
		task: { does: 'encode', a: { text: '(x):\n' } },
		expect: [
			{ sees: 'ids', side: 'a', ids: [2075, 982] },
			{ sees: 'ids', side: 'b', ids: [7, 87, 8, 25, 198] }
		]
	},
	{
		slug: 'marks-joined-to-letters',
		family: 'pre-tokenizer',
		claim: 'An engine gave every Qwen model the rule of the newest one.',
		story:
			'Qwen 3.5 counts combining marks as part of a word, Qwen 3 does not. The engine surogate used the newer rule for all, which changes vowel signs in Arabic, Thai and other scripts.',
		year: 2026,
		sources: issues('surogate', 105),
		damage: null,
		figures: [],
		severity: 'silent',
		stage: 'pre_tokenizer',
		evidence: 'mechanism',
		names: { a: 'qwen3', b: 'qwen3, split as Qwen 3.5' },
		a: { tokenizer: 'qwen3' },
		b: { tokenizer: 'qwen3', edits: [firstSplit(QWEN35_REGEX)] },
		task: { does: 'encode', a: { text: 'كَتَبَ' } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: ['ك', '\u064e', 'ت', '\u064e', 'ب', '\u064e'] },
			{ sees: 'tokens', side: 'b', tokens: ['ك\u064e', 'ت\u064e', 'ب\u064e'] }
		]
	},
	{
		slug: 'o200k-without-marks',
		family: 'pre-tokenizer',
		claim: 'A port of o200k split Hindi words at their combining marks.',
		story:
			'The port spelled o200k’s classes of letters as llama.cpp does, without combining marks. Latin, Arabic and Chinese text agrees either way, so no test had caught it.',
		year: 2026,
		sources: issues('tensai', 163),
		damage: null,
		figures: [],
		severity: 'silent',
		stage: 'pre_tokenizer, Split 1',
		evidence: 'mechanism',
		note: 'The pull request names this word and where it was split. gpt-oss, which it is about, has o200k’s ordinary tokens.',
		names: { a: 'o200k_base', b: 'o200k_base without marks' },
		a: { tokenizer: 'o200k_base' },
		b: { tokenizer: 'o200k_base', edits: [firstSplit(O200K_WITHOUT_MARKS)] },
		task: { does: 'encode', a: { text: 'नमस्ते' } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: ['न', 'म', 'स्त', 'े'] },
			{ sees: 'tokens', side: 'b', tokens: ['न', 'म', 'स', '्त', 'े'] }
		]
	},
	{
		slug: 'contractions-of-o200k',
		family: 'pre-tokenizer',
		claim: 'A port of o200k split “What’s” in two.',
		story:
			'gpt-tokenizer ran cl100k’s pattern for o200k as well. o200k keeps a contraction with its word, so “’s” cost one token too many.',
		year: 2025,
		sources: [commit('gpt-tokenizer', '59422fd')],
		damage: null,
		figures: [],
		severity: 'silent',
		stage: 'pre_tokenizer',
		evidence: 'published-ids',
		publishedIn: { source: 'gpt-tokenizer@59422fd', where: 'test in src/GptEncoding.test.ts' },
		note: 'The commit prints the right id only.',
		names: { a: 'o200k_base', b: 'o200k_base with cl100k’s pattern' },
		a: { tokenizer: 'o200k_base' },
		b: { tokenizer: 'o200k_base', edits: [firstSplit(LLAMA3_REGEX)] },
		task: { does: 'encode', a: { text: "What's" } },
		expect: [
			{ sees: 'ids', side: 'a', ids: [45350] },
			{ sees: 'tokens', side: 'b', tokens: ['What', "'s"] }
		]
	},
	{
		slug: 'contractions-compiled-to-go',
		family: 'pre-tokenizer',
		claim: 'A port to Go split “’RE” after the R.',
		story:
			'The pattern was right. The code that a generator made of it joined its first alternatives into one set of letters, with R in it.',
		year: 2026,
		sources: issues('tiktoken-go/tokenizer', 24),
		damage: null,
		figures: [],
		severity: 'silent',
		stage: 'the compiled regex',
		evidence: 'published-ids',
		publishedIn: { source: 'tiktoken-go/tokenizer#24', where: 'description' },
		names: { a: 'cl100k_base', b: 'cl100k_base, compiled to Go' },
		a: { tokenizer: 'cl100k_base' },
		b: { tokenizer: 'cl100k_base', edits: [firstSplit(CL100K_IN_GO)] },
		task: { does: 'encode', a: { text: "'RE" } },
		expect: [
			{ sees: 'ids', side: 'a', ids: [95253] },
			{ sees: 'ids', side: 'b', ids: [91987, 36] }
		]
	},
	{
		slug: 'unicode-tables-of-go',
		family: 'pre-tokenizer',
		claim: 'A port to Go did not know letters that newer versions of Unicode added.',
		story:
			'A regex that asks for letters depends on the Unicode tables of its language. U+1C89 is a letter since Unicode 16. To the port it was a sign, which joined the backslash after it.',
		year: 2026,
		sources: issues('tiktoken-go/tokenizer', 23),
		damage: null,
		figures: [],
		severity: 'silent',
		stage: 'the tables of the regex engine',
		evidence: 'published-ids',
		publishedIn: { source: 'tiktoken-go/tokenizer#23', where: 'description' },
		names: { a: 'o200k_base', b: 'o200k_base with older tables' },
		a: { tokenizer: 'o200k_base' },
		b: { tokenizer: 'o200k_base', edits: [firstSplit(O200K_WITH_OLDER_UNICODE)] },
		task: { does: 'encode', a: { text: '\u1c89\\u' } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: ['\\xE1', '\\xB2', '\\x89', '\\u'] },
			{ sees: 'ids', side: 'b', ids: [157, 110, 231, 59, 84] }
		]
	}
];
