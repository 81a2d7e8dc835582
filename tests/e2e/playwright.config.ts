import { defineConfig, type ReporterDescription } from '@playwright/test';
import { resolve } from 'node:path';
import { findChromium } from '../support/chromium.js';
import { IS_FULL } from '../support/size';
import { CONTEXT } from './site';

const { TEST_RESULTS } = process.env;

const reporters: ReporterDescription[] = [['list']];
// `.ci/run` counts the tests in this file.
if (TEST_RESULTS) {
	reporters.push(['json', { outputFile: resolve(TEST_RESULTS, 'playwright.json') }]);
}

const OWN_SERVER = /(offline|kept-files|hub)\.spec\.ts/;
const LONG = IS_FULL ? [] : ['*.long.spec.ts'];

const browser = await findChromium();

export default defineConfig({
	testDir: '.',
	outputDir: '../../test-results/e2e',
	globalSetup: './site.ts',
	reporter: reporters,
	// Don't repeat a failed test: if it passed on the second attempt, that would hide a race.
	retries: 0,
	// A third worker keeps both cores busy while one test waits.
	workers: 3,
	fullyParallel: true,
	forbidOnly: Boolean(process.env.CI),
	// These time limits are long, because a busy machine is slow. They only catch results that never arrive; speed is
	// measured by the bench.
	timeout: 300_000,
	expect: { timeout: 90_000 },
	projects: [
		// This project runs first, because one of its long tests would otherwise run alone at the end.
		{ name: 'own server', testMatch: OWN_SERVER },
		{ name: 'chromium', testIgnore: [OWN_SERVER, ...LONG] }
	],
	use: {
		browserName: 'chromium',
		...CONTEXT,
		headless: true,
		// An action on an element that never appears fails long before the test does, and names that element.
		actionTimeout: 120_000,
		launchOptions: { ...browser, args: [...browser.args, '--process-per-site'] },
		contextOptions: { reducedMotion: CONTEXT.reducedMotion },
		trace: 'off',
		screenshot: 'only-on-failure',
		video: 'off'
	}
});
