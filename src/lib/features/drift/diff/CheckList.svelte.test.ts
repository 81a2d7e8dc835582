import { createRawSnippet } from 'svelte';
import { expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { CheckId, DriftCheck } from '../../../drift/types';
import CheckList from './CheckList.svelte';
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
	render(CheckList, { checks: CHECKS, running: [], drifts: true, detail, ...more });

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

it('says in words what each check found', async () => {
	const { container, getByText, rerender } = await mount();
	const words = () =>
		[...container.querySelectorAll('summary .state')].map(({ textContent }) => textContent);
	expect(words()).toEqual(['● found it', '– not run', '○ did not see it']);
	await rerender({ running: ['damage'] });
	expect(words()[1]).toBe('… running');
	await expect.element(getByText('Running …')).toBeVisible();
	await rerender({ running: [], unfinished: ['damage', 'config'] });
	expect(words().slice(0, 2)).toEqual(['● found it', '? not completed']);
	await rerender({ checks: [CHECKS[0]], drifts: false });
	expect(container.querySelector('summary')?.textContent).toBe('1 check passes: embedding');
	expect(container.textContent).toContain('○ no change');
});

it.each([
	['silent', 'final', '! Silently different No. Ids move.'],
	['formatting-only', 'final', '≡ Formatting only Yes. Ids move.'],
	// Neither green nor a Yes.
	['harmless', 'running', '… So far Ids move.'],
	['harmless', 'unfinished', '– Not finished Ids move.']
] as const)('shows a verdict in words: %s, %s', async (verdict, stage, shown) => {
	const props = { verdict, stage, headline: 'Ids move.', isCurrent: true };
	const { getByTestId, container } = await render(Verdict, props);
	await expect.element(getByTestId('verdict')).toHaveTextContent(shown);
	const isFinal = stage === 'final';
	expect(container.querySelector('[data-verdict]') !== null).toBe(isFinal);
	expect(container.querySelector('.good') !== null).toBe(verdict === 'formatting-only');
	if (isFinal)
		await expect.element(getByTestId('verdict')).toHaveAttribute('data-verdict', verdict);
});
