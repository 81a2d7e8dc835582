import { fileURLToPath } from 'node:url';
import type { BrowserContextOptions } from '@playwright/test';
import { serve } from '../support/static-server.js';

/** What every context has. */
export const CONTEXT = {
	baseURL: process.env.SITE_URL,
	reducedMotion: 'reduce',
	// Requests of a service worker are not those that a test watches. Its own tests allow it.
	serviceWorkers: 'block',
	viewport: { width: 1280, height: 800 }
} satisfies BrowserContextOptions;

/**
 * Playwright's global setup. Serves the built site on a free port for the whole run. Test processes read the
 * address from the environment (playwright.config.ts).
 */
export default async function site() {
	const server = await serve(fileURLToPath(new URL('../../build', import.meta.url)));
	process.env.SITE_URL = server.url;
	return server.close;
}
