import { expect, test } from '@playwright/test';
import { LabPage } from './lab-page';
import { lookAgain, perform } from './tasks/driver';
import { TASKS } from './tasks/tasks';

/** Actions of a task, of which reading the answer is one. */
const MAX_ACTIONS = 5;

for (const task of TASKS)
	test(`one can ${task.name}`, async ({ page, browser }) => {
		expect(task.actions.length + 1).toBeLessThanOrEqual(task.maxActions ?? MAX_ACTIONS);
		await new LabPage(page).open();
		await perform(page, task);
		if (!task.isShared) return;
		// All of it comes into the address after a moment: what is shown, and the text.
		await expect(page).toHaveURL(/=bytes.*#/);
		const context = await browser.newContext();
		await lookAgain(await context.newPage(), page.url(), task);
		await context.close();
	});
