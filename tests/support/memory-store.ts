import type { SavedTokenizer } from '../../src/lib/session/tokenizers/saved-tokenizer';
import type { TokenizerStore } from '../../src/lib/session/tokenizers/saved-tokenizers.svelte';
import type { TokenizerDescription } from '../../src/lib/tokenizers/files/describe';

/** An in-memory database that outlives its connections. Each `open` simulates another tab. */
export function memoryStore() {
	const stored = new Map<string, SavedTokenizer>();
	const tabs: ((id: string) => void)[][] = [];
	const open = (): Promise<TokenizerStore> => {
		const own: ((id: string) => void)[] = [];
		tabs.push(own);
		const tell = (id: string) => {
			for (const listeners of tabs.filter((tab) => tab !== own))
				for (const listener of listeners) listener(id);
		};
		return Promise.resolve({
			all: () => Promise.resolve([...stored.values()]),
			get: (id) => Promise.resolve(stored.get(id)),
			put: (tokenizer) =>
				Promise.resolve(stored.set(tokenizer.id, tokenizer)).then(() => tell(tokenizer.id)),
			delete: (id) => Promise.resolve(stored.delete(id)).then(() => tell(id)),
			watch: (onchange) => own.push(onchange)
		});
	};
	return { stored, open };
}

export const newTokenizer = (name: string) => ({
	name,
	vocabularySize: 300,
	summary: 'GPT-2 pattern, 44 merges',
	file: Uint8Array.of(1, 2, 3)
});

/** Description of a small tokenizer file. */
export const DESCRIPTION: TokenizerDescription = {
	format: 'tokenizer.json',
	files: ['tokenizer.json'],
	vocabulary: {
		...{ size: 258, tokens: 257, merges: 1 },
		...{ addedTokens: 1, specialTokens: 1, longestTokenBytes: 2 }
	},
	stages: [{ stage: 'normalizer', steps: ['Unicode normalization NFC'] }],
	stated: [],
	assumed: ['The pattern is GPT-2’s'],
	unsupported: [],
	hasChatTemplate: true
};
