import type { Handle } from '@sveltejs/kit';
import early from '$lib/app/early.js?raw';
import { withoutComments } from './tools/app-files.js';

/** The fonts of the words and of the tokens, in Latin letters. */
const FIRST_FONTS = /-latin-wght-normal\.[^/]*woff2$/;

/** Links that ask for the scripts of a page while it is still being read. */
const SCRIPT_PRELOADS = /(?:\s*<link href="[^"]*" rel="modulepreload">)+/;

/**
 * Writes early.js into the page, so that the first paint waits for no other file. A font that is not there by then is
 * left for the next visit, because swapping it in would move the page.
 * The preloads of scripts wait in a template for early.js.
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
