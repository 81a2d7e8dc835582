/** Sets of tokenizers that are chosen at once. */
export const PICKER_PRESETS: readonly { readonly name: string; readonly ids: readonly string[] }[] =
	[
		{ name: 'Current OpenAI', ids: ['o200k_base', 'o200k_harmony'] },
		{
			name: 'Open weights 2026',
			ids: ['gemma4', 'qwen3.5', 'deepseek-v4', 'glm-5', 'kimi-k2']
		}
	];
