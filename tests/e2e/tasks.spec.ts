import { expect, test } from '@playwright/test';
import { LabPage } from './lab-page';
import { lookAgain, perform } from './tasks/driver';
import { TASKS } from './tasks/tasks';

const MAX_ACTIONS = 4;
const MAX_TRAINING_ACTIONS = 7;

for (const task of TASKS)
	test(`one can ${task.name}`, async ({ page, browser }) => {
		const limit = task.name.startsWith('train') ? MAX_TRAINING_ACTIONS : MAX_ACTIONS;
		expect(task.actions.length).toBeLessThanOrEqual(limit);
		await new LabPage(page).open();
		await perform(page, task);
		if (!task.isShared) return;
		await expect(page).toHaveURL(/#/);
		const context = await browser.newContext();
		await lookAgain(await context.newPage(), page.url(), task);
		await context.close();
	});
