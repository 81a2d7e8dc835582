/// <reference types="vitest/config" />
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig, runnerImport, type Plugin } from 'vite';
import { bundledPackages, describeAll } from './src/package/licences.js';
import { projects, reporters, sequence } from './tests/support/vitest-projects.ts';
import type * as Generate from './src/tools/generate';

const root = fileURLToPath(new URL('.', import.meta.url)).slice(0, -1);

/** Packs vocabularies and texts of npm packages before anything reads them. */
const generated = (): Plugin => ({
	name: 'bpe-lab:generated',
	async config() {
		const { module } = await runnerImport<typeof Generate>('./src/tools/generate.ts');
		module.generate();
	}
});

/** Prints the addresses of `npm start` without colours, which Vite also writes in CI. */
const plainAddresses = (): Plugin => ({
	name: 'bpe-lab:plain-addresses',
	configurePreviewServer(server) {
		server.printUrls = () => {
			const { local = [], network = [] } = server.resolvedUrls ?? {};
			for (const url of [...local, ...network]) process.stdout.write(`${url}\n`);
		};
	}
});

// transformers.js's tokenizers reach for the ONNX runtime, which nothing here runs.
const onnxStub = fileURLToPath(
	new URL('./src/lib/tokenizers/runtimes/onnx-stub.ts', import.meta.url)
);

/** Writes what pages and workers both read once, and not also for the workers apart. */
const sharedAssets = (): Plugin => ({
	name: 'bpe-lab:shared-assets',
	config: {
		order: 'post',
		handler: ({ build }) => {
			const output = build?.rolldownOptions?.output;
			if (!output || Array.isArray(output)) return;
			const { assetFileNames } = output;
			return { worker: { rolldownOptions: { output: { assetFileNames } } } };
		}
	}
});

/** Modules with code in the site's scripts, those of its workers included. */
const bundled = new Set<string>();

/** Remembers the modules of each script. */
const scripts = (): Plugin => ({
	name: 'bpe-lab:scripts',
	generateBundle(_, files) {
		for (const file of Object.values(files))
			if (file.type === 'chunk') for (const id of file.moduleIds) bundled.add(id);
	}
});

/** Packages whose files are in the site without a module. */
const FONTS = ['inter', 'jetbrains-mono'].map(
	(name) => `${root}/node_modules/@fontsource-variable/${name}/files`
);

/** Writes NOTICE and the licences of the packages in the site's scripts, workers and fonts beside those of the vocabularies. */
const licences = (): Plugin => ({
	...scripts(),
	name: 'bpe-lab:licences',
	applyToEnvironment: ({ name }) => name === 'client',
	writeBundle({ dir = '' }) {
		const folder = join(dir, 'licences');
		mkdirSync(folder, { recursive: true });
		const packages = bundledPackages([...bundled, ...FONTS]);
		writeFileSync(join(folder, 'packages.txt'), describeAll(root, packages));
		copyFileSync(join(root, 'NOTICE'), join(folder, 'notice.txt'));
	}
});

export default defineConfig({
	plugins: [generated(), plainAddresses(), sveltekit(), sharedAssets(), licences()],
	// Without it Vite inlines every dynamic import into one worker file.
	worker: { format: 'es', plugins: () => [scripts()] },
	// A data address would need a hole in the content security policy.
	build: {
		assetsInlineLimit: 0,
		// One file for what nearly all pages share: many small files compress worse and load slower. A feature that loads parts
		// of itself later shares modules with them alone. Tables come with the parts that have one, and what draws pictures with
		// the first picture.
		rolldownOptions: {
			output: {
				codeSplitting: {
					groups: [
						{
							name: 'shared',
							minShareCount: 6,
							test: (id) => !/\/lib\/(drift\/|features\/|ui\/table\/|session\/picture\.)/.test(id)
						}
					]
				}
			}
		}
	},
	resolve: {
		alias: {
			'onnxruntime-web': onnxStub,
			'onnxruntime-node': onnxStub
		}
	},
	test: { projects, reporters, sequence },
	optimizeDeps: { include: ['js-tiktoken/lite', '@xenova/transformers/src/tokenizers.js'] }
});
