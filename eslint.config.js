import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import { defineConfig } from 'eslint/config';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const SWALLOWED_ERROR = {
	selector: 'CatchClause > BlockStatement[body.length=0]',
	message: 'An error that is caught is handled, reported or thrown again, never swallowed.'
};

export default defineConfig(
	{
		ignores: [
			'build/',
			'dist/',
			'.svelte-kit/',
			'test-results/',
			'coverage/',
			'src/lib/generated/',
			'tests/oracle/**/*.json',
			// Included only in the TypeScript projects for the engine and drift.
			'src/lib/engine/globals.d.ts',
			'src/lib/drift/globals.d.ts'
		]
	},
	js.configs.recommended,
	ts.configs.strictTypeChecked,
	svelte.configs.recommended,
	prettier,
	svelte.configs.prettier,
	{
		linterOptions: { reportUnusedDisableDirectives: 'error' },
		languageOptions: {
			globals: { ...globals.browser, ...globals.node },
			parserOptions: {
				project: './tsconfig.json',
				tsconfigRootDir: import.meta.dirname,
				extraFileExtensions: ['.svelte']
			}
		},
		rules: {
			// The compiler checks names; ESLint doesn't know about types and ambient modules.
			'no-undef': 'off',
			'no-restricted-syntax': ['error', SWALLOWED_ERROR],
			eqeqeq: ['error', 'always'],
			'max-lines': ['warn', { max: 400 }],
			'no-console': ['error', { allow: ['warn', 'error'] }],
			'@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
			'@typescript-eslint/switch-exhaustiveness-check': [
				'error',
				{ considerDefaultExhaustiveForUnions: true }
			],
			'@typescript-eslint/restrict-template-expressions': [
				'error',
				{ allowNumber: true, allowBoolean: true }
			],
			// Indexed access types don't include `undefined`, so this rule would forbid necessary checks.
			'@typescript-eslint/no-unnecessary-condition': 'off',
			// Spreading a string yields code points, which is what a tokenizer counts.
			'@typescript-eslint/no-misused-spread': 'off',
			'@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }]
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts', '**/*.svelte.js'],
		languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
		rules: {
			// `let { a } = $props()` must stay `let` when one of the names is bindable.
			'prefer-const': 'off',
			'svelte/prefer-const': ['error', { destructuring: 'all' }],
			// `void name;` in an effect reads a rune, so that the effect runs again when the rune changes.
			'@typescript-eslint/no-meaningless-void-operator': 'off'
		}
	},
	{
		// Maps in state are replaced as a whole, so that large results are never deeply reactive.
		files: ['**/*.svelte.ts', '**/*.svelte'],
		rules: { 'svelte/prefer-svelte-reactivity': 'off' }
	},
	{
		// ESLint sees imported components as `any`; svelte-check knows their types.
		files: ['**/*.svelte'],
		rules: {
			'@typescript-eslint/no-unsafe-argument': 'off',
			'@typescript-eslint/no-unsafe-assignment': 'off',
			'@typescript-eslint/no-unsafe-call': 'off',
			'@typescript-eslint/no-unsafe-return': 'off',
			// URLs are resolved where they are created, often in a different file, where this rule doesn't look.
			'svelte/no-navigation-without-resolve': 'off'
		}
	},
	{
		// The reference libraries use a fixed version of Unicode, but the JavaScript host's version varies.
		files: ['src/lib/engine/**/*.ts'],
		ignores: ['**/*.test.ts'],
		rules: {
			'no-restricted-syntax': [
				'error',
				SWALLOWED_ERROR,
				...[
					'CallExpression[callee.property.type="Identifier"][callee.property.name=/^(to(Locale)?(Lower|Upper)Case|localeCompare|normalize)$/]',
					'Identifier[name="Intl"]',
					'Literal[regex.pattern=/[pP]\\{/]',
					'Literal[regex.flags=/i.*u|u.*i/]'
				].map((selector) => ({
					selector,
					message: 'This depends on the Unicode version of the host. Use the tables in engine/text.'
				}))
			]
		}
	},
	{
		// Tests read JSON and call untyped native packages, so many of their values have the type `any`. If such a value
		// has the wrong shape, the test fails anyway.
		files: ['**/*.test.ts', 'tests/**'],
		rules: {
			'@typescript-eslint/no-unsafe-argument': 'off',
			'@typescript-eslint/no-unsafe-assignment': 'off',
			'@typescript-eslint/no-unsafe-call': 'off',
			'@typescript-eslint/no-unsafe-member-access': 'off',
			'@typescript-eslint/no-unsafe-return': 'off',
			'@typescript-eslint/restrict-template-expressions': 'off'
		}
	},
	{
		// Terminal programs print to the console.
		files: ['src/cli/**', 'src/tools/**', 'tests/**'],
		rules: { 'no-console': 'off' }
	},
	{
		// Plain JavaScript: configuration files, and scripts that Node runs unbundled. svelte-check reads their types.
		files: ['**/*.{js,mjs}'],
		ignores: ['**/*.svelte.js'],
		...ts.configs.disableTypeChecked
	}
);
