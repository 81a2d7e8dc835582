import type { Handle } from '@sveltejs/kit';
import early from '$lib/app/early.js?raw';

/** The fonts of the words and of the tokens, in Latin letters. */
const FIRST_FONTS = /-latin-wght-normal\.[^/]*woff2$/;

/**
 * Writes early.js into the page, so that the first paint waits for no other file. A font that is not there by then is
 * left for the next visit, because swapping it in would move the page.
 */
export const handle: Handle = ({ event, resolve }) =>
	resolve(event, {
		transformPageChunk: ({ html }) =>
			html.replace('%early%', () => early).replaceAll('font-display:swap', 'font-display:optional'),
		preload: ({ type, path }) => type === 'js' || type === 'css' || FIRST_FONTS.test(path)
	});
