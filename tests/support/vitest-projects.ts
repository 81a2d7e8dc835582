import type { TestProjectConfiguration, TestUserConfig } from 'vitest/config';
import type { TestSpecification } from 'vitest/node';
import { IS_FULL } from './size.ts';

/** A project for tests that run in Node. */
const inNode = (
	name: string,
	test: { readonly isolate?: boolean; readonly include: string[] }
): TestProjectConfiguration => ({
	extends: true,
	test: {
		name,
		environment: 'node',
		setupFiles: ['tests/support/set-up.ts'],
		// Differential tests run tens of thousands of strings in a single test, and a busy machine takes many times as long.
		testTimeout: 600_000,
		hookTimeout: 600_000,
		// By default, Vitest would use only one core on a machine with two.
		maxWorkers: '100%',
		sequence: { groupOrder: 1 },
		exclude: ['src/**/*.svelte.test.ts', ...(IS_FULL ? [] : ['**/*.long.test.ts'])],
		...test
	}
});

/**
 * Vitest's projects, imported by vite.config.ts. `extends: true` gives each project the plugins and aliases from that
 * file. There is no simulated DOM: tests that need a DOM are named `x.svelte.test.ts` and run in a real browser; all
 * others run in Node.
 */
export const projects: TestProjectConfiguration[] = [
	inNode('unit', {
		// Without isolation, files share a worker. For most files, starting a worker and importing modules takes longer than
		// running the tests.
		isolate: false,
		include: [
			'src/**/*.test.ts',
			'tests/{oracle,architecture,bench,support,differential}/**/*.test.ts'
		]
	}),
	// Starting a program takes longer in a large process, so these tests, which start many programs, run apart from the
	// unit tests.
	inNode('commands', { include: ['tests/{cli,package}/**/*.test.ts'] }),
	// This project is a function, because `vite build` also reads this file, and only test runs need the browser.
	async () => {
		const [{ playwright }, { findChromium }] = await Promise.all([
			import('@vitest/browser-playwright'),
			import('./chromium.js')
		]);
		return {
			extends: true,
			test: {
				name: 'component',
				setupFiles: ['src/lib/ui/primitives.css'],
				maxWorkers: '100%',
				sequence: { groupOrder: 1 },
				include: ['src/**/*.svelte.test.ts'],
				browser: {
					enabled: true,
					headless: true,
					screenshotFailures: false,
					provider: playwright({
						launchOptions: await findChromium(),
						contextOptions: { reducedMotion: 'reduce' }
					}),
					instances: [{ browser: 'chromium' }]
				}
			}
		};
	}
];

/**
 * Creates a sequencer that runs the slowest files first, so that no slow file is left for the end. Imports Vitest only
 * when called, because `vite build` also reads this file.
 */
async function slowFirst() {
	const { BaseSequencer } = await import('vitest/node');
	const isSlow = ({ moduleId }: TestSpecification) => moduleId.includes('/tests/');
	return class extends BaseSequencer {
		override async sort(files: TestSpecification[]) {
			const sorted = await super.sort(files);
			return [...sorted.filter(isSlow), ...sorted.filter((file) => !isSlow(file))];
		}
	};
}

export const sequence: TestUserConfig['sequence'] = process.env.VITEST
	? { sequencer: await slowFirst() }
	: {};

/**
 * If `TEST_RESULTS` names a folder, Vitest also writes its results there as JSON. `.ci/run` counts the passed and
 * failed tests in that file.
 */
export const reporters: TestUserConfig['reporters'] = process.env.TEST_RESULTS
	? ['default', ['json', { outputFile: `${process.env.TEST_RESULTS}/vitest.json` }]]
	: ['default'];
