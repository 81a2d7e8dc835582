import { createRawSnippet } from 'svelte';
import { describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { CheckId, DriftCheck } from '../../../drift/types';
import Caught from './Caught.svelte';
import CheckList from './CheckList.svelte';
import { DiffView } from './view.svelte';
import Verdict from './Verdict.svelte';

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
	render(CheckList, { checks: CHECKS, running: [], detail, view: new DiffView(), ...more });

describe('CheckList', () => {
	it('opens checks that fail, closes those not run, and folds those that pass', async () => {
		const { getByText, container } = await mount();
		await expect.element(getByText('list of config')).toBeVisible();
		expect(container.textContent).not.toContain('list of damage');
		await expect.element(getByText('embedding says')).not.toBeVisible();
		await userEvent.click(getByText('1 check passes'));
		await expect.element(getByText('embedding says')).toBeVisible();
	});

	it('keeps a check as the user opened or closed it when an answer arrives', async () => {
		const { getByText, rerender, container } = await mount();
		await userEvent.click(getByText('config says'));
		await expect.element(getByText('config more')).not.toBeVisible();
		await userEvent.click(getByText('damage says'));
		await expect.element(getByText('list of damage')).toBeVisible();
		await rerender({ checks: [CHECKS[0], CHECKS[1], check('damage', 'fail')] });
		await expect.element(getByText('list of damage')).toBeVisible();
		expect(container.textContent).not.toContain('list of config');
	});

	it('names the check that is running', async () => {
		const { getByText } = await mount({ running: ['damage'] });
		await expect.element(getByText('Running …')).toBeVisible();
	});

	it('names each status for screen readers', async () => {
		const { container } = await mount();
		const names = [...container.querySelectorAll('summary .visually-hidden')].map(
			({ textContent }) => textContent
		);
		expect(names).toEqual(['fails:', 'not run:', 'passes:']);
	});
});

describe('Caught', () => {
	it('lists which checks catch a change and which miss it', async () => {
		const { container } = await render(Caught, {
			checks: CHECKS,
			running: ['damage'],
			drifts: true
		});
		expect(container.textContent?.replace(/\s+/g, ' ').trim()).toBe(
			'✗ caught by: configuration ✓ missed by: embedding … running: damage'
		);
	});
});

it('says that there is nothing to catch if nothing changes', async () => {
	const checks = CHECKS.filter(({ status }) => status === 'pass');
	const { container } = await render(Caught, { checks, running: [], drifts: false });
	expect(container.textContent).toContain('Nothing changes, so there is nothing to catch.');
	expect(container.textContent).not.toContain('missed');
});

describe('Verdict', () => {
	it('shows a sign, a word and a reason, with the hook for scripts', async () => {
		const { getByTestId, rerender } = await render(Verdict, {
			verdict: 'silent',
			headline: 'Ids move.',
			preliminary: false
		});
		await expect.element(getByTestId('verdict')).toHaveAttribute('data-verdict', 'silent');
		await expect.element(getByTestId('verdict')).toHaveTextContent('≠Silent Ids move.');
		await rerender({ verdict: 'formatting-only', preliminary: true });
		await expect
			.element(getByTestId('verdict'))
			.toHaveTextContent('≡Formatting only Ids move. Checks are still running.');
	});
});
