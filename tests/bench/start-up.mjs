// How long the packaged command line takes for one word, next to an empty program of Node.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { median } from './table.mjs';
import { expectAtMost } from './targets.mjs';
import { measure } from './whole-process.mjs';

const PAIRS_PER_ROUND = 10;
const MAX_TIMES_NODE = 3;

export async function benchStartUp(bin, folder, { rounds }) {
	const word = join(folder, 'word.txt');
	await writeFile(word, 'strawberry');
	const command = [bin, 'encode', '-t', 'cl100k_base', word];
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
	expectAtMost(
		`user CPU of one word through bpe-lab encode -t cl100k_base (${ms(one)}), times node -e 0 (${ms(node)})`,
		one / node,
		MAX_TIMES_NODE
	);
}
