import { expect, test } from '@playwright/test';
import { LabPage } from './lab-page';
import { perform } from './tasks/driver';
import { TASKS } from './tasks/tasks';

/** Actions of a task, of which reading the answer is one. */
const MAX_ACTIONS = 5;

for (const task of TASKS)
	test(`one can ${task.name}`, async ({ page }) => {
		expect(task.actions.length + 1).toBeLessThanOrEqual(task.maxActions ?? MAX_ACTIONS);
		await new LabPage(page).open();
		await perform(page, task);
	});
