// Speed of the engine compared with other libraries, of the packaged command line, and of the built site.
// Run: npm run bench [-- --quick] [--train] [--cli] [--native] [--site] [--growth]
// Every figure is the median of rounds in which each contender has its own process, one after another. Exit status 1 if ids
// differ from tiktoken's, merges from Hugging Face's, or a target is missed. --quick: one round, fewer tokenizers; --train:
// only training; --cli: only the command line; --native: only the engine next to native libraries for Python; --site: only the
// built site; --growth: only how counting and training grow, and what 15 TB would take.
import { cpus } from 'node:os';
import { benchBrowser } from './browser.mjs';
import { benchCount } from './count.mjs';
import { benchDiffCommand } from './diff.mjs';
import { benchEncoding, ENCODINGS } from './encoding.mjs';
import { prepare } from './engine.mjs';
import { benchGrowth } from './growth.mjs';
import { withPackage } from './package.mjs';
import { benchStartUp } from './start-up.mjs';
import { benchNative } from './native.mjs';
import { failures, printSummary } from './targets.mjs';
import { writeTexts } from './texts.mjs';
import { benchTraining } from './train.mjs';

const quick = process.argv.includes('--quick');
const only = ['train', 'cli', 'native', 'site', 'growth'].find((part) =>
	process.argv.includes(`--${part}`)
);
const isMeasured = (part) => only === undefined || only === part;
const rounds = quick ? 1 : 3;

if (!['cli', 'site', 'growth'].includes(only)) await prepare(only === 'train' ? [] : ENCODINGS);
if (only === undefined || only === 'native') writeTexts();
console.log(
	`${cpus()[0].model}, ${cpus().length} cores, Node ${process.versions.node}, ${rounds} round(s)\n`
);
if (isMeasured('cli')) {
	await withPackage(async (bin, folder) => {
		await benchStartUp(bin, folder, { rounds });
		await benchCount(bin, folder, { rounds, quick });
		await benchDiffCommand(bin, { rounds });
	});
	printSummary();
}
if (isMeasured('train')) {
	await benchTraining({ rounds, quick });
	printSummary();
}
if (only === undefined) {
	await benchEncoding({ rounds, quick });
	printSummary();
}
if (only === 'native') {
	await benchNative({ rounds, quick });
	printSummary();
}
if (isMeasured('site')) await benchBrowser({ rounds });
if (only === 'growth') await withPackage(benchGrowth);

for (const failure of failures) console.error(`missed: ${failure}`);
process.exit(failures.length > 0 ? 1 : 0);
