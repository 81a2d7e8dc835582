import { tick } from 'svelte';
import { expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import CurveChart from './CurveChart.svelte';

const VALUES = Float64Array.from({ length: 1001 }, (_, k) => 50_000 - 20 * k);

async function mount(more: Record<string, unknown> = {}) {
	const onstep = vi.fn<(step: number) => void>();
	const screen = await render(CurveChart, {
		values: VALUES,
		step: 250,
		title: 'Tokens left',
		unit: 'tokens',
		steps: 'merges',
		onstep,
		...more
	});
	screen.container.style.width = '500px';
	// The width arrives with the next frames.
	await vi.waitFor(() => expect(svg().getBoundingClientRect().width).toBe(500));
	function svg(): SVGElement {
		const element = screen.container.querySelector('svg');
		if (!element) throw new Error('no svg');
		return element;
	}
	const press = (type: string, x: number) => {
		const { left, top } = svg().getBoundingClientRect();
		const at = { clientX: left + x, clientY: top + 60, bubbles: true, button: 0, pointerId: 1 };
		svg().dispatchEvent(new PointerEvent(type, at));
	};
	return { ...screen, onstep, svg, press };
}

it('describes the curve, and shows the value at the step', async () => {
	const { svg, container, rerender } = await mount();
	expect(svg().getAttribute('aria-label')).toBe(
		'Tokens left: 50,000 tokens at step 0, 30,000 tokens after 1,000 merges, 45,000 tokens after 250.'
	);
	expect(container.querySelector('.value')?.textContent).toBe('45,000 tokens');
	await rerender({ step: 1000 });
	await tick();
	expect(container.querySelector('.value')?.textContent).toBe('30,000 tokens');
});

it('hides the values after the step on demand', async () => {
	const { svg, container } = await mount({ hidesLater: true });
	expect(svg().outerHTML).not.toMatch(/30,000|1,000</);
	const path = container.querySelector<SVGPathElement>('path');
	const marker = container.querySelector('.marker');
	const end = path?.getPointAtLength(path.getTotalLength());
	expect(end?.x).toBeCloseTo(Number(marker?.getAttribute('x1')), 0);
});

it('goes to the step that is pressed, ends included, and follows a drag but no other move', async () => {
	const { svg, press, onstep } = await mount();
	// No real pointer, so there is none to capture.
	svg().setPointerCapture = () => undefined;
	press('pointermove', 267);
	for (const x of [46, 488, 267, 2]) press('pointerdown', x);
	svg().hasPointerCapture = () => true;
	press('pointermove', 267);
	expect(onstep.mock.calls).toEqual([[0], [1000], [500], [0], [500]]);
});

it.each([[[]], [[7]]])('draws no NaN for the values %j', async (values) => {
	const { svg } = await mount({ values: Float64Array.from(values), step: 0 });
	expect(svg().outerHTML).not.toContain('NaN');
});
