/** Enforces the table "Who may import whom" of src/ARCHITECTURE.md with dependency-cruiser. */
import { cruise } from 'dependency-cruiser';
import { join, resolve } from 'node:path';
import { beforeAll, expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');

const LIBRARIES = ['lib/engine', 'lib/tokenizers', 'lib/drift', 'lib/languages'] as const;
const FEATURES = ['compare', 'train', 'strawberry', 'inflation', 'drift', 'vocabulary'] as const;

/** Each part of the tree with the other parts that it may import. */
const TABLE: Readonly<Record<string, readonly string[]>> = {
	'lib/tokenizers': ['lib/engine'],
	'lib/drift': ['lib/engine', 'lib/tokenizers'],
	'lib/languages': ['lib/engine', 'lib/tokenizers'],
	'lib/workers': LIBRARIES,
	'lib/session': [...LIBRARIES, 'lib/workers'],
	'lib/ui': [...LIBRARIES, 'lib/session'],
	...Object.fromEntries(
		FEATURES.map((feature) => [
			`lib/features/${feature}`,
			[...LIBRARIES, 'lib/workers', 'lib/session', 'lib/ui']
		])
	),
	'lib/app': [...LIBRARIES, 'lib/workers', 'lib/session', 'lib/ui', 'lib/features'],
	routes: ['lib/app', 'lib/features', 'lib/session', 'lib/ui'],
	cli: LIBRARIES,
	package: [...LIBRARIES, 'cli'],
	tools: LIBRARIES
};

/** Folders of stages, which only `pipeline/` may combine. */
const STAGES = ['added', 'normalize', 'pretokenize', 'model', 'postprocess', 'decode'];

const notTypes = { dependencyTypesNot: ['type-only' as const] };
const isTest = '[.]test[.]ts$';

/** Pattern for a file or folder: `lib/workers/client` matches `client.ts` and `client/`, but not `client-pool.ts`. */
const inside = (part: string) => `^src/${part}(/|[.])`;

/** Generated files, which any part may import. */
const GENERATED = inside('lib/generated');

const partRules = Object.entries(TABLE).map(([part, allowed]) => ({
	name: `${part} imports only its own row`,
	comment: `src/${part} may import itself and ${allowed.join(', ')}.`,
	from: {
		path: inside(part),
		// Only prerendering may import a build tool.
		pathNot: [isTest, ...(part === 'routes' ? ['[+]page[.]server[.]ts$'] : [])]
	},
	to: { path: '^src/', pathNot: [GENERATED, ...[part, ...allowed].map(inside)] }
}));

const RULES = [
	...partRules,
	{
		name: 'the engine stands alone',
		comment: 'src/lib/engine is publishable on its own: no package, no Node module, no other part.',
		from: { path: inside('lib/engine'), pathNot: isTest },
		to: { pathNot: inside('lib/engine') }
	},
	{
		name: 'a stage knows no other stage',
		comment: 'A stage imports only text/, structures/ and files next to index.ts, besides types.',
		from: { path: `^src/lib/engine/(${STAGES.join('|')})/`, pathNot: isTest },
		to: {
			...notTypes,
			path: '^src/lib/engine/',
			pathNot: [
				'^src/lib/engine/$1/',
				'^src/lib/engine/(text|structures)/',
				'^src/lib/engine/[^/]+$'
			]
		}
	},
	{
		name: 'the engine is not entered from within',
		comment: 'index.ts is for other parts. Inside the engine, import the module itself.',
		from: { path: inside('lib/engine'), pathNot: isTest },
		to: { path: '^src/lib/engine/index[.]ts$' }
	},
	{
		name: 'outside code enters the engine through its entry points',
		comment:
			'engine, engine/text, engine/train, engine/packed and engine/stages, each an index.ts.',
		from: { path: '^src/', pathNot: [inside('lib/engine'), isTest] },
		to: {
			path: inside('lib/engine'),
			pathNot: '^src/lib/engine/((text|train|packed|stages)/)?index[.]ts$'
		}
	},
	{
		name: 'ui imports no reactive state',
		comment: 'Components get their state as props. Only features connect the two.',
		from: { path: inside('lib/ui'), pathNot: isTest },
		to: { ...notTypes, path: '^src/lib/session/.*[.]svelte([.]ts)?$' }
	},
	{
		name: 'a route never imports another route',
		comment:
			'Move what two pages share to session/ or ui/. Layouts and errors of the root are shared.',
		from: { path: '^src/routes/([^/]+)/' },
		to: { ...notTypes, path: '^src/routes/', pathNot: ['^src/routes/$1/', '^src/routes/[^/]+$'] }
	},
	{
		name: 'only tokenizers run the tokenizer libraries',
		comment:
			'Only src/lib/tokenizers and the tools that pack ranks may import js-tiktoken and @xenova/transformers.',
		from: { path: '^src/', pathNot: [inside('lib/tokenizers'), inside('tools'), isTest] },
		to: { ...notTypes, path: 'node_modules/(js-tiktoken|@xenova/transformers)/' }
	},
	{
		name: 'nothing but a test imports a test',
		comment: 'Shared test helpers live in tests/support.',
		from: { path: '^src/', pathNot: isTest },
		to: { path: '[.]test[.]ts$|^tests/' }
	},
	{
		name: 'no cycles',
		comment: 'Merge two modules that need each other, or extract a third.',
		from: { path: '^src/' },
		to: { circular: true, viaOnly: notTypes }
	},
	{
		name: 'every import resolves',
		comment: 'An import that does not resolve escapes every other rule.',
		from: { path: '^src/' },
		// SvelteKit generates these.
		to: { couldNotResolve: true, pathNot: '^([$](app|env|service-worker)(/|$)|[.]/[$]types$)' }
	}
];

/** Imports under `src` that break a rule, by rule: `from → to`, or the whole cycle. */
const broken = new Map<string, string[]>();

// Resolves `$lib` without the tsconfig that SvelteKit generates. Unresolved imports would escape all other rules.
beforeAll(async () => {
	const { output } = await cruise(
		['src'],
		{
			baseDir: ROOT,
			validate: true,
			ruleSet: { forbidden: RULES.map((rule) => ({ ...rule, severity: 'error' as const })) },
			// Type-only imports exist only before compilation.
			tsPreCompilationDeps: true,
			doNotFollow: { path: 'node_modules' },
			exclude: { path: 'src/lib/generated/' },
			enhancedResolveOptions: {
				exportsFields: ['exports'],
				conditionNames: ['svelte', 'import', 'browser', 'default']
			}
		},
		{ alias: { $lib: join(ROOT, 'src/lib') } }
	);
	if (typeof output === 'string') throw new Error(`expected a cruise result, got: ${output}`);
	expect(output.summary.totalCruised).toBeGreaterThan(500);
	for (const { rule, from, to, cycle } of output.summary.violations) {
		const path = [from, ...(cycle?.map(({ name }) => name) ?? [to])].join(' → ');
		broken.set(rule.name, [...(broken.get(rule.name) ?? []), path]);
	}
});

test.for(RULES)('$name', ({ name, comment }) => {
	expect(broken.get(name) ?? [], comment).toEqual([]);
});
