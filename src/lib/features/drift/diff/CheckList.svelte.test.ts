import { createRawSnippet } from 'svelte';
import { describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { CheckId, DriftCheck } from '../../../drift/types';
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
	render(CheckList, {
		checks: CHECKS,
		running: [],
		drifts: true,
		detail,
		view: new DiffView(),
		...more
	});

describe('CheckList', () => {
	it('opens checks that fail, closes those not run, and folds those that pass', async () => {
		const { getByText, container } = await mount();
		await expect.element(getByText('list of config')).toBeVisible();
		expect(container.textContent).not.toContain('list of damage');
		await expect.element(getByText('embedding says')).not.toBeVisible();
		await userEvent.click(getByText('1 check did not see it: embedding'));
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

	it('says in words what each check found', async () => {
		const { container, rerender } = await mount();
		const words = () =>
			[...container.querySelectorAll('summary .state')].map(({ textContent }) => textContent);
		expect(words()).toEqual(['● found it', '– not run', '○ did not see it']);
		await rerender({ running: ['damage'] });
		expect(words()[1]).toBe('… running');
		await rerender({ running: [], unfinished: ['damage', 'config'] });
		expect(words().slice(0, 2)).toEqual(['● found it', '? not completed']);
	});

	it('says that checks pass if there is nothing to see', async () => {
		const checks = CHECKS.filter(({ status }) => status === 'pass');
		const { container } = await mount({ checks, drifts: false });
		expect(container.querySelector('summary')?.textContent).toBe('1 check passes: embedding');
		expect(container.textContent).toContain('○ no change');
	});
});

describe('Verdict', () => {
	it('shows a sign, a word and a reason, with the hook for scripts', async () => {
		const { getByTestId, rerender } = await render(Verdict, {
			verdict: 'silent',
			headline: 'Ids move.',
			stage: 'final',
			isCurrent: true
		});
		await expect.element(getByTestId('verdict')).toHaveAttribute('data-verdict', 'silent');
		await expect
			.element(getByTestId('verdict'))
			.toHaveTextContent('! Silently different No. Ids move.');
		await rerender({ verdict: 'formatting-only' });
		await expect
			.element(getByTestId('verdict'))
			.toHaveTextContent('≡ Formatting only Yes. Ids move.');
	});

	it.each([
		['running', '… So far No difference in 9 inputs.'],
		['unfinished', '– Not finished No difference in 9 inputs.']
	] as const)('is neither green nor a Yes while checks are %s', async (stage, shown) => {
		const { getByTestId, container } = await render(Verdict, {
			...{ verdict: 'harmless', stage, isCurrent: true },
			headline: 'No difference in 9 inputs.'
		});
		await expect.element(getByTestId('verdict')).toHaveTextContent(shown);
		await expect.element(getByTestId('verdict')).not.toHaveAttribute('data-verdict');
		expect(container.querySelector('.good')).toBeNull();
		expect(container.textContent).not.toContain('Yes');
	});
});
