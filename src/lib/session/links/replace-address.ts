import { replaceState } from '$app/navigation';

/** Replaces search part and hash of the page's address. The same address again would redraw the page for nothing. */
export function replaceAddress(to: string): void {
	if (to !== location.search + location.hash) replaceState(location.pathname + to, {});
}
