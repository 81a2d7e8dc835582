// `npm run bench`: measures the engine against other libraries, the packaged command line, and the built site. Every
// figure is a median over rounds; in each round, the contenders run one after another in separate processes. The exit
// code is 1 if ids differ from tiktoken's, merges differ from Hugging Face's, or a target is missed.
import { cpus } from 'node:os';
import { program } from '../support/program';
import { benchSite } from './site.mjs';
import { benchCommandLine, withPackage } from './command-line.mjs';
import { benchEncoding, prepare } from './encoding.mjs';
import { figures } from './figures.mjs';
import { benchNative } from './native.mjs';
import { mapValues } from './rounds.mjs';
import { benchSpark } from './spark.mjs';
import { benchTokbench } from './tokbench.mjs';
import { benchTraining } from './train.mjs';

const PARTS = {
	train: 'only training',
	cli: 'only the packaged command line',
	native: 'only the engine next to native libraries for Python',
	site: 'only the built site',
	tokbench: "only huggingface/tokbench's benchmark",
	spark: 'only counting, by the command line alone and on Spark'
};
const USAGE = [
	`Usage: npm run bench -- [--quick] [--${Object.keys(PARTS).join(' | --')}]`,
	'  --quick   one round, fewer tokenizers',
	...Object.entries(PARTS).map(([part, what]) => `  --${part.padEnd(9)}${what}`),
	'  --fixtures FOLDER   corpora for --tokbench, in place of texts at hand'
].join('\n');

const flag = { type: 'boolean', default: false };
const options = {
	...{ quick: flag, ...mapValues(PARTS, () => flag) },
	fixtures: { type: 'string' }
};

export const main = program(USAGE, options, async ({ quick, fixtures, ...parts }) => {
	const only = Object.keys(PARTS).find((part) => parts[part]);
	const isMeasured = (part) => only === undefined || only === part;
	const rounds = quick ? 1 : 3;
	if (['native', 'train', 'tokbench'].some(isMeasured)) await prepare();
	const { model } = cpus()[0];
	console.log(
		`${model}, ${cpus().length} cores, Node ${process.versions.node}, ${rounds} round(s)\n`
	);
	if (isMeasured('cli')) await benchCommandLine({ rounds, quick });
	if (isMeasured('train')) await benchTraining({ rounds, quick });
	if (only === undefined) await benchEncoding({ rounds, quick });
	if (only === 'native') await benchNative({ rounds, quick });
	if (isMeasured('tokbench')) await benchTokbench(fixtures);
	if (isMeasured('site')) await benchSite({ rounds });
	if (only === 'spark') await withPackage(benchSpark);
	return figures.conclude();
});
