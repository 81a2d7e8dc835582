import { mkdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { Option, type Command } from 'commander';
import { VERDICTS } from '../../lib/drift';
import type { Verdict } from '../../lib/drift/types';
import { GateFailed, oneLine, UserError } from '../failure';
import { GitComparison, type ChangedTokenizer } from '../git';
import { workingFolder, type Io } from '../io';
import { withTemporaryFolder } from '../save';
import {
	addComparisonOptions,
	compare,
	type Comparison,
	type ComparisonFlags,
	type Naming
} from './diff';

const FORMATS = ['text', 'markdown', 'github'] as const;

interface GateFlags extends ComparisonFlags {
	readonly base?: string;
	readonly format?: (typeof FORMATS)[number];
}

export function addCommand(program: Command, io: Io): void {
	const command = program
		.command('gate')
		.description('compare the tokenizers of a Git repository with an earlier commit')
		.argument('[paths...]', 'files or folders to look at (default: the whole repository)')
		.addOption(
			new Option(
				'--base <commit>',
				'the commit to compare with, or where the branch left it (default: HEAD)'
			)
		)
		.addOption(
			new Option(
				'--format <format>',
				'of the reports: text, markdown, or github for annotations in a workflow (default: text)'
			).choices(FORMATS)
		);
	addComparisonOptions(command)
		.addHelpText(
			'after',
			`
Compares every tokenizer of which Git tracks a changed file, as diff does, and fails from
--fail-on silent up. A tokenizer is a folder with tokenizer.json, or with vocab.json and
merges.txt, and the settings beside them; a .tiktoken, .gguf or tokenizer.model file; or a
file of any name that is given. One that is new or gone has nothing to compare and passes.

With --format github, a job summary has the reports, and the step's output "verdict" the
worst verdict. Under pre-commit run --from-ref, the default base is that commit.

Examples:
  bpe-lab gate
  bpe-lab gate --base origin/main --fail-on any
  bpe-lab gate --base HEAD^ models/english models/german.tiktoken --format github`
		)
		.action((paths: string[], flags: GateFlags) => gate(paths, flags, io));
}

/**
 * @throws GateFailed after all reports, if a verdict is as bad as `--fail-on` says or worse
 * @throws UserError for bad input
 */
async function gate(paths: readonly string[], flags: GateFlags, io: Io): Promise<void> {
	const base = flags.base ?? (process.env.PRE_COMMIT_FROM_REF || 'HEAD');
	const repository = await GitComparison.open(workingFolder(), base);
	const changed = (await repository?.changed(paths)) ?? [];
	const results: (Comparison & { readonly name: string })[] = [];
	await withTemporaryFolder(async (folder) => {
		for (const [i, tokenizer] of changed.entries()) {
			const part = join(folder, String(i));
			mkdirSync(part);
			const name = tokenizer.path || '.';
			const result = repository && (await compareVersions(repository, tokenizer, part, flags, io));
			if (result) results.push({ ...result, name });
		}
	});
	if (results.length === 0) {
		io.warn(`no tokenizer has changed since ${base}`);
		if (flags.format === 'github') {
			await io.appendForStep('summary', 'No tokenizer has changed.\n');
		}
	}
	const verdict = results
		.map((result) => result.verdict)
		.reduce((worst, one) => (rankOf(one) > rankOf(worst) ? one : worst), 'identical');
	if (flags.format === 'github') await io.appendForStep('output', `verdict=${verdict}\n`);
	const notRun = new Set(results.flatMap((result) => result.notRun));
	if (notRun.size > 0)
		await io.write(`not run, or not to the end: ${[...notRun].join(', ')}; see the reports\n`);
	const failures = results.filter(({ failure }) => failure !== null);
	if (failures.length > 0) {
		throw new GateFailed(failures.map(({ name, failure }) => `${name}: ${failure}`).join('; '));
	}
}

const rankOf = (verdict: Verdict): number => VERDICTS.indexOf(verdict);

/**
 * Compares a tokenizer with its former version, and prints the report.
 * @param folder empty, for copies
 * @returns `null` if one of the versions does not exist
 */
async function compareVersions(
	repository: GitComparison,
	tokenizer: ChangedTokenizer,
	folder: string,
	flags: GateFlags,
	io: Io
): Promise<Comparison | null> {
	const name = tokenizer.path || '.';
	const a = await repository.write(tokenizer, 'before', join(folder, 'a'));
	const b = await repository.write(tokenizer, 'now', join(folder, 'b'));
	if (a === null || b === null) {
		// Files that only look like the settings of a tokenizer.
		if (a === null && b === null) return null;
		const what = a === null ? 'is new' : 'is gone';
		io.warn(`${name}: this tokenizer ${what}; there is nothing to compare`);
		return null;
	}
	const naming: Naming = {
		a: `${repository.base}:${tokenizer.pathBefore || '.'}`,
		b: name,
		command: ['bpe-lab', 'gate', '--base', repository.base, name],
		file: (file) =>
			tokenizer.isFolder && file !== 'tokenizer.json'
				? posix.join(tokenizer.path, file)
				: tokenizer.file
	};
	try {
		const { failOn = 'silent' } = flags;
		return await compare(a, b, { ...flags, failOn }, io, naming);
	} catch (error) {
		const message = oneLine(error).replaceAll(a, naming.a).replaceAll(b, naming.b);
		throw error instanceof UserError ? new UserError(message, { cause: error }) : error;
	}
}
