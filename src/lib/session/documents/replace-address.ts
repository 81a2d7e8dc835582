import { replaceState } from '$app/navigation';
import { page } from '$app/state';

/**
 * Replaces search part and hash of the page's address. The same address again would redraw the page for nothing. After the
 * Back button, the browser shows the address of another page while this one is still there: that one stays as it is.
 */
export function replaceAddress(to: string): void {
	if (location.pathname !== page.url.pathname) return;
	// eslint-disable-next-line svelte/no-navigation-without-resolve -- the path is that of the page
	if (to !== location.search + location.hash) replaceState(location.pathname + to, {});
}
