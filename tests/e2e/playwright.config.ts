import { defineConfig, type ReporterDescription } from '@playwright/test';
import { resolve } from 'node:path';
import { findChromium } from '../support/chromium.js';
import { IS_FULL } from '../support/size';
import { CONTEXT } from './site';

const { TEST_RESULTS } = process.env;

const reporters: ReporterDescription[] = [['list']];
// Machine-readable results beside the list; `.ci/run` counts from them.
if (TEST_RESULTS) {
	reporters.push(['json', { outputFile: resolve(TEST_RESULTS, 'playwright.json') }]);
}

/** Specs with a server of their own. */
const OWN_SERVER = /(offline|kept-files|hub)\.spec\.ts/;
const LONG = IS_FULL ? [] : ['*.long.spec.ts'];

const browser = await findChromium();

export default defineConfig({
	testDir: '.',
	outputDir: '../../test-results/e2e',
	globalSetup: './site.ts',
	reporter: reporters,
	// Nothing is tried twice: a test that passes at the second go hides a race.
	retries: 0,
	// While a test waits for an answer, others use both cores.
	workers: 3,
	fullyParallel: true,
	forbidOnly: Boolean(process.env.CI),
	// Limits for what never comes. How fast it comes is the bench's matter, and a busy machine is slow.
	timeout: 300_000,
	expect: { timeout: 90_000 },
	projects: [
		// First, because their tests are the longest: one at the end would run alone.
		{ name: 'own server', testMatch: OWN_SERVER },
		{ name: 'chromium', testIgnore: [OWN_SERVER, ...LONG] }
	],
	use: {
		browserName: 'chromium',
		...CONTEXT,
		headless: true,
		// Says which element never came, long before the test's own limit.
		actionTimeout: 120_000,
		launchOptions: { ...browser, args: [...browser.args, '--process-per-site'] },
		contextOptions: { reducedMotion: CONTEXT.reducedMotion },
		trace: 'off',
		screenshot: 'only-on-failure',
		video: 'off'
	}
});
