import type { CaseFigure, CaseSource } from './types';

const REPOSITORIES = {
	'anthropic-tokenizer-typescript': 'anthropics/anthropic-tokenizer-typescript',
	'faster-whisper': 'SYSTRAN/faster-whisper',
	'gpt-tokenizer': 'niieani/gpt-tokenizer',
	helm: 'stanford-crfm/helm',
	'huggingface.js': 'huggingface/huggingface.js',
	imp: 'kekzl/imp',
	InferenceX: 'SemiAnalysisAI/InferenceX',
	jtokkit: 'knuddelsgmbh/jtokkit',
	kaito: 'kaito-project/kaito',
	'Kimi-K2.5': 'MoonshotAI/Kimi-K2.5',
	'llama-cpp-python': 'abetlen/llama-cpp-python',
	'llama.cpp': 'ggml-org/llama.cpp',
	'llama2.c': 'karpathy/llama2.c',
	'llm-export': 'wangzhaode/llm-export',
	'lm-evaluation-harness': 'EleutherAI/lm-evaluation-harness',
	lucebox: 'Luce-Org/lucebox',
	mellea: 'generative-computing/mellea',
	minicons: 'kanishkamisra/minicons',
	ollama: 'ollama/ollama',
	OLMo: 'allenai/OLMo',
	'onnxruntime-genai': 'microsoft/onnxruntime-genai',
	'open-instruct': 'allenai/open-instruct',
	'open-r1': 'huggingface/open-r1',
	Qwen3: 'QwenLM/Qwen3',
	'Qwen3.8-Flash-Next-Int4-FAST': 'azampatti/Qwen3.8-Flash-Next-Int4-FAST',
	'rbln-model-zoo': 'RBLN-SW/rbln-model-zoo',
	renderers: 'PrimeIntellect-ai/renderers',
	'retaining-by-doing': 'princeton-pli/retaining-by-doing',
	rllm: 'rllm-org/rllm',
	rten: 'robertknight/rten',
	smg: 'smg-project/smg',
	surogate: 'invergent-ai/surogate',
	'swift-transformers': 'huggingface/swift-transformers',
	tensai: 'mattn/tensai',
	'TensorRT-LLM': 'NVIDIA/TensorRT-LLM',
	'tiktoken-go/tokenizer': 'tiktoken-go/tokenizer',
	tokencost: 'AgentOps-AI/tokencost',
	tokenizers: 'huggingface/tokenizers',
	'tokenizers.js': 'huggingface/tokenizers.js',
	'torch-xpu-ops': 'intel/torch-xpu-ops',
	'tpu-inference': 'vllm-project/tpu-inference',
	transformers: 'huggingface/transformers',
	trl: 'huggingface/trl',
	'tt-metal': 'tenstorrent/tt-metal',
	verl: 'verl-project/verl',
	vllm: 'vllm-project/vllm',
	whisper: 'openai/whisper',
	wordchipper: 'zspacelabs/wordchipper'
} as const;

type Repository = keyof typeof REPOSITORIES;

const page = (repository: Repository, path: string): string =>
	`https://github.com/${REPOSITORIES[repository]}/${path}`;

/**
 * Sources for issues or pull requests with the given numbers. GitHub redirects an issue's URL to the pull request with
 * that number, and vice versa.
 */
export const issues = (repository: Repository, ...numbers: readonly number[]): CaseSource[] =>
	numbers.map((number) => ({
		name: `${repository}#${number}`,
		url: page(repository, `issues/${number}`)
	}));

export const commit = (repository: Repository, hash: string): CaseSource => ({
	name: `${repository}@${hash}`,
	url: page(repository, `commit/${hash}`)
});

export const file = (repository: Repository, path: string, branch = 'main'): CaseSource => ({
	name: `${repository}@${branch}:${path}`,
	url: page(repository, `blob/${branch}/${path}`)
});

/** Figures published at the same location in a source. */
export const figures = (
	source: string,
	where: string,
	...texts: readonly string[]
): readonly CaseFigure[] => texts.map((text) => ({ text, source, where }));
