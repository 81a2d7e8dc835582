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
	});

	test.for(importRules)('$name', ({ name, comment }) => {
		const broken = found.filter(({ rule }) => rule === name).map(({ path }) => path);
		expect(broken, comment).toEqual([]);
	});
});

/** A tree that breaks every rule once, with a few allowed imports. */
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
	'src/lib/engine/train/report.ts': `import type { Entry } from '$lib/tokenizers/entry'; export type Report = Entry;`,

	'src/lib/tokenizers/entry.ts': `
		import { bpe } from '$lib/engine';
		import { client } from '$lib/workers/client';
		import { Tiktoken } from 'js-tiktoken/lite';
		export interface Entry { id: string } export const entry = [bpe, client, Tiktoken];`,
	'src/lib/drift/judge.ts': `
		import { entry } from '$lib/tokenizers/entry';
		import type { Premium } from '../languages/premium';
		export const judge = (premium: Premium) => [entry, premium];`,
	'src/lib/languages/premium.ts': `
		import { Tiktoken } from 'js-tiktoken/lite';
		import { judge } from '../drift/judge';
		export type Premium = number; export const premium = [Tiktoken, judge];`,
	'src/lib/workers/client.ts': `import { spec } from './client.test'; export const client = spec;`,
	'src/lib/workers/client.test.ts': `export const spec = 1;`,
	'src/lib/workers/client-pool.ts': `import { Lab } from '$lib/session/lab.svelte'; export const pool = Lab;`,
	'src/lib/session/examples.ts': `import { nowhere } from './nowhere'; export const examples = nowhere;`,
	'src/lib/session/lab.svelte.ts': `
		import { pool } from '$lib/workers/client-pool';
		import { premium } from '$lib/languages/premium';
		import { parts } from '../ui/parts';
		export class Lab { client = [pool, premium, parts]; }`,
	'src/lib/ui/parts.ts': `import { client } from '../workers/client'; export const parts = client;`,
	'src/lib/ui/Card.svelte': `
		<script lang="ts">
			import type { Encoding } from '$lib/engine/encoding';
			import { examples } from '$lib/session/examples';
			import { bpe } from '$lib/engine/model/bpe';
			import { Lab } from '$lib/session/lab.svelte';
			import Part from './Part.svelte';
			let { encoding }: { encoding: Encoding } = $props();
		</script>
		<Part lab={new Lab()} {encoding} {examples} {bpe} />`,
	'src/lib/ui/Part.svelte': `<script lang="ts">let { lab, encoding } = $props();</script>{lab}{encoding}`,
	'src/lib/features/train/rules.ts': `
		import { Lab } from '$lib/session/lab.svelte';
		import { client } from '$lib/workers/client';
		import { card } from '../compare/card';
		export const rules = [Lab, client, card];`,
	'src/lib/features/compare/card.ts': `import { createLab } from '../../app/create-lab'; export const card = createLab;`,
	'src/lib/features/strawberry/word.ts': `import type { Rules } from '../train/rules'; export type Word = Rules;`,
	'src/lib/features/inflation/chart.ts': `import { card } from '../compare/card'; export const chart = card;`,
	'src/lib/features/vocabulary/list.ts': `import { rules } from '../train/rules'; export const list = rules;`,
	'src/lib/features/drift/gallery.ts': `import { chart } from '../inflation/chart'; export const gallery = chart;`,
	'src/lib/app/create-lab.ts': `
		import { rules } from '../features/train/rules';
		import { main } from '../../cli/main';
		export const createLab = [rules, main];`,
	'src/routes/+page.svelte': `
		<script lang="ts">
			import { goto } from '$app/navigation';
			import Card from '$lib/ui/Card.svelte';
			import { entry } from '$lib/tokenizers/entry';
			import { packed } from '../tools/pack';
		</script>
		<Card {entry} {packed} {goto} />`,
	'src/routes/+page.server.ts': `import { packed } from '../tools/pack'; export const load = () => packed;`,
	'src/routes/train/shared.ts': `export const shared = 1;`,
	'src/routes/drift/+page.ts': `import { shared } from '../train/shared'; export const load = () => shared;`,
	'src/package/build.ts': `import { packed } from '../tools/pack'; export const build = packed;`,
	'src/tools/pack.ts': `import { main } from '../cli/main'; export const packed = main;`,
	'src/cli/main.ts': `import { packed } from '../tools/pack'; export const main = packed;`
};

