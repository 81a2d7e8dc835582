import { createRawSnippet } from 'svelte';
import { describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { CheckId, DriftCheck } from '../../../drift/types';
import Caught from './Caught.svelte';
import CheckList from './CheckList.svelte';
import Verdict from './Verdict.svelte';

const IDS: readonly CheckId[] = ['embedding', 'config', 'damage'];
const names = Object.fromEntries(
	IDS.map((id) => [id, { name: id, asks: `${id}?` }])
) as unknown as Record<CheckId, { name: string; asks: string }>;
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
const props = { checks: CHECKS, names, running: [], detail };

describe('CheckList', () => {
	it('shows what fails open, what was not run closed, and folds what passes', async () => {
		const { getByText, container } = await render(CheckList, props);
		await expect.element(getByText('list of config')).toBeVisible();
		expect(container.textContent).not.toContain('list of damage');
		await expect.element(getByText('embedding says')).not.toBeVisible();
		await userEvent.click(getByText('1 check passes'));
		await expect.element(getByText('embedding says')).toBeVisible();
	});

	it('opens and closes by hand, and keeps that when an answer arrives', async () => {
		const { getByText, rerender, container } = await render(CheckList, props);
		await userEvent.click(getByText('config says'));
		await expect.element(getByText('config more')).not.toBeVisible();
		await userEvent.click(getByText('damage says'));
		await expect.element(getByText('list of damage')).toBeVisible();
		await rerender({ checks: [CHECKS[0], CHECKS[1], check('damage', 'fail')] });
		await expect.element(getByText('list of damage')).toBeVisible();
		expect(container.textContent).not.toContain('list of config');
	});

	it('says which check is being made', async () => {
		const { getByText } = await render(CheckList, { ...props, running: ['damage'] });
		await expect.element(getByText('Being checked …')).toBeVisible();
	});

	it('tells each status in words too', async () => {
		const { container } = await render(CheckList, props);
		const words = [...container.querySelectorAll('summary .visually-hidden')].map(
			({ textContent }) => textContent
		);
		expect(words).toEqual(['fails:', 'not run:', 'passes:']);
	});
});

describe('Caught', () => {
	it('lists which checks catch a change and which miss it', async () => {
		const { container } = await render(Caught, {
			checks: CHECKS,
			names,
			running: ['damage'],
			drifts: true
		});
		expect(container.textContent?.replace(/\s+/g, ' ').trim()).toBe(
			'✗ caught by: config ✓ missed by: embedding … running: damage'
		);
	});
});

it('says that there is nothing to catch where nothing changes', async () => {
	const checks = CHECKS.filter(({ status }) => status === 'pass');
	const props = { checks, names, running: [], drifts: false };
	const { container } = await render(Caught, props);
	expect(container.textContent).toContain('Nothing changes, so there is nothing to catch.');
	expect(container.textContent).not.toContain('missed');
});

describe('Verdict', () => {
	it('is one word, a sign and a reason, with the hook for scripts', async () => {
		const { getByTestId, rerender } = await render(Verdict, {
			verdict: 'silent',
			headline: 'Ids move.'
		});
		await expect.element(getByTestId('verdict')).toHaveAttribute('data-verdict', 'silent');
		await expect.element(getByTestId('verdict')).toHaveTextContent('≠Silent Ids move.');
		await rerender({ verdict: 'formatting-only', preliminary: true });
		await expect
			.element(getByTestId('verdict'))
			.toHaveTextContent('≡Formatting only Ids move. Checks are still running.');
	});
});
