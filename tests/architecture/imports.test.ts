import { cruise } from 'dependency-cruiser';
import { join, resolve } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { importRules } from './import-rules';

const ROOT = resolve(import.meta.dirname, '../..');

/** Imports under `src` that break a rule, by the rule: `from → to`, or the whole cycle. */
const broken = new Map<string, string[]>();

// Resolves `$lib` without the tsconfig that SvelteKit generates, because an import that does not resolve breaks no other
// rule.
beforeAll(async () => {
	const { output } = await cruise(
		['src'],
		{
			baseDir: ROOT,
			validate: true,
			ruleSet: { forbidden: [...importRules] },
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

test.for(importRules)('$name', ({ name, comment }) => {
	expect(broken.get(name) ?? [], comment).toEqual([]);
});
