import { fileURLToPath } from 'node:url';
import type { BrowserContextOptions } from '@playwright/test';
import { serve } from '../support/static-server.js';

export const CONTEXT = {
	baseURL: process.env.SITE_URL,
	reducedMotion: 'reduce',
	// Tests can't observe a service worker's requests, so only tests about service workers allow service workers.
	serviceWorkers: 'block',
	viewport: { width: 1280, height: 800 }
} satisfies BrowserContextOptions;

/**
 * Playwright's global setup. Serves the built site on a free port for the whole run. Test processes read the URL from
 * the environment (playwright.config.ts).
 */
export default async function site() {
	const server = await serve(fileURLToPath(new URL('../../build', import.meta.url)));
	process.env.SITE_URL = server.url;
	return server.close;
}
