import { fileURLToPath } from 'node:url';
import { serve } from '../support/static-server.js';

/**
 * Playwright's global setup. Serves the built site on a free port for the whole run. Test processes read the
 * address from the environment (playwright.config.ts).
 */
export default async function site() {
	const server = await serve(fileURLToPath(new URL('../../build', import.meta.url)));
	process.env.SITE_URL = server.url;
	return server.close;
}
