import { vi } from 'vitest';
import { encodeTextHash, type LinkInput } from '../../src/lib/session/documents/link-codec';

/** Time in milliseconds that the state must stay unchanged before it is written to the URL. */
export const DEBOUNCE_MS = 300;

/** Records the URLs that a page writes. Needs fake timers. */
export function recordAddress() {
	const written: string[] = [];
	let heard: () => void = () => undefined;
	const replace = (to: string) => {
		written.push(to);
		heard();
	};
	/** Calls `write`, then waits for the next URL. */
	async function settle(write: () => void): Promise<string> {
		const next = new Promise<void>((resolve) => (heard = resolve));
		write();
		vi.advanceTimersByTime(DEBOUNCE_MS);
		await next;
		return written.at(-1) ?? '';
	}
	return { written, replace, settle };
}

/** URL of a page in the lab. */
export const urlOf = (rest: string): URL => new URL(`https://lab.example/page/${rest}`);

/** Hash of a link, including `#`. */
export const hashOf = async (value: string, kind: LinkInput['kind'] = 'text'): Promise<string> =>
	`#${(await encodeTextHash({ kind, value })) ?? ''}`;

/** Tokenizers that links can refer to. */
export const NAMES = {
	has: (id: string) =>
		['gpt2', 'cl100k_base', 'o200k_base', 'llama3', 'qwen3', 'own-1', 'own-1234abcd'].includes(id)
};

/** Tokenizers, languages, scripts and models that links to the Inflation page can refer to. */
export const INFLATION_NAMES = {
	...NAMES,
	hasLanguage: (code: string) => ['eng', 'tur', 'mya'].includes(code),
	hasScript: (script: string) => ['Latin', 'Myanmar'].includes(script),
	hasModel: (name: string) => ['GPT-2 (124M)', 'Llama 3 8B'].includes(name)
};
