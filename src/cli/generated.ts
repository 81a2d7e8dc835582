import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedFolder } from '../tools/generated';
import { oneLine, UserError } from './failure';

/**
 * Reads a file that is made from npm packages; makes it when it is not there.
 * @param name relative to the folder of generated files
 * @throws UserError for a damaged file
 */
export async function readGenerated<T>(
	name: string,
	make: () => Promise<void>,
	read: (bytes: Uint8Array) => T
): Promise<T> {
	const path = join(generatedFolder, name);
	if (!existsSync(path)) await make();
	try {
		return read(readFileSync(path));
	} catch (error) {
		throw new UserError(`${path} is damaged: delete it and run again (${oneLine(error)})`, {
			cause: error
		});
	}
}
