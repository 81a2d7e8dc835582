import type { EarlyEvent } from '$lib/app/early-edits';

declare global {
	namespace App {}
	interface Window {
		/** Set by early.js. */
		bpeLabEarlyEdits?: { take(): readonly EarlyEvent[] };
	}
}

export {};
