import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Whether Git is installed. Git is needed only to test features that use it. */
export const HAS_GIT = spawnSync('git', ['--version']).status === 0;

/** Environment for Git without this machine's settings. */
export const GIT_ENV = {
	GIT_CONFIG_GLOBAL: '/dev/null',
	GIT_CONFIG_NOSYSTEM: '1',
	GIT_AUTHOR_NAME: 'a',
	GIT_AUTHOR_EMAIL: 'a@example.org',
	GIT_COMMITTER_NAME: 'a',
	GIT_COMMITTER_EMAIL: 'a@example.org'
};

type Files = Readonly<Record<string, string | Uint8Array>>;

/** A Git repository in a new folder, on the branch main. */
export class ScratchRepository {
	readonly path: string;

	/**
	 * @param parent folder in which to create the repository
	 * @param files files in the first commit; without files, there are no commits
	 */
	constructor(parent: string, files: Files = {}) {
		this.path = mkdtempSync(join(parent, 'repository-'));
		this.git('init', '--quiet', '--initial-branch=main');
		this.put(files);
		if (Object.keys(files).length > 0) this.commit();
	}

	git(...args: string[]): string {
		const env = { ...process.env, ...GIT_ENV };
		return execFileSync('git', args, { cwd: this.path, env, encoding: 'utf8', stdio: 'pipe' });
	}

	put(files: Files): void {
		for (const [name, content] of Object.entries(files)) {
			mkdirSync(dirname(join(this.path, name)), { recursive: true });
			writeFileSync(join(this.path, name), content);
		}
	}

	commit(): void {
		this.git('add', '--all');
		this.git('commit', '--quiet', '--message=commit');
	}

	/**
	 * Commits all files on a branch, adds a commit to main, and merges both into `merge`, as GitHub does for a pull
	 * request.
	 */
	mergePullRequest(): void {
		this.git('checkout', '--quiet', '-b', 'change');
		this.commit();
		this.git('checkout', '--quiet', 'main');
		this.put({ 'other.txt': 'other' });
		this.commit();
		this.git('checkout', '--quiet', '-b', 'merge');
		this.git('merge', '--quiet', '--no-ff', '--message=merge', 'change');
	}
}
