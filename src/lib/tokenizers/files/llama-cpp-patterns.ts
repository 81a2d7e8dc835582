import { cl100kPattern, GPT2_PATTERN, o200kPattern, WORDS_WITH_MARKS } from '../../engine/stages';

/**
 * llama.cpp's pre-tokenizers, by their name in `tokenizer.ggml.pre`. The patterns are from `src/llama-vocab.cpp`
 * (`llm_tokenizer_bpe`), as bundled in the npm package node-llama-cpp 3.22.1, converted to Oniguruma's syntax. A GGUF
 * file names the pre-tokenizer without its pattern, so text is split the way llama.cpp splits it, even where that
 * differs from the way the model's own tokenizer.json splits it.
 */
export interface LlamaCppPreTokenizer {
	/** Patterns applied one after another. Both the matches and the text between them become pre-tokens. */
	readonly patterns: readonly string[];
	/** Display name, for patterns that were published. */
	readonly name?: string;
	/** One sentence about how llama.cpp's splits differ from those of the model's own pattern. */
	readonly departs?: string;
	/** Whether a pre-token that is itself a token is used whole, without merging. */
	readonly ignoresMerges?: boolean;
	/** Whether to add BOS if the file doesn't specify it. */
	readonly addsBos?: boolean;
	/** Whether a space becomes `▁` and a byte without a token becomes `<0xNN>`, as in SentencePiece. */
	readonly writesSpaces?: boolean;
}

/** llama.cpp spells out both cases, so it misses `'ſ`. */
const CONTRACTIONS = "(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])";
const LINES = '\\s*[\\r\\n]+';
const SPACES = '\\s+(?!\\S)|\\s+';
const SYMBOLS = ' ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*';
const WORD = '[^\\r\\n\\p{L}\\p{N}]?\\p{L}+';
const LLAMA3 = cl100kPattern({ contractions: CONTRACTIONS });
const QWEN2 = cl100kPattern({ contractions: CONTRACTIONS, digits: '\\p{N}' });

/** o200k's pattern with letter classes instead of case categories: llama.cpp distinguishes case only in ASCII. */
const letterCases = (letters: string, digits: string, suffix: string) => {
	const upper = `[${letters}&&[^a-z]]`;
	const lower = `[${letters}&&[^A-Z]]`;
	return o200kPattern({ upper, lower, digits, suffix });
};
/** llama.cpp reads `\p{Lu}` and similar categories as `\p{L}`. */
const ALL_LETTERS = '[\\p{L}\\p{M}]';
const LETTERS = '\\p{L}';
const LETTERS_AND_MARKS = '\\p{L}\\p{M}';
const HAN_AND_KANA = '[一-龥\u3040-ゟ゠-ヿ]+';
const DEEPSEEK_WORDS =
	'[!"#$%&\'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\\r\\n]*|' +
	`${LINES}|${SPACES}`;
/** Letters in scripts that have case, as listed in DeepSeek's first tokenizer. */
const CASED_LETTERS =
	'A-Za-zµÀ-ÖØ-öø-ƺƼ-ƿǄ-ʓʕ-ʯͰ-ͳͶͷͻ-ͽͿΆΈ-ΊΌΎ-ΡΣ-ϵϷ-ҁҊ-ԯԱ-ՖႠ-ჅᎠ-Ᏽᏸ-ᏽᲐ-ᲺᲽ-Ჿᴀ-ᴫᵫ-ᵷᵹ-ᶚḀ-ἕἘ-Ἕἠ-ὅὈ-Ὅὐ-ὗὙὛὝὟ-\u1f7dᾀ-ᾴᾶ-ᾼ\u1fbeῂ-ῄῆ-ῌῐ-\u1fd3ῖ-\u1fdbῠ-Ῥῲ-ῴῶ-ῼℂℇℊ-ℓℕℙ-ℝℤ\u2126ℨ\u212a-ℭℯ-ℴℹℼ-ℿⅅ-ⅉⅎↃↄⰀ-ⱻⱾ-ⳤⳫ-ⳮⳲⳳꙀ-ꙭꚀ-ꚛꜢ-ꝯꝱ-ꞇꞋ-ꞎꭰ-ꮿﬀ-ﬆﬓ-ﬗＡ-Ｚａ-ｚ𐐀-𐑏𐒰-𐓓𐓘-𐓻𐲀-𐲲𐳀-𐳲𑢠-𑣟𞤀-𞥃';
/** llama.cpp replaces non-ASCII white space before matching, so these ranges don't match it. */
const HAN_TO_HANGUL = '[一-龥ࠀ-一가-\uD7FF&&\\S]+';
const BLOOM = ' ?[^(\\s|.,!?…。，、।۔،)]+';
const DIGIT = '\\p{N}';

