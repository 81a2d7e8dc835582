/** Families of tokenizers, what changed between versions, and what the makers say about the changes. */

/** A page on the maker's site, or a paper. */
interface LineageSource {
	readonly name: string;
	readonly url: string;
}

export interface LineageVersion {
	readonly tokenizer: string;
	/** The best-known model that uses the tokenizer. */
	readonly model: string;
	/** Missing for the first version. */
	readonly change?: LineageChange;
}

export interface LineageChange {
	/** Our summary of the change and its purpose. */
	readonly summary: string;
	/** Excerpt from the maker's explanation. */
	readonly quote?: string;
	/** The maker's explanation; `null` if we found none. */
	readonly source: LineageSource | null;
}

export interface Lineage {
	/** Anchor on the page. */
	readonly id: string;
	readonly name: string;
	/** Oldest first. */
	readonly versions: readonly LineageVersion[];
}

const arXiv = (id: string, name: string): LineageSource => ({
	name,
	url: `https://arxiv.org/abs/${id}`
});

export const LINEAGES: readonly Lineage[] = [
	{
		id: 'openai',
		name: 'OpenAI',
		versions: [
			{ tokenizer: 'gpt2', model: 'GPT-2' },
			{
				tokenizer: 'p50k_base',
				model: 'Codex',
				change: {
					summary: 'Runs of 2 to 25 spaces got tokens of their own, because code is full of them.',
					quote: 'represent code using approximately 30% fewer tokens',
					source: arXiv('2107.03374', 'Codex paper')
				}
			},
			{
				tokenizer: 'cl100k_base',
				model: 'GPT-4',
				change: {
					summary:
						'A new vocabulary of twice the size, and a pattern that splits numbers into groups of three digits.',
					source: null
				}
			},
			{
				tokenizer: 'o200k_base',
				model: 'GPT-4o',
				change: {
					summary:
						'Twice the size again, with the new tokens mostly for languages other than English.',
					quote: 'Gujarati 4.4x fewer tokens (from 145 to 33)',
					source: { name: 'Hello GPT-4o', url: 'https://openai.com/index/hello-gpt-4o/' }
				}
			},
			{
				tokenizer: 'o200k_harmony',
				model: 'gpt-oss',
				change: {
					summary: 'Text gets the same ids. New special tokens mark the parts of a chat.',
					quote: 'tokens explicitly used for our harmony chat format',
					source: arXiv('2508.10925', 'gpt-oss model card')
				}
			}
		]
	},
	{
		id: 'llama',
		name: 'Llama',
		versions: [
			{ tokenizer: 'llama2', model: 'Llama 2' },
			{
				tokenizer: 'llama3',
				model: 'Llama 3',
				change: {
					summary:
						'Meta left SentencePiece for OpenAI’s 100,000 tokens, and added 28,000 for other languages.',
					quote: 'from 3.17 to 3.94 characters per token',
					source: arXiv('2407.21783', 'Llama 3 paper')
				}
			},
			{
				tokenizer: 'llama4',
				model: 'Llama 4',
				change: {
					summary: 'A new vocabulary of 200,000 tokens, with the pattern of o200k_base.',
					source: null
				}
			}
		]
	},
	{
		id: 'mistral',
		name: 'Mistral',
		versions: [
			{ tokenizer: 'mistral-v1', model: 'Mistral 7B v0.1' },
			{
				tokenizer: 'mistral-v3',
				model: 'Mistral 7B v0.3',
				change: {
					summary:
						'Control tokens such as [INST] got 768 ids at the front, so that a user cannot type them.',
					quote: '32k vocab + 768 control tokens',
					source: {
						name: 'Mistral’s guide to tokenization',
						url: 'https://github.com/mistralai/platform-docs-public/blob/10af4b762be3aebbc31ef33ea56e238d7247d2a9/docs/guides/tokenization.mdx'
					}
				}
			},
			{
				tokenizer: 'mistral-tekken',
				model: 'Mistral Nemo',
				change: {
					summary: 'Mistral left SentencePiece for byte-level BPE, trained on over 100 languages.',
					quote: '~30% more efficient at compressing source code',
					source: { name: 'Mistral NeMo', url: 'https://mistral.ai/news/mistral-nemo' }
				}
			}
		]
	},
	{
		id: 'qwen',
		name: 'Qwen',
		versions: [
			{ tokenizer: 'qwen2.5', model: 'Qwen2.5' },
			{
				tokenizer: 'qwen3',
				model: 'Qwen3',
				change: {
					summary: 'Text gets the same ids. Four tokens mark thinking and the answers of tools.',
					source: null
				}
			},
			{
				tokenizer: 'qwen3.5',
				model: 'Qwen3.5',
				change: {
					summary:
						'About 97,000 more tokens for more languages, and a pattern that keeps combining marks with their letters.',
					quote: 'boosts encoding/decoding efficiency by 10–60% across most languages',
					source: { name: 'Qwen3.5', url: 'https://qwen.ai/blog?id=qwen3.5' }
				}
			}
		]
	},
	{
		id: 'gemma',
		name: 'Gemma',
		versions: [
			{ tokenizer: 'gemma2', model: 'Gemma 2' },
			{
				tokenizer: 'gemma3',
				model: 'Gemma 3',
				change: {
					summary: 'Gemma took over the tokenizer of Gemini 2.0.',
					quote: 'more balanced for non-English languages',
					source: arXiv('2503.19786', 'Gemma 3 report')
				}
			},
			{
				tokenizer: 'gemma4',
				model: 'Gemma 4',
				change: {
					summary:
						'Control tokens got new names, and HTML tags are ordinary text: <h1> was one token.',
					source: null
				}
			}
		]
	},
	{
		id: 'deepseek',
		name: 'DeepSeek',
		versions: [
			{ tokenizer: 'deepseek-v3', model: 'DeepSeek V3' },
			{
				tokenizer: 'deepseek-v4',
				model: 'DeepSeek V4',
				change: {
					summary: 'Text gets the same ids. New special tokens build the context of a chat.',
					quote: 'a few special tokens for context construction',
					source: arXiv('2606.19348', 'DeepSeek-V4 report')
				}
			}
		]
	},
	{
		id: 'glm',
		name: 'GLM',
		versions: [
			{ tokenizer: 'glm-4.5', model: 'GLM-4.5' },
			{
				tokenizer: 'glm-5',
				model: 'GLM-5',
				change: {
					summary:
						'Single characters of scripts that lacked them were appended, and special tokens moved behind them.',
					source: null
				}
			}
		]
	}
];
