// Speed of the engine beside its peers, and of the built site. Run: npm run bench [-- --quick]
// Every figure is the median of rounds in which each contender has a process of its own, one after
// another in turn. Exit status 1 when ids differ from tiktoken's or a
// target is missed. --quick: one round, fewer tokenizers.
import { cpus } from 'node:os';
import { benchBrowser } from './browser.mjs';
import { benchEncoding, ENCODINGS } from './encoding.mjs';
import { prepare } from './engine.mjs';
import { failures } from './targets.mjs';

const quick = process.argv.includes('--quick');
const rounds = quick ? 1 : 3;

await prepare(ENCODINGS);
console.log(
	`${cpus()[0].model}, ${cpus().length} cores, Node ${process.versions.node}, ${rounds} round(s)\n`
);
await benchEncoding({ rounds, quick });
await benchBrowser();

for (const failure of failures) console.error(`missed: ${failure}`);
process.exit(failures.length > 0 ? 1 : 0);
