import type { Handle } from '@sveltejs/kit';
import early from '$lib/app/early.js?raw';

/** Writes early.js into the page, so that the first paint waits for no other file. */
export const handle: Handle = ({ event, resolve }) =>
	resolve(event, { transformPageChunk: ({ html }) => html.replace('%early%', () => early) });
