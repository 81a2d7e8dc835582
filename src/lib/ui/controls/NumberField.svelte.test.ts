import { describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import NumberField from './NumberField.svelte';

async function mount(more: Record<string, unknown> = {}) {
	const onchange = vi.fn<(value: number | null) => void>();
	const screen = await render(NumberField, { label: 'rows', value: 5, onchange, ...more });
	return { ...screen, field: screen.getByLabelText('rows'), onchange };
}

describe('NumberField', () => {
	it.each(['-5', '1.5', '11'])(
		'leaves %s in the field, says what it expected and hands nothing on',
		async (text) => {
			const { field, getByRole, onchange } = await mount({ min: 1, max: 10 });
			await userEvent.fill(field, text);
			await expect
				.element(getByRole('alert'))
				.toHaveTextContent('expected a whole number from 1 to 10; 5 still counts');
			await expect.element(field).toHaveValue(Number(text));
			await expect.element(field).toHaveAttribute('aria-invalid', 'true');
			expect(onchange).not.toHaveBeenCalled();
			await userEvent.fill(field, '7');
			expect(onchange).toHaveBeenCalledExactlyOnceWith(7);
			expect(getByRole('alert').elements()).toEqual([]);
		}
	);

	it('waits until the field is left where that is asked for', async () => {
		const { field, onchange } = await mount({ when: 'left' });
		await userEvent.fill(field, '12');
		expect(onchange).not.toHaveBeenCalled();
		await userEvent.tab();
		expect(onchange).toHaveBeenCalledExactlyOnceWith(12);
	});

	it('takes nothing for an answer only where it is one', async () => {
		const strict = await mount();
		await userEvent.fill(strict.field, '');
		expect(strict.onchange).not.toHaveBeenCalled();
		await strict.unmount();
		const { field, onchange } = await mount({ optional: true });
		await userEvent.fill(field, '');
		expect(onchange).toHaveBeenCalledExactlyOnceWith(null);
	});

	it('forgets what was wrong once the value comes from elsewhere', async () => {
		const { field, getByRole, rerender } = await mount();
		await userEvent.fill(field, '-1');
		await expect.element(getByRole('alert')).toBeVisible();
		await rerender({ value: 7 });
		await expect.element(field).toHaveValue(7);
		expect(getByRole('alert').elements()).toEqual([]);
	});

	it('takes parts of one where whole numbers are not asked for', async () => {
		const { field, onchange } = await mount({ whole: false });
		await userEvent.fill(field, '0.25');
		expect(onchange).toHaveBeenCalledExactlyOnceWith(0.25);
	});
});
