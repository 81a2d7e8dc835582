import { cruise } from 'dependency-cruiser';
import { join } from 'node:path';
import { importRules } from './import-rules';

/** An import that breaks a rule. */
export interface Violation {
	readonly rule: string;
	/** `from → to`, or the whole cycle. */
	readonly path: string;
}

/**
 * Finds every import under `root/src` that breaks a rule of the table. Resolves `$lib` without the tsconfig that SvelteKit
 * generates, because an import that does not resolve breaks no other rule.
 */
export async function violations(root: string): Promise<Violation[]> {
	const { output } = await cruise(
		['src'],
		{
			baseDir: root,
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
		{ alias: { $lib: join(root, 'src/lib') } }
	);
	if (typeof output === 'string') throw new Error(`expected a cruise result, got: ${output}`);
	if (output.summary.totalCruised === 0) throw new Error(`no module found under ${root}/src`);
	return output.summary.violations.map(({ rule, from, to, cycle }) => ({
		rule: rule.name,
		path: [from, ...(cycle?.map(({ name }) => name) ?? [to])].join(' → ')
	}));
}
