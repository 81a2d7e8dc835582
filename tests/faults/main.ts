/**
 * `npm run test:faults -- [--only words] [--seed number] [--count number]`: breaks workers, downloads, storage, links and
 * tabs of the built site in a browser, and prints a table. Exit code 1 if an outcome is wrong or a target is missed.
 */
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { findChromium } from '../support/chromium.js';
import { randomFrom, SEED } from '../support/random-texts';
import { serve } from '../support/static-server.js';
import { FAULTS } from './all';
import { Stage, type Fault } from './fault';

interface Row {
	readonly fault: Fault;
	readonly cases: number;
	readonly right: number;
	readonly slowestMs: number;
}

const isMet = ({ fault, cases, right, slowestMs }: Row): boolean =>
	right === cases && (fault.maxMs === null || slowestMs <= fault.maxMs);

async function measure(fault: Fault, stage: Stage, seed: number, count: number): Promise<Row> {
	let [cases, right, slowestMs] = [0, 0, 0];
	for await (const { name, problem, ms } of fault.run(stage, randomFrom(seed), count)) {
		cases++;
		if (problem === null) right++;
		else console.error(`${fault.name}: ${name}: ${problem}`);
		if (ms !== null && fault.maxMs !== null && ms > fault.maxMs)
			console.error(`${fault.name}: ${name}: ${(ms / 1000).toFixed(1)} s`);
		slowestMs = Math.max(slowestMs, ms ?? 0);
	}
	return { fault, cases, right, slowestMs };
}

function line(cells: readonly string[]): string {
	const widths = [44, 7, 7, 9, 40];
	return cells
		.map((cell, i) => (i === 0 || i > 3 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i])))
		.join('  ');
}

export async function main(words: readonly string[]): Promise<number> {
	const { values } = parseArgs({
		args: [...words],
		options: {
			only: { type: 'string', default: '' },
			seed: { type: 'string', default: String(SEED) },
			count: { type: 'string' }
		}
	});
	const faults = FAULTS.filter(({ name }) => name.includes(values.only));
	if (faults.length === 0) {
		const names = FAULTS.map(({ name }) => name).join(', ');
		console.error(`got --only ${JSON.stringify(values.only)}, expected a part of one of: ${names}`);
		return 2;
	}
	const server = await serve('build');
	const browser = await chromium.launch(await findChromium());
	let isAllMet = true;
	try {
		console.log(line(['fault', 'cases', 'right', 'slowest', 'target', 'met']));
		for (const fault of faults) {
			const stage = new Stage(browser, server.url);
			const row = await measure(
				fault,
				stage,
				Number(values.seed),
				Number(values.count ?? fault.counts[0])
			);
			isAllMet &&= isMet(row);
			console.log(
				line([
					fault.name,
					String(row.cases),
					String(row.right),
					fault.maxMs === null ? '' : `${(row.slowestMs / 1000).toFixed(1)} s`,
					fault.target,
					isMet(row) ? 'met' : 'missed'
				])
			);
		}
	} finally {
		await browser.close();
		await server.close();
	}
	return isAllMet ? 0 : 1;
}