const NO_UNICODE_CASES =
	'llama.cpp distinguishes case only for a–z and ignores combining marks, but the model’s own pattern covers all letters and combining marks';

const PRE_TOKENIZERS: readonly (LlamaCppPreTokenizer & { readonly words: string })[] = [
	{
		words: 'llama3 llama-v3 llama-bpe falcon3 falcon-h1 pixtral midm-2.0 lfm2 jina-v5-nano',
		name: 'Llama 3’s pattern',
		patterns: [LLAMA3],
		ignoresMerges: true,
		addsBos: true
	},
	{ words: 'dbrx smaug-bpe glm4 chatglm-bpe', name: 'cl100k’s pattern', patterns: [LLAMA3] },
	{
		words: 'qwen2 deepseek-r1-qwen kormo f2llmv2 megrez stablelm2 hunyuan solar-open grok-2',
		name: 'Qwen 2’s pattern',
		patterns: [QWEN2]
	},
	{
		words: 'qwen35',
		name: 'Qwen 3.5’s pattern',
		patterns: [cl100kPattern({ contractions: CONTRACTIONS, digits: DIGIT, ...WORDS_WITH_MARKS })]
	},
	{
		words:
			'gpt-2 phi-2 jina-es jina-de gigachat jina-v2-es jina-v2-de a.x-4.0 mellum modern-bert jina-v1-en jina-v2-code roberta-bpe mpt olmo jais trillion granite-docling exaone4',
		name: 'GPT-2’s pattern',
		patterns: [GPT2_PATTERN]
	},
	{
		words: 'starcoder refact command-r smollm codeshell exaone minerva-7b mellum2',
		name: 'single digits, then GPT-2’s pattern',
		patterns: [DIGIT, GPT2_PATTERN]
	},
	{
		words: 'default',
		name: 'llama.cpp’s default',
		patterns: ['[\\p{P}\\$\\+<=>\\^~\\|]+', GPT2_PATTERN, '\\p{N}+', '[0-9][0-9][0-9]']
	},
	{
		words: 'falcon',
		name: 'Falcon’s pattern',
		patterns: ['[\\p{P}\\$\\+<=>\\^~\\|`]+', GPT2_PATTERN, '[0-9][0-9][0-9]']
	},
	{
		words: 'deepseek-llm',
		name: 'DeepSeek LLM’s patterns',
		patterns: [
			'[\\r\\n]',
			`\\s?[${CASED_LETTERS}]+`,
			'\\s?[!-/:-~！-／：-～‘-‟\u3001-。]+',
			'\\s+$',
			HAN_TO_HANGUL,
			'\\p{N}+'
		]
	},
	{
		words: 'deepseek-coder',
		name: 'DeepSeek Coder’s patterns',
		patterns: ['[\\r\\n]', '\\s?\\p{L}+', '\\s?\\p{P}+', HAN_TO_HANGUL, DIGIT]
	},
	{
		words: 'deepseek-v3 hunyuan-dense hy_v4 joyai-llm',
		name: 'DeepSeek V3’s patterns',
		patterns: ['\\p{N}{1,3}', HAN_AND_KANA, DEEPSEEK_WORDS]
	},
	{
		words: 'tekken',
		name: 'Tekken’s pattern, approximately',
		patterns: [letterCases(LETTERS, DIGIT, '')],
		departs: NO_UNICODE_CASES,
		ignoresMerges: true,
		addsBos: true
	},
	{
		words: 'gpt-4o llama4 kanana2 talkie minimax-m2',
		name: 'o200k’s pattern, approximately',
		patterns: [letterCases(LETTERS, '\\p{N}{1,3}', `${CONTRACTIONS}?`)],
		departs: NO_UNICODE_CASES
	},
	{
		words: 'granite-embed-multi-97m',
		name: 'o200k’s pattern, approximately',
		patterns: [letterCases(LETTERS_AND_MARKS, '\\p{N}{1,3}', `${CONTRACTIONS}?`)],
		departs:
			'llama.cpp distinguishes case only for a–z, but the model’s own pattern distinguishes it for all letters',
		ignoresMerges: true
	},
	{
		words: 'bailingmoe bailingmoe2 llada-moe',
		name: 'Ling’s pattern',
		patterns: [
			`'(?:[sSdDmMtT]|[lL][lL]|[vV][eE]|[rR][eE])|${WORD}|${DIGIT}|${SYMBOLS}|\\s*[\\r\\n]|${SPACES}`
		]
	},
	{
		words: 'seed-coder',
		name: 'Seed Coder’s pattern',
		patterns: [`${CONTRACTIONS}|${WORD}|\\p{N}| ?[^\\s\\p{L}\\p{N}\\r\\n]+|${LINES}|${SPACES}`]
	},
	{
		words: 'ufakzeka',
		name: 'Qwen 2’s pattern without contractions',
		patterns: [`${WORD}|${DIGIT}|${SYMBOLS}|${LINES}|${SPACES}`]
	},
	{
		words: 'exaone-moe',
		name: 'EXAONE MoE’s pattern',
		patterns: [
			`${CONTRACTIONS}|[^\\r\\n\\p{L}\\p{N}]?(?:\\p{L}\\p{M}*(?: \\p{L}\\p{M}*)*)+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]?|\\s*[\\r\\n]|${SPACES}`
		]
	},
	{
		words: 'minicpm5',
		name: 'digits in threes, then cl100k’s pattern',
		patterns: ['\\p{N}{1,3}', cl100kPattern({ contractions: CONTRACTIONS, digits: '\\p{N}+' })],
		ignoresMerges: true
	},
	{
		words: 'poro-chat bloom gpt3-finnish',
		name: 'BLOOM’s pattern',
		patterns: [BLOOM]
	},
	{ words: 'viking', name: 'BLOOM’s pattern, then single digits', patterns: [BLOOM, DIGIT] },
	{
		words: 'chameleon',
		name: 'Chameleon’s patterns',
		patterns: [
			'<sentinel:[0-9]+>',
			'(?:IMGIMG)(?:[A-I]{1,4})Z',
			'[\\t\\n]|    |  ',
			DIGIT,
			'[\\p{P}!-/:-@\\[-`{-~]',
			GPT2_PATTERN
		],
		addsBos: true
	},
	{
		words: 'jais-2',
		name: 'Llama 3’s pattern, with white space split into power-of-two lengths',
		patterns: [
			cl100kPattern({
				contractions: CONTRACTIONS,
				spaces: `${LINES}|${[512, 256, 128, 64, 32, 16, 8, 4].map((n) => `\\s{${n}}(?!\\S)`).join('|')}|\\s{1,2}(?!\\S)|\\s{1}`
			})
		]
	},
	{
		words: 'spark2_5',
		name: 'Spark’s patterns',
		patterns: [
			'\\p{N}{1,3}',
			HAN_AND_KANA,
			'[!"#$%&\'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+|[\\r\\n]|\\s+(?!\\S)|\\s+',
			DIGIT
		]
	},
	{
		words: 'youtu',
		name: 'Youtu’s patterns, approximately',
		patterns: [
			'[가-힣ㄱ-ㆎ]+|[！…“”‘’—：；，、-〿︰-﹏]+|[ㄅ-ㄯ]+|[一-龥\u3040-ゟ゠-ヿ]+',
			o200kPattern({
				upper: ALL_LETTERS,
				lower: ALL_LETTERS,
				digits: DIGIT,
				suffix: `${CONTRACTIONS}?`
			})
		],
		departs: 'llama.cpp ignores case, but the model’s own pattern distinguishes it',
		ignoresMerges: true
	},
	{ words: 'laguna', name: 'lines, then Qwen 2’s pattern', patterns: ['[^\\n]+|[\\n]+', QWEN2] },
	{
		words: 'gemma4 granite-embed-multi-311m',
		name: 'lines',
		patterns: ['[^\\n]+|[\\n]+'],
		writesSpaces: true
	}
];

const BY_WORD = new Map(
	PRE_TOKENIZERS.flatMap(({ words, ...rest }) =>
		words.split(' ').map((word): [string, LlamaCppPreTokenizer] => [word, rest])
	)
);

/**
 * Names that llama.cpp supports but the lab rejects, because llama.cpp splits with code instead of a pattern or because
 * our ids didn't match llama.cpp's.
 */
const REFUSED: ReadonlySet<string> = new Set([
	'afmoe',
	'cohere2moe',
	'kimi-k2',
	'sarvam-moe',
	'superbpe',
	'tiny_aya',
	'whitespace'
]);

/** @throws Error with a one-line message if llama.cpp doesn't support the name or the lab can't reproduce the splits */
export function llamaCppPreTokenizer(word: string): LlamaCppPreTokenizer {
	const found = BY_WORD.get(word);
	if (found) return found;
	const named = `tokenizer.ggml.pre: got ${JSON.stringify(word.slice(0, 60))}`;
	throw new Error(
		REFUSED.has(word)
			? `${named}, whose splits BPE Lab can't reproduce exactly; use the model's tokenizer.json`
			: `${named}, expected a name that llama.cpp supports, such as "llama-bpe" or "qwen2"; use the model's tokenizer.json`
	);
}
