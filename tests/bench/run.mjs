// Speed of the engine compared with other libraries, and of the built site. Run: npm run bench [-- --quick] [--train]
// Every figure is the median of rounds in which each contender has its own process, one after another. Exit status 1 if ids
// differ from tiktoken's, merges from Hugging Face's, or a target is missed. --quick: one round, fewer tokenizers; --train: only training; --site: only the built site.
import { cpus } from 'node:os';
import { benchBrowser } from './browser.mjs';
import { benchEncoding, ENCODINGS } from './encoding.mjs';
import { prepare } from './engine.mjs';
import { benchStartUp } from './start-up.mjs';
import { failures } from './targets.mjs';
import { benchTraining } from './train.mjs';

const quick = process.argv.includes('--quick');
const onlyTraining = process.argv.includes('--train');
const onlySite = process.argv.includes('--site');
const rounds = quick ? 1 : 3;

if (!onlySite) await prepare(onlyTraining ? [] : ENCODINGS);
console.log(
	`${cpus()[0].model}, ${cpus().length} cores, Node ${process.versions.node}, ${rounds} round(s)\n`
);
if (!onlySite && !onlyTraining) await benchStartUp({ rounds });
if (!onlySite) await benchTraining({ rounds, quick });
if (!onlySite && !onlyTraining) await benchEncoding({ rounds, quick });
if (!onlyTraining) await benchBrowser({ rounds });

for (const failure of failures) console.error(`missed: ${failure}`);
process.exit(failures.length > 0 ? 1 : 0);
