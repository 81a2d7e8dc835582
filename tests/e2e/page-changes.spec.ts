import { expect, test } from '@playwright/test';
import { Visitor } from '../memory/visitor';

/** Page changes that reach every page twice. */
const CHANGES = 18;

test('page changes leave no nodes and no listeners behind', async ({ page, baseURL }) => {
	test.setTimeout(300_000);
	const visitor = new Visitor(page, baseURL ?? '');
	const devtools = await page.context().newCDPSession(page);
	await devtools.send('Performance.enable');
	const held = async () => {
		await visitor.changePages(CHANGES);
		// It has nothing that loads later.
		await visitor.goTo('about/');
		for (let round = 0; round < 3; round++) await devtools.send('HeapProfiler.collectGarbage');
		const { metrics } = await devtools.send('Performance.getMetrics');
		return metrics.filter(({ name }) => ['Nodes', 'JSEventListeners', 'Documents'].includes(name));
	};
	await visitor.open();
	const first = await held();
	await held();
	expect(await held()).toEqual(first);
});
