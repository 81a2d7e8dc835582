import type { TestProjectConfiguration, TestUserConfig } from 'vitest/config';
import type { TestSpecification } from 'vitest/node';
import { IS_FULL } from './size.ts';

/** Tests without a page. */
const inNode = (
	name: string,
	test: { readonly isolate?: boolean; readonly include: string[] }
): TestProjectConfiguration => ({
	extends: true,
	test: {
		name,
		environment: 'node',
		setupFiles: ['tests/support/set-up.ts'],
		// Differential tests run tens of thousands of strings in one test, and a busy machine takes many times as long.
		testTimeout: 600_000,
		hookTimeout: 600_000,
		// On a machine with two cores, Vitest would use one of them.
		maxWorkers: '100%',
		sequence: { groupOrder: 1 },
		exclude: ['src/**/*.svelte.test.ts', ...(IS_FULL ? [] : ['**/*.long.test.ts'])],
		...test
	}
});

/**
 * Vitest's projects, imported by vite.config.ts. `extends: true` gives each the plugins and aliases
 * of that file. No DOM is imitated: what needs one is named `x.svelte.test.ts` and runs in a real
 * browser, everything else runs in Node.
 */
export const projects: TestProjectConfiguration[] = [
	inNode('unit', {
		// Starting a worker and importing its modules would take longer than the tests of most files.
		isolate: false,
		include: [
			'src/**/*.test.ts',
			'tests/{oracle,architecture,bench,support,differential}/**/*.test.ts'
		]
	}),
	// What starts other programs takes longer in a large process.
	inNode('commands', { include: ['tests/{cli,package}/**/*.test.ts'] }),
	// A function, because only a test run needs the browser: `vite build` reads this file as well.
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

/** Runs first what takes longest, so that no process has it left at the end. `vite build` reads this file without Vitest. */
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
 * `TEST_RESULTS` names a folder for machine-readable results beside the usual output: `.ci/run`
 * counts from them.
 */
export const reporters: TestUserConfig['reporters'] = process.env.TEST_RESULTS
	? ['default', ['json', { outputFile: `${process.env.TEST_RESULTS}/vitest.json` }]]
	: ['default'];
