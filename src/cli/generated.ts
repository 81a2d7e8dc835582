import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { oneLine, UserError } from './failure';

/**
 * Reads a file that was made from npm packages.
 * @param name relative to `src/lib/generated`
 * @throws UserError for a missing or damaged file
 */
export function readGenerated<T>(name: string, read: (bytes: Uint8Array) => T): T {
	const path = fileURLToPath(new URL(`../lib/generated/${name}`, import.meta.url));
	try {
		return read(readFileSync(path));
	} catch (error) {
		throw new UserError(
			`${path} is missing or damaged: delete its folder and run again (${oneLine(error)})`,
			{ cause: error }
		);
	}
}
