import { replaceState } from '$app/navigation';

/** Replaces search part and hash of the page's address. The same address again would redraw the page for nothing. */
export function replaceAddress(to: string): void {
	if (to === location.search + location.hash) return;
	// eslint-disable-next-line svelte/no-navigation-without-resolve -- the path is that of the page
	replaceState(location.pathname + to, {});
}
