import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violations, type Violation } from './cruise';
import { importRules } from './import-rules';

const ROOT = resolve(import.meta.dirname, '../..');

describe('who may import whom', () => {
	let found: Violation[] = [];
	beforeAll(async () => {
		found = await violations(ROOT);
	}, 60_000);

	test.for(importRules)('$name', ({ name, comment }) => {
		const broken = found.filter(({ rule }) => rule === name).map(({ path }) => path);
		expect(broken, comment).toEqual([]);
	});
});

/** A tree in which every rule is broken once, and a few imports that are allowed. */
const FIXTURE: Record<string, string> = {
	'src/lib/engine/index.ts': `export * from './model/bpe'; export * from './text/utf8';`,
	'src/lib/engine/encoding.ts': `export interface Encoding { ids: Uint32Array } export const KIND = 1;`,
	'src/lib/engine/text/utf8.ts': `export const utf8 = 1;`,
	'src/lib/engine/normalize/nfc.ts': `import { utf8 } from '../text/utf8'; export const nfc = utf8;`,
	'src/lib/engine/model/bpe.ts': `
		import { nfc } from '../normalize/nfc';
		import { KIND, type Encoding } from '../encoding';
		export const bpe = (encoding: Encoding) => [nfc, KIND, encoding];`,
	'src/lib/engine/pipeline/encode.ts': `import { bpe } from '../index'; export const encode = bpe;`,
	'src/lib/engine/train/clock.ts': `import { hrtime } from 'node:process'; export const clock = hrtime;`,
	'src/lib/engine/train/report.ts': `import type { Entry } from '$lib/catalogue/entry'; export type Report = Entry;`,

	'src/lib/catalogue/entry.ts': `
		import { bpe } from '$lib/engine';
		import { client } from '$lib/workers/client';
		export interface Entry { id: string } export const entry = [bpe, client];`,
	'src/lib/runtimes/lab.ts': `
		import type { Entry } from '$lib/catalogue/entry';
		import { drift } from '../analysis/drift';
		export const lab = (entry: Entry) => [entry, drift];`,
	'src/lib/analysis/drift.ts': `
		import { words } from '$lib/content/words';
		import { Tiktoken } from 'js-tiktoken/lite';
		export const drift = [words, Tiktoken];`,
	'src/lib/workers/client.ts': `import { spec } from './client.test'; export const client = spec;`,
	'src/lib/workers/client.test.ts': `export const spec = 1;`,
	'src/lib/workers/client-pool.ts': `import { Lab } from '$lib/state/lab.svelte'; export const pool = Lab;`,
	'src/lib/content/words.ts': `import { nowhere } from './nowhere'; import { utf8 } from '$lib/engine/text/utf8'; export const words = [nowhere, utf8];`,
	'src/lib/state/lab.svelte.ts': `
		import { client } from '$lib/workers/client';
		import { pool } from '$lib/workers/client-pool';
		import { utf8 } from '$lib/engine/text/utf8';
		import { words } from '$lib/content/words';
		export class Lab { client = [client, pool, utf8, words]; }`,
	'src/lib/ui/Card.svelte': `
		<script lang="ts">
			import type { Encoding } from '$lib/engine/encoding';
			import { Lab } from '$lib/state/lab.svelte';
			import Part from './Part.svelte';
			let { encoding }: { encoding: Encoding } = $props();
		</script>
		<Part lab={new Lab()} {encoding} />`,
	'src/lib/ui/Part.svelte': `<script lang="ts">let { lab, encoding } = $props();</script>{lab}{encoding}`,
	'src/routes/+page.svelte': `
		<script lang="ts">
			import { goto } from '$app/navigation';
			import Card from '$lib/ui/Card.svelte';
			import { entry } from '$lib/catalogue/entry';
			import { packed } from '../tools/pack';
		</script>
		<Card {entry} {packed} {goto} />`,
	'src/routes/train/shared.ts': `export const shared = 1;`,
	'src/routes/drift/+page.ts': `import { shared } from '../train/shared'; export const load = () => shared;`,
	'src/tools/pack.ts': `import { main } from '../cli/main'; export const packed = main;`,
	'src/cli/main.ts': `import { packed } from '../tools/pack'; import { client } from '$lib/workers/client'; export const main = [packed, client];`
};

/** `rule: from → to`, every violation that the fixture must show, and no other. */
const EXPECTED = [
	'a route never imports another route: src/routes/drift/+page.ts → src/routes/train/shared.ts',
	'a stage knows no other stage: src/lib/engine/model/bpe.ts → src/lib/engine/normalize/nfc.ts',
	'cli imports only its own row: src/cli/main.ts → src/lib/workers/client.ts',
	'every import resolves: src/lib/content/words.ts → ./nowhere',
	'lib/analysis imports only its own row: src/lib/analysis/drift.ts → src/lib/content/words.ts',
	'lib/catalogue imports only its own row: src/lib/catalogue/entry.ts → src/lib/workers/client.ts',
	'lib/content imports only its own row: src/lib/content/words.ts → src/lib/engine/text/utf8.ts',
	'lib/runtimes imports only its own row: src/lib/runtimes/lab.ts → src/lib/analysis/drift.ts',
	'lib/state imports only its own row: src/lib/state/lab.svelte.ts → src/lib/workers/client-pool.ts',
	'lib/ui imports only its own row: src/lib/ui/Card.svelte → src/lib/state/lab.svelte.ts',
	'lib/workers imports only its own row: src/lib/workers/client-pool.ts → src/lib/state/lab.svelte.ts',
	'no cycles: src/cli/main.ts → src/tools/pack.ts → src/cli/main.ts',
	'no cycles: src/lib/state/lab.svelte.ts → src/lib/workers/client-pool.ts → src/lib/state/lab.svelte.ts',
	'nothing but a test imports a test: src/lib/workers/client.ts → src/lib/workers/client.test.ts',
	'only runtimes run the tokenizer libraries: src/lib/analysis/drift.ts → node_modules/js-tiktoken/dist/lite.js',
	'routes imports only its own row: src/routes/+page.svelte → src/lib/catalogue/entry.ts',
	'routes imports only its own row: src/routes/+page.svelte → src/tools/pack.ts',
	'the app never imports a build tool: src/routes/+page.svelte → src/tools/pack.ts',
	'the engine is not entered from within: src/lib/engine/pipeline/encode.ts → src/lib/engine/index.ts',
	'the engine stands alone: src/lib/engine/train/clock.ts → process',
	'the engine stands alone: src/lib/engine/train/report.ts → src/lib/catalogue/entry.ts',
	'tools imports only its own row: src/tools/pack.ts → src/cli/main.ts'
];

describe('the rules can fail', () => {
	let root = '';
	beforeAll(async () => {
		root = await mkdtemp(join(tmpdir(), 'bpe-lab-imports-'));
		for (const [path, content] of Object.entries(FIXTURE)) {
			await mkdir(dirname(join(root, path)), { recursive: true });
			await writeFile(join(root, path), content);
		}
		await symlink(join(ROOT, 'node_modules'), join(root, 'node_modules'), 'dir');
	});
	afterAll(() => rm(root, { recursive: true }));

	test('finds each forbidden import, also of $lib in a component, and lets types pass', async () => {
		const found = await violations(root);
		const lines = found.map(({ rule, path }) =>
			`${rule}: ${path}`.replace(/→ .*node_modules/, '→ node_modules')
		);
		expect(lines.sort()).toEqual(EXPECTED);
	}, 60_000);
});
