/**
 * The table "Who may import whom" of src/ARCHITECTURE.md, as rules for dependency-cruiser.
 *
 * A type-only import costs nothing at run time and ties no module to another's behaviour, so it
 * passes everywhere; the engine alone is strict, because it must build without the rest of the tree.
 */
import type { IRegularForbiddenRuleType } from 'dependency-cruiser';

/** A rule that says its name and its reason, for the message of the test that checks it. */
type ImportRule = IRegularForbiddenRuleType & { readonly name: string; readonly comment: string };

/** Each part of the tree, and the parts it may import besides itself. */
const TABLE = {
	'lib/engine': [],
	'lib/catalogue': ['lib/engine'],
	'lib/runtimes': ['lib/engine'],
	'lib/analysis': ['lib/engine'],
	'lib/drift': ['lib/engine', 'lib/runtimes', 'lib/analysis/cuts'],
	'lib/workers': ['lib/engine', 'lib/runtimes', 'lib/catalogue', 'lib/analysis', 'lib/drift'],
	'lib/content': [],
	'lib/state': [
		'lib/workers/client',
		'lib/workers/protocol',
		'lib/workers/pool',
		'lib/catalogue',
		'lib/analysis',
		'lib/drift',
		'lib/engine/text',
		'lib/engine/structures/vocabulary',
		'lib/engine/train/steps',
		'lib/content'
	],
	'lib/ui': [],
	routes: ['lib/state', 'lib/ui', 'lib/content', 'lib/drift'],
	cli: ['lib/engine', 'lib/runtimes', 'lib/catalogue', 'lib/analysis', 'lib/drift', 'tools'],
	tools: ['lib/engine', 'lib/catalogue', 'lib/runtimes', 'lib/analysis', 'lib/drift', 'lib/content']
} as const satisfies Record<string, readonly string[]>;

/** What a stage does to text is its own business: only `pipeline/` puts stages together. */
const STAGES = ['added', 'normalize', 'pretokenize', 'model', 'postprocess', 'decode'];

const notTypes: IRegularForbiddenRuleType['to'] = { dependencyTypesNot: ['type-only'] };

/** `lib/workers/client` is a file or a folder: `client.ts`, `client/`; never `client-pool.ts`. */
const inside = (part: string) => `^src/${part}(/|[.])`;

const partRules = Object.entries(TABLE).map(([part, allowed]): ImportRule => {
	const list = allowed.length === 0 ? 'nothing' : allowed.join(', ');
	return {
		name: `${part} imports only its own row`,
		comment: `src/${part} may import itself and ${list}; types pass.`,
		severity: 'error',
		from: { path: inside(part), pathNot: '[.]test[.]ts$' },
		to: { ...notTypes, path: '^src/', pathNot: [part, ...allowed].map(inside) }
	};
});

export const importRules: readonly ImportRule[] = [
	...partRules,
	{
		name: 'the engine stands alone',
		comment: 'src/lib/engine is publishable on its own: no package, no Node module, no other part.',
		severity: 'error',
		from: { path: inside('lib/engine'), pathNot: '[.]test[.]ts$' },
		to: { pathNot: inside('lib/engine') }
	},
	{
		name: 'a stage knows no other stage',
		comment: 'A stage folder imports text/, structures/ and the types beside index.ts; types pass.',
		severity: 'error',
		from: { path: `^src/lib/engine/(${STAGES.join('|')})/`, pathNot: '[.]test[.]ts$' },
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
		comment: 'index.ts is the door for others; inside, import the module itself.',
		severity: 'error',
		from: { path: inside('lib/engine'), pathNot: '[.]test[.]ts$' },
		to: { path: '^src/lib/engine/index[.]ts$' }
	},
	{
		name: 'a route never imports another route',
		comment:
			'What two pages share lives in state/ or ui/. Layouts and errors of the root are shared.',
		severity: 'error',
		from: { path: '^src/routes/([^/]+)/' },
		to: { ...notTypes, path: '^src/routes/', pathNot: ['^src/routes/$1/', '^src/routes/[^/]+$'] }
	},
	{
		name: 'the app never imports a build tool',
		comment: 'src/tools reads npm packages and writes files; it has no place in a browser.',
		severity: 'error',
		from: { path: '^src/(lib|routes)/', pathNot: '[.]test[.]ts$' },
		to: { path: inside('tools') }
	},
	{
		name: 'only runtimes run the tokenizer libraries',
		comment:
			'js-tiktoken and @xenova/transformers are behind src/lib/runtimes; tools pack their ranks.',
		severity: 'error',
		from: { path: '^src/', pathNot: [inside('lib/runtimes'), inside('tools'), '[.]test[.]ts$'] },
		to: { ...notTypes, path: 'node_modules/(js-tiktoken|@xenova/transformers)/' }
	},
	{
		name: 'nothing but a test imports a test',
		comment: 'Shared test helpers live in tests/support.',
		severity: 'error',
		from: { path: '^src/', pathNot: '[.]test[.]ts$' },
		to: { path: '[.]test[.]ts$|^tests/' }
	},
	{
		name: 'no cycles',
		comment: 'Two modules that need each other are one module, or miss a third.',
		severity: 'error',
		from: { path: '^src/' },
		to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }
	},
	{
		name: 'every import resolves',
		comment: 'An import that does not resolve escapes every other rule.',
		severity: 'error',
		from: { path: '^src/' },
		// SvelteKit makes these when it builds.
		to: { couldNotResolve: true, pathNot: '^([$](app|env|service-worker)(/|$)|[.]/[$]types$)' }
	}
];
