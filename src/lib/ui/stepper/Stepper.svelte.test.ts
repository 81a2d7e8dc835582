import { tick } from 'svelte';
import { afterEach, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import Stepper from './Stepper.svelte';

/** A clock that the test advances. */
function handClock() {
	let waiting: ((time: number) => void) | null = null;
	let now = 0;
	vi.spyOn(window, 'requestAnimationFrame').mockImplementation((callback) => {
		waiting = callback;
		return 1;
	});
	vi.spyOn(window, 'cancelAnimationFrame').mockImplementation(() => (waiting = null));
	return {
		running: () => waiting !== null,
		frame: async (ms: number) => {
			now += ms;
			const callback = waiting;
			waiting = null;
			callback?.(now);
			await tick();
		}
	};
}

afterEach(() => vi.restoreAllMocks());

async function mount({ step = 0, last = 100, ...more }: Record<string, unknown> = {}) {
	const { running, frame } = handClock();
	const steps: number[] = [];
	const onstep = (to: number) => {
		steps.push(to);
		void screen.rerender({ step: to, announcement: `Merge ${to}` });
	};
	const props = { step, last, onstep, announcement: `Merge ${String(step)}`, ...more };
	const screen = await render(Stepper, props as never);
	const find = <E extends Element>(selector: string, type: new () => E): E => {
		const element = screen.container.querySelector(selector);
		if (!(element instanceof type)) throw new Error(`no ${selector}`);
		return element;
	};
	return {
		...screen,
		steps,
		running,
		frame,
		slider: find('[data-testid=step]', HTMLInputElement),
		field: find('input[type=number]', HTMLInputElement),
		live: () => find('[aria-live=polite]', HTMLElement).textContent,
		button: (name: string) => find(`button[aria-label=${name}]`, HTMLButtonElement)
	};
}

it('moves by its buttons, stays within 0 and the last, and keeps the focus on a disabled one', async () => {
	const { steps, button } = await mount({ step: 99 });
	for (const name of ['Forward', 'Forward', 'Back']) {
		button(name).click();
		await tick();
	}
	await userEvent.click(button('Forward'));
	expect(steps).toEqual([100, 99, 100]);
	expect(document.activeElement).toBe(button('Forward'));
	expect(button('Forward').getAttribute('aria-disabled')).toBe('true');
});

it('moves by 1 with the arrows, by 10 with Shift, to the ends with Home and End', async () => {
	const { steps, slider, button } = await mount({ step: 50 });
	slider.focus();
	await userEvent.keyboard('{ArrowRight}{Shift>}{ArrowRight}{ArrowLeft}{/Shift}{ArrowLeft}');
	expect(steps).toEqual([51, 61, 51, 50]);
	button('Back').focus();
	await userEvent.keyboard('{End}{Home}{ArrowLeft}{ArrowRight}');
	expect(steps.slice(4)).toEqual([100, 0, 1]);
});

it('reports every step of the slider', async () => {
	const { steps, slider } = await mount();
	for (const value of ['3', '7', '20']) {
		slider.value = value;
		slider.dispatchEvent(new InputEvent('input', { bubbles: true }));
		await tick();
	}
	expect(steps).toEqual([3, 7, 20]);
	expect(slider.dataset.step).toBe('20');
});

it('accepts a typed number on Enter, clamps it, and restores the step after nonsense', async () => {
	const { steps, field } = await mount({ step: 5 });
	await userEvent.fill(field, '42');
	expect(steps).toEqual([]);
	await userEvent.keyboard('{Enter}');
	expect(steps).toEqual([42]);
	await userEvent.fill(field, '4000');
	await userEvent.keyboard('{Enter}');
	expect(steps).toEqual([42, 100]);
	await userEvent.fill(field, '');
	await userEvent.tab();
	expect([steps, field.value]).toEqual([[42, 100], '100']);
});

it('plays by elapsed time, stops at the last step, and plays again from the beginning', async () => {
	const { steps, button, frame, running } = await mount({ step: 97 });
	await userEvent.click(button('Play'));
	await frame(0);
	await frame(125);
	expect(steps).toEqual([]);
	for (const ms of [125, 250, 250]) await frame(ms);
	expect(steps).toEqual([98, 99, 100]);
	expect(running()).toBe(false);
	await userEvent.click(button('Play'));
	expect(steps.at(-1)).toBe(0);
});

it('toggles once with Space, on a button and on the slider', async () => {
	const { slider, button, running } = await mount();
	button('Play').focus();
	await userEvent.keyboard(' ');
	expect(running()).toBe(true);
	slider.focus();
	await userEvent.keyboard(' ');
	expect(running()).toBe(false);
	await userEvent.keyboard(' ');
	expect(running()).toBe(true);
	await userEvent.keyboard('{ArrowRight}');
	expect(running()).toBe(false);
});

it('announces the step when it rests, and at slow speed', async () => {
	const { live, button, frame, rerender, steps } = await mount();
	await userEvent.click(button('Forward'));
	await vi.waitFor(() => expect(live()).toBe('Merge 1'));
	await userEvent.click(button('Play'));
	await frame(0);
	await frame(250);
	expect(live()).toBe('Merge 1');
	await userEvent.click(button('Pause'));
	await vi.waitFor(() => expect(live()).toBe('Merge 2'));
	await rerender({ speed: 'slow' });
	await userEvent.click(button('Play'));
	await frame(0);
	for (let quarter = 0; quarter < 4; quarter++) await frame(250);
	expect(steps).toEqual([1, 2, 3]);
	await vi.waitFor(() => expect(live()).toBe('Merge 3'));
});

it('is disabled without steps', async () => {
	const { slider, field, button } = await mount({ last: 0 });
	for (const { disabled } of [slider, field, button('Play'), button('Forward')])
		expect(disabled).toBe(true);
});
