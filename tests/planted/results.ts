import { relative } from 'node:path';

/** The part of Vitest's results that names failures. */
export interface VitestResults {
	readonly testResults: readonly {
		readonly name: string;
		readonly status: string;
		readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
	}[];
}

/** The same of Playwright's, as a suite of suites. */
export interface PlaywrightSuite {
	readonly suites?: readonly PlaywrightSuite[];
	readonly specs?: readonly {
		readonly file: string;
		readonly title: string;
		readonly tests: readonly { readonly results: readonly { readonly status: string }[] }[];
	}[];
}

/** The first test that failed, as `file: name`; `null` if none did. */
export function failedUnitTest({ testResults }: VitestResults, root: string): string | null {
	for (const { name, status, assertionResults } of testResults) {
		const failed = assertionResults.find((test) => test.status === 'failed');
		if (failed) return `${relative(root, name)}: ${failed.fullName}`;
		if (status === 'failed') return `${relative(root, name)}: it does not load`;
	}
	return null;
}

/** The same of Playwright. Tests that it interrupts after a failure haven't failed. */
export function failedSpec({ suites = [], specs = [] }: PlaywrightSuite): string | null {
	const failed = specs.find(({ tests }) =>
		tests.some(({ results }) => results.some(({ status }) => /^failed|^timedOut/.test(status)))
	);
	if (failed) return `tests/e2e/${failed.file}: ${failed.title}`;
	return suites.reduce<string | null>((found, suite) => found ?? failedSpec(suite), null);
}
