import type { EarlyDrop, EarlyEdit } from '$lib/app/early-edits';

declare global {
	namespace App {}
	interface Window {
		/** Set by static/early.js. */
		bpeLabEarlyEdits?: { take(): readonly (EarlyEdit | EarlyDrop)[] };
	}
}

export {};
