import { cl100kBase } from './cl100k_base';
import { claudeLegacy } from './claude-legacy';
import { deepseekV3 } from './deepseek-v3';
import type { LibraryName, TokenizerDescriptor } from './descriptor';
import { gemma3 } from './gemma3';
import { gpt2 } from './gpt2';
import { llama2 } from './llama2';
import { llama3 } from './llama3';
import { mistralTekken } from './mistral-tekken';
import { mistralV1 } from './mistral-v1';
import { mistralV3 } from './mistral-v3';
import { o200kBase } from './o200k_base';
import { o200kHarmony } from './o200k_harmony';
import { p50kBase } from './p50k_base';
import { p50kEdit } from './p50k_edit';
import { qwen3 } from './qwen3';

/** Every tokenizer in the picker's order: by family, older first. */
// prettier-ignore
export const CATALOGUE: readonly TokenizerDescriptor[] = [
	gpt2, p50kBase, p50kEdit, cl100kBase, o200kBase, o200kHarmony,
	llama2, llama3, mistralV1, mistralV3, mistralTekken,
	qwen3, deepseekV3, gemma3, claudeLegacy
];

const BY_NAME = new Map(
	CATALOGUE.flatMap((descriptor) =>
		[descriptor.id, ...(descriptor.aliases ?? [])].map((name) => [name, descriptor])
	)
);

/** Descriptor with an id or an alias, or `undefined`. */
export const findDescriptor = (name: string): TokenizerDescriptor | undefined => BY_NAME.get(name);

/** Descriptor with an id or an alias. @throws Error naming the id if the catalogue lacks it */
export function getDescriptor(name: string): TokenizerDescriptor {
	const descriptor = findDescriptor(name);
	if (!descriptor) {
		throw new Error(
			`unknown tokenizer "${name}"; the catalogue has ${CATALOGUE.map(({ id }) => id).join(', ')}`
		);
	}
	return descriptor;
}

/** Id that an alias names. Any other name is returned unchanged. */
export const resolveAlias = (name: string): string => findDescriptor(name)?.id ?? name;

/** Library that checks a tokenizer's ids. Saved tokenizers are checked by the one that reads any tokenizer.json. */
export const libraryOf = (tokenizer: string): LibraryName =>
	findDescriptor(tokenizer)?.library ?? 'transformers.js';

/** Id of the live tokenizer, which the page trains. */
export const LIVE_TOKENIZER = 'yours';

/** Shown by default: two generations of one maker, a SentencePiece tokenizer, and the live tokenizer. */
export const DEFAULT_TOKENIZERS: readonly string[] = [
	'cl100k_base',
	'o200k_base',
	'gemma3',
	LIVE_TOKENIZER
];
