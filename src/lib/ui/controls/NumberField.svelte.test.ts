import { expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import NumberField from './NumberField.svelte';

async function mount(more: Record<string, unknown> = {}) {
	const onchange = vi.fn<(value: number | null) => void>();
	const screen = await render(NumberField, { label: 'rows', value: 5, onchange, ...more });
	return { ...screen, field: screen.getByLabelText('rows'), onchange };
}

it.each(['-5', '1.5', '11'])(
	'leaves %s in the field, describes the expected number and reports nothing',
	async (text) => {
		const { field, getByRole, onchange } = await mount({ min: 1, max: 10 });
		await userEvent.fill(field, text);
		await expect
			.element(getByRole('alert'))
			.toHaveTextContent('Enter a whole number from 1 to 10. Still using 5.');
		await expect.element(field).toHaveValue(Number(text));
		await expect.element(field).toHaveAttribute('aria-invalid', 'true');
		expect(onchange).not.toHaveBeenCalled();
		await userEvent.fill(field, '7');
		expect(onchange).toHaveBeenCalledExactlyOnceWith(7);
		expect(getByRole('alert').elements()).toEqual([]);
	}
);

it('waits until the field is left if required', async () => {
	const { field, onchange } = await mount({ when: 'left' });
	await userEvent.fill(field, '12');
	expect(onchange).not.toHaveBeenCalled();
	await userEvent.tab();
	expect(onchange).toHaveBeenCalledExactlyOnceWith(12);
});

it('accepts an empty field only if it is optional', async () => {
	const strict = await mount();
	await userEvent.fill(strict.field, '');
	expect(strict.onchange).not.toHaveBeenCalled();
	await strict.unmount();
	const { field, onchange } = await mount({ optional: true });
	await userEvent.fill(field, '');
	expect(onchange).toHaveBeenCalledExactlyOnceWith(null);
});

it('forgets the error when the value is set from outside', async () => {
	const { field, getByRole, rerender } = await mount();
	await userEvent.fill(field, '-1');
	await expect.element(getByRole('alert')).toBeVisible();
	await rerender({ value: 7 });
	await expect.element(field).toHaveValue(7);
	expect(getByRole('alert').elements()).toEqual([]);
});

it('accepts fractions if whole numbers are not required', async () => {
	const { field, onchange } = await mount({ whole: false });
	await userEvent.fill(field, '0.25');
	expect(onchange).toHaveBeenCalledExactlyOnceWith(0.25);
});
