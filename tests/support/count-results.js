/**
 * Prints `N passed, N failed`, summed over the result files that Vitest and Playwright wrote to the folder given as the
 * argument. Prints nothing if the folder has no result files.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2];
if (!folder) throw new Error('usage: node tests/support/count-results.js FOLDER');

/** @param {string} name */
const read = (name) => {
	const path = join(folder, name);
	return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
};

const [vitest, playwright] = [read('vitest.json'), read('playwright.json')];
let [passed, failed] = [0, 0];
if (vitest) {
	/** @type {{ status: string, assertionResults: { status: string }[] }[]} */
	const files = vitest.testResults;
	// Files that failed to load contain no failed tests, so count the files themselves.
	const broken = files.filter(
		({ status, assertionResults }) =>
			status === 'failed' && !assertionResults.some((test) => test.status === 'failed')
	);
	passed += vitest.numPassedTests;
	failed += vitest.numFailedTests + broken.length;
}
if (playwright) {
	// `errors` contains errors outside any test, for example if a spec failed to load.
	const { stats, errors } = playwright;
	passed += stats.expected;
	failed += stats.unexpected + stats.flaky + errors.length;
}
if (vitest || playwright) console.log(`${passed} passed, ${failed} failed`);
