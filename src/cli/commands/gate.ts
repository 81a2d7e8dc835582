import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Option, type Command } from 'commander';
import { VERDICTS } from '../../lib/drift';
import { markdownProse, printable } from '../../lib/drift/escapes';
import type { Verdict } from '../../lib/drift/types';
import { isHubFile } from '../../lib/tokenizers/files/recognize';
import { GateFailed, oneLine, UserError } from '../failure';
import { TokenizerChanges, type ChangedTokenizer, type Place } from '../changed-tokenizers';
import { GitVersions, type Rename } from '../git-versions';
import { folderOf, joined, nameOf, shownPath } from '../git-tree';
import type { Io } from '../io';
import { withTemporaryFolder } from '../save';
import { addComparisonOptions, compare, type ComparisonFlags, type Naming } from './diff';
import { canonicalJson } from '../../lib/drift/equal';

const FORMATS = ['text', 'markdown', 'github'] as const;

interface GateFlags extends ComparisonFlags {
	readonly base?: string;
	readonly except: readonly string[];
	readonly format?: (typeof FORMATS)[number];
}

export function addCommand(program: Command, io: Io): void {
	const command = program
		.command('gate')
		.description('compare the tokenizers in a Git repository with an earlier commit')
		.argument('[paths...]', 'files or folders to check (default: the whole repository)')
		.addOption(
			new Option(
				'--base <commit>',
				'compare with this commit, or with the point where the branch diverged from it (default: HEAD)'
			)
		)
		.option(
			'--except <path>',
			'a file or folder to leave out (repeatable)',
			(path: string, others: readonly string[]) => [...others, path],
			[]
		)
		.addOption(
			new Option(
				'--format <format>',
				'report format: text, markdown, or github for annotations in a workflow (default: text)'
			).choices(FORMATS)
		);
	addComparisonOptions(command)
		.addHelpText(
			'after',
			`
Finds tokenizers with changes in files that Git tracks, and diffs each against its version in the
base commit. By default, the command fails if a verdict is silent or worse. A tokenizer is either
one file with a tokenizer's content, whatever its name, or a folder with tokenizer.json,
tokenizer.model, or vocab.json and merges.txt, including any settings and chat templates in it. A
renamed tokenizer is compared with its former version if Git finds at least half of the old file in
the new one.

A new tokenizer passes. A deleted tokenizer gets the verdict crash, because anything that still
loads it will fail. Anything that cannot be compared also fails, whatever --fail-on says: changed
symbolic links, submodules at a different commit, pipes, and files that the lab cannot read. To
leave out such a path, pass it to --except. The last line counts the tokenizers in each group
(renamed ones also count as compared) and reports the worst verdict and a file that received it.

With --format github, the reports go into the job summary, and the step's output "verdict" is the
worst verdict, or empty if something could not be compared. If pre-commit is run with --from-ref,
that commit is the default base.

Examples:
  bpe-lab gate
  bpe-lab gate --base origin/main --fail-on any --except third_party/models
  bpe-lab gate --base HEAD^ models/english models/german.tiktoken --format github`
		)
		.action((paths: string[], flags: GateFlags) => gate(paths, flags, io));
}

/** A changed tokenizer, and copies of its two versions in the temporary folder. */
interface Copies extends ChangedTokenizer {
	/** Location of the old version; differs from the current one if the tokenizer was renamed. */
	readonly former: Place;
	/** `null` if the tokenizer is new. */
	readonly a: string | null;
	/** `null` if the tokenizer was deleted. */
	readonly b: string | null;
}

class Findings {
	readonly judged: { readonly file: string; readonly verdict: Verdict }[] = [];
	readonly failures: string[] = [];
	/** Problems that prevented a comparison, keyed by the name of the tokenizer or file. */
	readonly problems = new Map<string, string>();
	/** Names of checks that did not run to completion in at least one comparison. */
	readonly notRun = new Set<string>();
	added = 0;
	deleted = 0;
	renamed = 0;
	excepted = 0;

	/** The worst verdict, and the file that received it. */
	get worst() {
		return this.judged.reduce((worst, one) => (rankOf(one) > rankOf(worst) ? one : worst), {
			file: '',
			verdict: 'identical'
		});
	}

