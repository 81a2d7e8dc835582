import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execute } from './launcher';

export const hasPython = (): boolean => {
	try {
		execute('python3', ['-c', 'import venv']);
		return true;
	} catch {
		return false;
	}
};

/**
 * Installs Python packages into an environment of their own, once.
 * @param before packages needed to build the others
 * @returns the environment's Python
 * @throws Error if the installation fails
 */
export function pythonWith(
	folder: string,
	packages: readonly string[],
	{ options = [], before = [] }: { options?: readonly string[]; before?: readonly string[] } = {}
): string {
	const python = join(folder, 'bin/python');
	const marker = join(folder, 'installed');
	if (existsSync(marker)) return python;
	rmSync(folder, { recursive: true, force: true });
	execute('python3', ['-m', 'venv', folder]);
	const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
	if (before.length > 0) execute(python, [...pip, ...before]);
	execute(python, [...pip, ...options, ...packages]);
	writeFileSync(marker, '');
	return python;
}
