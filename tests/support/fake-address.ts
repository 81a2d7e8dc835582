import { vi } from 'vitest';
import { encodeTextHash, type LinkInput } from '../../src/lib/session/links/link-codec';

/** How long the state must stay unchanged before it is written, in milliseconds. */
export const DEBOUNCE_MS = 300;

/** Records the address of a page. Needs fake timers. */
export function recordAddress() {
	const written: string[] = [];
	let heard: () => void = () => undefined;
	const replace = (to: string) => {
		written.push(to);
		heard();
	};
	/** Writes, and waits for the address. */
	async function settle(write: () => void): Promise<string> {
		const next = new Promise<void>((resolve) => (heard = resolve));
		write();
		vi.advanceTimersByTime(DEBOUNCE_MS);
		await next;
		return written.at(-1) ?? '';
	}
	return { written, replace, settle };
}

/** A hash with its `#`. */
export const hashOf = async (value: string, kind: LinkInput['kind'] = 'text'): Promise<string> =>
	`#${(await encodeTextHash({ kind, value })) ?? ''}`;
