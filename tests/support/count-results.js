/**
 * Prints `N passed, N failed`: the sum over the result files that Vitest and Playwright wrote into
 * the folder given as argument. Prints nothing when there is none, as nothing was run then.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {{ passed: number, failed: number }} Count
 *
 * @typedef {object} VitestResults
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {{ status: string, assertionResults: { status: string }[] }[]} testResults
 *
 * @typedef {object} PlaywrightResults
 * @property {{ expected: number, unexpected: number, flaky: number }} stats
 * @property {unknown[]} errors outside of any test, such as a spec that does not load
 */

/** @type {Count[]} */
const counts = [];

const folder = process.argv[2];
if (!folder) throw new Error('usage: node tests/support/count-results.js FOLDER');

/** @param {string} name */
const read = (name) => {
	const path = join(folder, name);
	return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
};

const vitest = /** @type {VitestResults | undefined} */ (read('vitest.json'));
if (vitest) {
	const { numPassedTests, numFailedTests, testResults } = vitest;
	// A file that does not load fails without a failed test in it.
	const broken = testResults.filter(
		({ status, assertionResults }) =>
			status === 'failed' && !assertionResults.some((test) => test.status === 'failed')
	);
	counts.push({ passed: numPassedTests, failed: numFailedTests + broken.length });
}

const playwright = /** @type {PlaywrightResults | undefined} */ (read('playwright.json'));
if (playwright) {
	const { stats, errors } = playwright;
	const failed = stats.unexpected + stats.flaky + errors.length;
	counts.push({ passed: stats.expected, failed });
}

if (counts.length > 0) {
	const passed = counts.reduce((sum, count) => sum + count.passed, 0);
	const failed = counts.reduce((sum, count) => sum + count.failed, 0);
	console.log(`${passed} passed, ${failed} failed`);
}
