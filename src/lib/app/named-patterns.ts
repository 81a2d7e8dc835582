import { PATTERNS } from '../engine/train';

/** Patterns of well-known tokenizers, for files that do not say how text is split. */
export const NAMED_PATTERNS = (
	[
		['gpt2', 'GPT-2'],
		['cl100k', 'cl100k'],
		['o200k', 'o200k'],
		['qwen2', 'Qwen 2']
	] as const
).flatMap(([pattern, name]) => {
	const regex = PATTERNS[pattern];
	return regex === null ? [] : [{ name: `Split as ${name}`, regex }];
});
