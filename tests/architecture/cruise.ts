import { cruise } from 'dependency-cruiser';
import { join } from 'node:path';
import { importRules } from './import-rules';

/** One import that a rule forbids, in words for a test's message. */
export interface Violation {
	readonly rule: string;
	/** `from → to`, or the whole ring of a cycle. */
	readonly path: string;
}

/**
 * Every import under `root/src` that breaks a rule of the table.
 *
 * `$lib` is spelled out here and not read from the tsconfig that SvelteKit generates: an import that
 * does not resolve would break no rule but the one about that.
 */
export async function violations(root: string): Promise<Violation[]> {
	const { output } = await cruise(
		['src'],
		{
			baseDir: root,
			validate: true,
			ruleSet: { forbidden: [...importRules] },
			// Before compilation type-only imports are still there, marked as such.
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
