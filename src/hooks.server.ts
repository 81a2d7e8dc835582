import type { Handle } from '@sveltejs/kit';
import early from '$lib/app/early.js?raw';
import { withoutComments } from './tools/app-files.js';

/** Latin subsets of the fonts for the interface and for tokens. */
const FIRST_FONTS = /-latin-wght-normal\.[^/]*woff2$/;

/** Script preloads in the head, which compete with the page for the connection. */
const SCRIPT_PRELOADS = /(?:\s*<link href="[^"]*" rel="modulepreload">)+/;

/**
 * Inlines early.js, so that the first paint needs no other file. A font that isn't ready at the first paint isn't used
 * until the next visit, because swapping it in would shift the layout.
 *
 * Script preloads are moved into a template. early.js inserts them later.
 */
export const handle: Handle = ({ event, resolve }) =>
	resolve(event, {
		transformPageChunk: ({ html }) =>
			html
				.replace('%early%', () => withoutComments(early))
				.replaceAll('font-display:swap', 'font-display:optional')
				.replace(SCRIPT_PRELOADS, (links) => `<template id="scripts">${links}\n\t\t</template>`),
		preload: ({ type, path }) => type === 'js' || type === 'css' || FIRST_FONTS.test(path)
	});
