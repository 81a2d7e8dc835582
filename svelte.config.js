import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { withAppFiles, withoutComments } from './src/tools/app-files.js';

const read = (path) => readFileSync(new URL(path, import.meta.url), 'utf8');

/** The inline script that src/hooks.server.ts writes into every page, including surrounding white space. */
const early = /<script>([^]*?)<\/script>/
	.exec(read('src/app.html'))[1]
	.replace('%early%', () => withoutComments(read('src/lib/app/early.js')));

/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: vitePreprocess(),
	kit: {
		adapter: withAppFiles(adapter({ strict: true })),
		// lib/app/offline registers the service worker once the page is idle.
		serviceWorker: { register: false },
		// With relative paths, one build runs under any sub-path of any static host.
		paths: { relative: true },
		// With inlined styles, the first paint waits only for the page, not for a dozen small files.
		inlineStyleThreshold: 100_000,
		csp: {
			mode: 'hash',
			directives: {
				'default-src': ['none'],
				// In development, the policy is sent as a header, so it also covers scripts that would come before a meta tag.
				// The engine's core is WebAssembly.
				'script-src': [
					'self',
					'wasm-unsafe-eval',
					`sha256-${createHash('sha256').update(early).digest('base64')}`
				],
				// Workers are `blob:` modules that import a file from this build, so they inherit this policy.
				'worker-src': ['self', 'blob:'],
				// The Hugging Face Hub, and the hosts to which it redirects downloads.
				'connect-src': [
					'self',
					'https://huggingface.co',
					'https://*.huggingface.co',
					'https://*.hf.co'
				],
				'img-src': ['self', 'data:', 'blob:'],
				'style-src': ['self', 'unsafe-inline'],
				'font-src': ['self'],
				'manifest-src': ['self'],
				'base-uri': ['none'],
				'form-action': ['none']
			}
		}
	}
};
