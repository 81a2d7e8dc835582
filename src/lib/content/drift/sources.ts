import type { CaseSource } from './types';

const REPOSITORIES = {
	'anthropic-tokenizer-typescript': 'anthropics/anthropic-tokenizer-typescript',
	'faster-whisper': 'SYSTRAN/faster-whisper',
	'gpt-tokenizer': 'niieani/gpt-tokenizer',
	helm: 'stanford-crfm/helm',
	imp: 'kekzl/imp',
	jtokkit: 'knuddelsgmbh/jtokkit',
	'llama-cpp-python': 'abetlen/llama-cpp-python',
	'llama.cpp': 'ggml-org/llama.cpp',
	'llama2.c': 'karpathy/llama2.c',
	'llm-export': 'wangzhaode/llm-export',
	'lm-evaluation-harness': 'EleutherAI/lm-evaluation-harness',
	mellea: 'generative-computing/mellea',
	Qwen3: 'QwenLM/Qwen3',
	rllm: 'rllm-org/rllm',
	surogate: 'invergent-ai/surogate',
	'swift-transformers': 'huggingface/swift-transformers',
	'TensorRT-LLM': 'NVIDIA/TensorRT-LLM',
	'tiktoken-go/tokenizer': 'tiktoken-go/tokenizer',
	tokencost: 'AgentOps-AI/tokencost',
	tokenizers: 'huggingface/tokenizers',
	'tokenizers.js': 'huggingface/tokenizers.js',
	transformers: 'huggingface/transformers',
	'transformers.js': 'huggingface/transformers.js',
	trl: 'huggingface/trl',
	wordchipper: 'zspacelabs/wordchipper'
} as const;

/** Issues or pull requests by number: GitHub leads from one address to the other. */
export const issues = (
	repository: keyof typeof REPOSITORIES,
	...numbers: readonly number[]
): CaseSource[] =>
	numbers.map((number) => ({
		name: `${repository}#${number}`,
		url: `https://github.com/${REPOSITORIES[repository]}/issues/${number}`
	}));