	get summary(): string {
		const { file, verdict } = this.worst;
		const counts = [
			`compared ${this.judged.length - this.deleted}`,
			`new ${this.added}`,
			`gone ${this.deleted}`,
			`renamed ${this.renamed}`,
			`skipped ${this.excepted + this.problems.size}`
		].join(', ');
		const worst = verdict === 'identical' ? [] : [`${verdict} (${file})`];
		const names = [...this.problems.keys()].join(', ');
		const problems = names === '' ? [] : [`could not compare ${names}`];
		const unchanged = this.judged.length > 0 ? 'identical' : 'nothing to compare';
		const results = [...worst, ...problems].join('; ') || unchanged;
		const notRun =
			this.notRun.size > 0 ? `; not run or not completed: ${[...this.notRun].join(', ')}` : '';
		return `${counts}: ${results}${notRun}`;
	}
}

/**
 * @throws GateFailed after all reports, if a verdict is at least as severe as `--fail-on`
 * @throws UserError for bad usage, before any report; after all reports, if something cannot be compared
 */
async function gate(paths: readonly string[], flags: GateFlags, io: Io): Promise<void> {
	const base = flags.base ?? (process.env.PRE_COMMIT_FROM_REF || 'HEAD');
	const versions = await GitVersions.open(process.cwd(), base);
	const changes = new TokenizerChanges(versions);
	const { tokenizers, incomparable } = await changes.find(paths);
	const findings = new Findings();
	const isExcepted = (path: string) => {
		if (!changes.isAmong(path, flags.except)) return false;
		io.warn(`${shownPath(path)}: left out because of --except`);
		findings.excepted++;
		return true;
	};
	for (const { path, problem } of incomparable) {
		if (!isExcepted(path)) findings.problems.set(shownPath(path), problem);
	}
	await withTemporaryFolder(async (folder) => {
		const copies: Copies[] = [];
		for (const [i, tokenizer] of tokenizers.entries()) {
			const { place, exists } = tokenizer;
			const { path } = place;
			const isKnown = incomparable.some((one) => one.path === path);
			if (isKnown || isExcepted(path)) continue;
			const part = join(folder, String(i));
			mkdirSync(part);
			try {
				const a = exists.before ? await changes.write(place, 'before', join(part, 'a')) : null;
				const b = exists.now ? await changes.write(place, 'now', join(part, 'b')) : null;
				copies.push({ ...tokenizer, former: place, a, b });
			} catch (error) {
				if (!(error instanceof UserError)) throw error;
				findings.problems.set(shownPath(path), error.message);
			}
		}
		for (const copy of withRenames(copies, versions.renames)) {
			await compareVersions(versions, copy, findings, flags, io);
		}
	});
	await io.write(`${printable(findings.summary)}\n`);
	if (flags.format === 'github') {
		await io.appendForStep('summary', `${markdownProse(findings.summary)}\n`);
		const verdict = findings.problems.size > 0 ? '' : findings.worst.verdict;
		await io.appendForStep('output', `verdict=${verdict}\n`);
	}
	const problems = [...new Set([...findings.failures, ...findings.problems.values()])];
	if (findings.failures.length > 0) throw new GateFailed(problems.join('; '));
	if (problems.length > 0) throw new UserError(problems.join('; '));
}

const rankOf = ({ verdict }: { readonly verdict: Verdict }): number => VERDICTS.indexOf(verdict);

/** Pairs deleted tokenizers with the new ones that Git detects as renames. */
function withRenames(copies: readonly Copies[], renames: readonly Rename[]): Copies[] {
	const isFileOf = (path: string, { place }: Copies) =>
		(place.isFolder ? folderOf(path) : path) === place.path;
	const former = new Map<Copies, Copies>();
	for (const { from, to } of renames) {
		// Several tokenizers may have identical settings, so a renamed settings file doesn't show that its tokenizer was
		// renamed.
		if (isHubFile(nameOf(to))) continue;
		const deleted = copies.find((copy) => copy.b === null && isFileOf(from, copy));
		const added = copies.find((copy) => copy.a === null && isFileOf(to, copy));
		const isPaired = [...former].flat().some((copy) => copy === deleted || copy === added);
		if (deleted && added && !isPaired) former.set(added, deleted);
	}
	const renamed = [...former.values()];
	return copies
		.filter((copy) => !renamed.includes(copy))
		.map((copy) => {
			const { former: place, a } = former.get(copy) ?? copy;
			return { ...copy, former: place, a };
		});
}