/** Every violation in the fixture, as `rule: from → to`. */
const EXPECTED = [
	'a route never imports another route: src/routes/drift/+page.ts → src/routes/train/shared.ts',
	'a stage knows no other stage: src/lib/engine/model/bpe.ts → src/lib/engine/normalize/nfc.ts',
	'cli imports only its own row: src/cli/main.ts → src/tools/pack.ts',
	'every import resolves: src/lib/session/examples.ts → ./nowhere',
	'lib/app imports only its own row: src/lib/app/create-lab.ts → src/cli/main.ts',
	'lib/drift imports only its own row: src/lib/drift/judge.ts → src/lib/languages/premium.ts',
	'lib/engine imports only its own row: src/lib/engine/train/report.ts → src/lib/tokenizers/entry.ts',
	'lib/features/compare imports only its own row: src/lib/features/compare/card.ts → src/lib/app/create-lab.ts',
	'lib/features/drift imports only its own row: src/lib/features/drift/gallery.ts → src/lib/features/inflation/chart.ts',
	'lib/features/inflation imports only its own row: src/lib/features/inflation/chart.ts → src/lib/features/compare/card.ts',
	'lib/features/strawberry imports only its own row: src/lib/features/strawberry/word.ts → src/lib/features/train/rules.ts',
	'lib/features/train imports only its own row: src/lib/features/train/rules.ts → src/lib/features/compare/card.ts',
	'lib/features/vocabulary imports only its own row: src/lib/features/vocabulary/list.ts → src/lib/features/train/rules.ts',
	'lib/languages imports only its own row: src/lib/languages/premium.ts → src/lib/drift/judge.ts',
	'lib/session imports only its own row: src/lib/session/lab.svelte.ts → src/lib/ui/parts.ts',
	'lib/tokenizers imports only its own row: src/lib/tokenizers/entry.ts → src/lib/workers/client.ts',
	'lib/ui imports only its own row: src/lib/ui/parts.ts → src/lib/workers/client.ts',
	'lib/workers imports only its own row: src/lib/workers/client-pool.ts → src/lib/session/lab.svelte.ts',
	'no cycles: src/cli/main.ts → src/tools/pack.ts → src/cli/main.ts',
	'no cycles: src/lib/app/create-lab.ts → src/lib/features/train/rules.ts → src/lib/features/compare/card.ts → src/lib/app/create-lab.ts',
	'no cycles: src/lib/session/lab.svelte.ts → src/lib/workers/client-pool.ts → src/lib/session/lab.svelte.ts',
	'nothing but a test imports a test: src/lib/workers/client.ts → src/lib/workers/client.test.ts',
	'only prerendering imports a build tool: src/routes/+page.svelte → src/tools/pack.ts',
	'only tokenizers run the tokenizer libraries: src/lib/languages/premium.ts → node_modules/js-tiktoken/dist/lite.js',
	'outside code enters the engine through its entry points: src/lib/ui/Card.svelte → src/lib/engine/model/bpe.ts',
	'package imports only its own row: src/package/build.ts → src/tools/pack.ts',
	'routes imports only its own row: src/routes/+page.svelte → src/lib/tokenizers/entry.ts',
	'routes imports only its own row: src/routes/+page.svelte → src/tools/pack.ts',
	'the engine is not entered from within: src/lib/engine/pipeline/encode.ts → src/lib/engine/index.ts',
	'the engine stands alone: src/lib/engine/train/clock.ts → process',
	'the engine stands alone: src/lib/engine/train/report.ts → src/lib/tokenizers/entry.ts',
	'tools imports only its own row: src/tools/pack.ts → src/cli/main.ts',
	'ui imports no reactive state: src/lib/ui/Card.svelte → src/lib/session/lab.svelte.ts'
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
		const unbroken = importRules.filter(({ name }) => !found.some(({ rule }) => rule === name));
		expect(unbroken).toEqual([]);
	});
});
