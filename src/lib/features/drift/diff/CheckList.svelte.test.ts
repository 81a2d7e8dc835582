import { createRawSnippet } from 'svelte';
import { expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { CheckId, DriftCheck } from '../../../drift/types';
import CheckList from './CheckList.svelte';

const check = (id: CheckId, status: DriftCheck['status']): DriftCheck => ({
	id,
	status,
	severity: status === 'fail' ? 'silent' : null,
	sentence: `${id} says`,
	details: [`${id} more`]
});
const CHECKS = [check('embedding', 'pass'), check('config', 'fail'), check('damage', 'open')];
const detail = createRawSnippet((id: () => CheckId) => ({
	render: () => `<p>list of ${id()}</p>`
}));
const mount = (more: object = {}) =>
	render(CheckList, { checks: CHECKS, running: [], drifts: true, detail, ...more });

it('lists what fails first, and shows the findings of a check once it is opened', async () => {
	const { getByText, container, rerender } = await mount();
	const order = [...container.querySelectorAll<HTMLElement>('[data-check]')];
	expect(order.map(({ dataset }) => dataset.check)).toEqual(['config', 'damage', 'embedding']);
	expect(container.textContent).not.toContain('list of');
	await userEvent.click(getByText('damage says'));
	await expect.element(getByText('list of damage')).toBeVisible();
	await rerender({ checks: [CHECKS[0], CHECKS[1], check('damage', 'fail')] });
	await expect.element(getByText('list of damage')).toBeVisible();
});

it('says in words what each check found', async () => {
	const { container, getByText, rerender } = await mount();
	const words = () =>
		[...container.querySelectorAll('summary .state')].map(({ textContent }) => textContent);
	expect(words()).toEqual(['● found it', '– not run', '○ found nothing']);
	await rerender({ running: ['damage'] });
	expect(words()[1]).toBe('… running');
	await expect.element(getByText('Running…')).toBeVisible();
	await rerender({ running: [], unfinished: ['damage', 'config'] });
	expect(words().slice(0, 2)).toEqual(['● found it', '? not completed']);
	await rerender({ checks: [CHECKS[0]], drifts: false });
	expect(words()).toEqual(['○ no change']);
});
