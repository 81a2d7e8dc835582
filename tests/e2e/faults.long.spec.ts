import { expect, test } from '@playwright/test';
import { FAULTS } from '../faults/all';
import { PATIENCE_MS, Stage, type Outcome } from '../faults/fault';
import { randomFrom, SEED } from '../support/random-texts';

/** A few cases of each row of `npm run test:faults`, which also measures how long they take. */
for (const fault of FAULTS) {
	test(`comes out right: ${fault.name}`, async ({ browser, baseURL }) => {
		const [, few] = fault.counts;
		test.setTimeout(PATIENCE_MS * (few + 4));
		const outcomes: Outcome[] = [];
		const stage = new Stage(browser, baseURL ?? '');
		for await (const outcome of fault.run(stage, randomFrom(SEED), few)) outcomes.push(outcome);
		expect(outcomes.length).toBeGreaterThanOrEqual(few);
		expect(outcomes.filter(({ problem }) => problem !== null)).toEqual([]);
	});
}