async function compareVersions(
	versions: GitVersions,
	copies: Copies,
	findings: Findings,
	flags: GateFlags,
	io: Io
): Promise<void> {
	const { place, former, a, b } = copies;
	const name = shownPath(place.path);
	const file = shownPath(copies.file);
	if (a === null) {
		findings.added++;
		io.warn(`${name}: this tokenizer is new, so there is nothing to compare it with`);
		return;
	}
	if (b === null) {
		findings.deleted++;
		findings.judged.push({ file, verdict: 'crash' });
		findings.failures.push(
			`${name}: this tokenizer was removed, expected a new version; if you meant to remove it, list it in --except`
		);
		return;
	}
	const isRenamed = former.path !== place.path;
	const areFolders = former.isFolder && place.isFolder;
	if (await versions.areEqual(a, b)) {
		// Git also lists files if only their modification time or permissions have changed.
		if (!isRenamed) return;
		io.warn(`${name}: renamed from ${shownPath(former.path)}, otherwise unchanged`);
		findings.renamed++;
		findings.judged.push({ file, verdict: 'identical' });
		return;
	}
	if (areFolders) writeForDeleted(a, b);
	const naming: Naming = {
		a: `${versions.base}:${shownPath(former.path)}`,
		b: name,
		command: ['bpe-lab', 'gate', '--base', versions.base, name],
		file: (one) =>
			place.isFolder && one !== 'tokenizer.json' ? shownPath(joined(place.path, one)) : file
	};
	const { failOn = 'silent' } = flags;
	try {
		const compared = await compare(a, b, { ...flags, failOn }, io, naming);
		const { verdict, failure } = compared;
		for (const check of compared.notRun) findings.notRun.add(check);
		if (isRenamed) findings.renamed++;
		findings.judged.push({ file, verdict });
		if (failure !== null) findings.failures.push(`${name}: ${failure}`);
		const unread = areFolders ? findUncomparedChanges(a, b) : [];
		if (unread.length > 0) {
			findings.problems.set(
				name,
				`${name}: ${unread.join(', ')} changed, but can only be compared if the same folder contains a tokenizer.json; check the change yourself, and leave the tokenizer out with --except`
			);
		}
	} catch (error) {
		// Other errors, such as a full disk, say nothing about this tokenizer.
		const isOfTokenizer =
			error instanceof UserError && [a, b].some((one) => error.message.includes(one));
		if (!isOfTokenizer) throw error;
		const message = oneLine(error).replaceAll(a, naming.a).replaceAll(b, naming.b);
		findings.problems.set(name, message);
	}
}

/** Changed files that the comparison doesn't read, because the tokenizer is not in a tokenizer.json. */
function findUncomparedChanges(a: string, b: string): string[] {
	if (existsSync(join(b, 'tokenizer.json'))) return [];
	const meaningOf = (folder: string, name: string): string | null => {
		if (!existsSync(join(folder, name))) return null;
		const text = readFileSync(join(folder, name), 'utf8');
		try {
			return canonicalJson(JSON.parse(text));
		} catch {
			// The file is a template or damaged JSON.
			return text;
		}
	};
	return readdirSync(a, { encoding: 'utf8', recursive: true })
		.filter((name) => name !== 'config.json' && isHubFile(name))
		.filter((name) => meaningOf(a, name) !== meaningOf(b, name));
}

/**
 * Settings files that transformers treats as empty if they are missing. config.json is not one of them: it belongs to
 * the model.
 */
const OPTIONAL_SETTINGS = [
	'tokenizer_config.json',
	'special_tokens_map.json',
	'added_tokens.json',
	'generation_config.json'
];

/**
 * Writes an empty file to folder `b`, the new version, for each deleted settings file, so that the former content is
 * compared. `diff` skips files that one side lacks, because that side may be incomplete, but here, both are complete.
 */
function writeForDeleted(a: string, b: string): void {
	const isIn = (folder: string, name: string) => existsSync(join(folder, name));
	for (const name of OPTIONAL_SETTINGS) {
		if (isIn(a, name) && !isIn(b, name)) writeFileSync(join(b, name), '{}');
	}
	const hasTemplate = (folder: string) =>
		readdirSync(folder, { encoding: 'utf8', recursive: true }).some((name) =>
			name.endsWith('.jinja')
		);
	const [config] = OPTIONAL_SETTINGS;
	// Without this file, the comparison would skip the deleted templates.
	if (!hasTemplate(a) || hasTemplate(b) || isIn(b, config)) return;
	for (const side of [a, b]) writeFileSync(join(side, config), '{}');
}
