import type { TestProjectConfiguration, TestUserConfig } from 'vitest/config';
import { IS_FULL } from './size.ts';

/**
 * Vitest's projects, imported by vite.config.ts. `extends: true` gives each the plugins and aliases
 * of that file. No DOM is imitated: what needs one is named `x.svelte.test.ts` and runs in a real
 * browser, everything else runs in Node.
 */
export const projects: TestProjectConfiguration[] = [
	{
		extends: true,
		test: {
			name: 'unit',
			environment: 'node',
			setupFiles: ['tests/support/fixed-seed.ts'],
			// Differential tests run tens of thousands of strings in one test, and a busy machine takes many times as long.
			testTimeout: 600_000,
			hookTimeout: 600_000,
			// On a machine with two cores, Vitest would use one of them.
			maxWorkers: '100%',
			sequence: { groupOrder: 1 },
			include: [
				'src/**/*.test.ts',
				'tests/{oracle,architecture,bench,support,cli,package,differential}/**/*.test.ts'
			],
			exclude: ['src/**/*.svelte.test.ts', ...(IS_FULL ? [] : ['**/*.long.test.ts'])]
		}
	},
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
 * `TEST_RESULTS` names a folder for machine-readable results beside the usual output: `.ci/run`
 * counts from them.
 */
export const reporters: TestUserConfig['reporters'] = process.env.TEST_RESULTS
	? ['default', ['json', { outputFile: `${process.env.TEST_RESULTS}/vitest.json` }]]
	: ['default'];
