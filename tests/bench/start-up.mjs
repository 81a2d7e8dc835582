// How long the packaged command line takes for one word, next to an empty program of Node.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPackage } from '../../src/package/build.js';
import { median } from './table.mjs';
import { expectAtMost } from './targets.mjs';
import { measure } from './whole-process.mjs';

const PAIRS_PER_ROUND = 10;
const MAX_TIMES_NODE = 3;

export async function benchStartUp({ rounds }) {
	const folder = await mkdtemp(join(tmpdir(), 'bpe-lab-start-up-'));
	try {
		const built = join(folder, 'dist');
		const word = join(folder, 'word.txt');
		await buildPackage(built);
		await writeFile(word, 'strawberry');
		const command = [join(built, 'cli/bin.js'), 'encode', '-t', 'cl100k_base', word];
		const seconds = { node: [], word: [] };
		// The first pair warms the file cache.
		for (let pair = 0; pair <= rounds * PAIRS_PER_ROUND; pair++) {
			const node = await measure(['-e', '0']);
			const { cpu } = await measure(command);
			if (pair === 0) continue;
			seconds.node.push(node.cpu);
			seconds.word.push(cpu);
		}
		const [node, one] = [median(seconds.node), median(seconds.word)];
		const ms = (value) => `${Math.round(value * 1000)} ms`;
		console.log(
			`One word through bpe-lab encode -t cl100k_base: ${ms(one)} of user CPU, ${(one / node).toFixed(2)} times node -e 0 (${ms(node)})\n`
		);
		expectAtMost('start-up, times the user CPU of node -e 0', one / node, MAX_TIMES_NODE);
	} finally {
		await rm(folder, { recursive: true });
	}
}
