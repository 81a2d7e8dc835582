import { Figures, numberOf, program, UsageError } from '../support/program';
import { randomFrom, SEED } from '../support/random-texts';
import { withSite } from '../support/site-browser';
import { BROKEN_DOWNLOADS } from './broken-downloads';
import { BROKEN_STORAGE } from './broken-storage';
import { Stage, type Fault } from './fault';
import { KILLED_WORKERS } from './killed-workers';
import { POISON_TOKENIZERS } from './poisons';
import { CLOSED_TABS, TWO_TABS } from './tabs';
import { TAMPERED_LINKS } from './tampered-links';

const FAULTS: readonly Fault[] = [
	...KILLED_WORKERS,
	BROKEN_DOWNLOADS,
	BROKEN_STORAGE,
	TWO_TABS,
	CLOSED_TABS,
	POISON_TOKENIZERS,
	TAMPERED_LINKS
];

const USAGE = `Usage: npm run test:faults -- [options]
Breaks workers, downloads, storage, links and tabs of the built site in a browser. The exit code is 1 if an outcome is wrong
or a target is missed.
  --only WORDS   faults with these words in their names: ${FAULTS.map(({ name }) => name).join(', ')}
  --count N      cases of each fault
  --seed N       other cases of the same kinds`;

async function measure(fault: Fault, stage: Stage, seed: number, count: number, figures: Figures) {
	const { name, target, maxMs = Infinity } = fault;
	let [cases, right, slowestMs] = [0, 0, 0];
	for await (const { name: tried, problem, ms } of fault.run(stage, randomFrom(seed), count)) {
		cases++;
		if (problem === null) right++;
		const late = (ms ?? 0) > maxMs ? `${ms} ms` : null;
		if (problem ?? late) console.error(`${name}: ${tried}: ${problem ?? late}`);
		slowestMs = Math.max(slowestMs, ms ?? 0);
	}
	const slowest = fault.maxMs === undefined ? '' : `, slowest ${(slowestMs / 1000).toFixed(1)} s`;
	const isMet = right === cases && slowestMs <= maxMs;
	figures.note(name, `${right} of ${cases} right${slowest}`, target, isMet);
}

const options = {
	only: { type: 'string', default: '' },
	seed: { type: 'string', default: String(SEED) },
	count: { type: 'string' }
} as const;

export const main = program(USAGE, options, async ({ only, seed, count }) => {
	const faults = FAULTS.filter(({ name }) => name.includes(only));
	if (faults.length === 0)
		throw new UsageError(`got --only ${JSON.stringify(only)}, expected a part of a fault's name`);
	const number = count === undefined ? null : numberOf('--count', count, 1);
	const random = numberOf('--seed', seed);
	const figures = new Figures();
	await withSite(async (browser, site) => {
		const stage = new Stage(browser, site);
		for (const fault of faults) await measure(fault, stage, random, number ?? fault.count, figures);
	});
	return figures.conclude();
});
