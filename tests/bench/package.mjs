// The npm package as it is built, for benches of the packaged command line.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPackage } from '../../src/package/build.js';

/** Builds the package into a folder, which is removed after `work`. @param work gets the command line's script and the folder */
export async function withPackage(work) {
	const folder = await mkdtemp(join(tmpdir(), 'bpe-lab-bench-'));
	try {
		const built = join(folder, 'dist');
		await buildPackage(built);
		await work(join(built, 'cli/bin.js'), folder);
	} finally {
		await rm(folder, { recursive: true });
	}
}
