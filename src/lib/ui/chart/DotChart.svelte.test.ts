import { tick } from 'svelte';
import { expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import DotChart from './DotChart.svelte';

const ROWS = [
	{
		key: 'mya',
		label: 'Burmese',
		note: { text: 'မြန်မာ', lang: 'my', dir: 'ltr' as const },
		values: [16, 4]
	},
	{ key: 'tur', label: 'Turkish', note: null, values: [2, null] },
	{ key: 'eng', label: 'English', note: null, values: [1, 1] }
];
const SERIES = [
	{ id: 'a', name: 'cl100k_base' },
	{ id: 'b', name: 'o200k_base' }
];
/** Four octaves. */
const LOG = {
	at: (ratio: number) => Math.log2(ratio) / 4,
	ticks: [1, 2, 4, 8, 16].map((ratio) => ({ ratio, at: Math.log2(ratio) / 4 }))
};
const LINEAR = {
	at: (ratio: number) => ratio / 16,
	ticks: [0, 8, 16].map((ratio) => ({ ratio, at: ratio / 16 }))
};

async function mount(more: Record<string, unknown> = {}, width = 900) {
	const onchoose = vi.fn<(key: string, isClicked: boolean) => void>();
	const onsort = vi.fn<(series: number) => void>();
	const screen = await render(DotChart, {
		rows: ROWS,
		series: SERIES,
		scale: LOG,
		chosen: 'tur',
		label: 'Languages',
		title: 'Each line is double the last.',
		sorted: 0,
		onchoose,
		onsort,
		absence: 'dropped in part',
		...more
	});
	screen.container.style.width = `${width}px`;
	const find = (selector: string) => [...screen.container.querySelectorAll<HTMLElement>(selector)];
	const mark = (language: string, tokenizer: string) =>
		find(`[data-language="${language}"][data-tokenizer="${tokenizer}"]`)[0];
	/** Position of a mark's centre, as a share of its axis. */
	const place = (language: string, tokenizer: string) => {
		const element = mark(language, tokenizer);
		const plot = element.parentElement?.getBoundingClientRect();
		const { left, width: size } = element.getBoundingClientRect();
		return plot ? (left + size / 2 - plot.left) / plot.width : NaN;
	};
	const list = () => find('[role="listbox"]')[0];
	const press = (key: string) => {
		list().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
	};
	return { ...screen, find, mark, place, list, press, onchoose, onsort };
}

it('puts a mark where its axis has the value', async () => {
	const { place, rerender, mark } = await mount();
	expect(place('mya', 'a')).toBeCloseTo(1, 2);
	expect(place('mya', 'b')).toBeCloseTo(0.5, 2);
	expect(place('tur', 'a')).toBeCloseTo(0.25, 2);
	expect(place('eng', 'a')).toBeCloseTo(0, 2);
	expect(mark('mya', 'b').dataset.ratio).toBe('4');
	await rerender({ scale: LINEAR });
	await tick();
	expect(place('mya', 'b')).toBeCloseTo(0.25, 2);
	expect(place('eng', 'a')).toBeCloseTo(1 / 16, 2);
});

it.each([2, 3])('says what the axis of %i series means', async (count) => {
	const { container } = await mount({
		series: [...SERIES, { id: 'c', name: 'c' }].slice(0, count)
	});
	expect(container.textContent.split('Each line is double the last.')).toHaveLength(2);
});

it('labels equal marks once and omits unknown values', async () => {
	const { find, mark } = await mount();
	expect(mark('tur', 'b')).toBeUndefined();
	expect(
		find('.row').map((row) => [...row.querySelectorAll('b')].map((b) => b.textContent))
	).toEqual([['16.0', '4.00'], ['2.00'], ['1.00']]);
	expect(find('[role="option"]').map((row) => row.getAttribute('aria-label'))).toEqual([
		'Burmese: cl100k_base 16.0 times, o200k_base 4.00 times',
		'Turkish: cl100k_base 2.00 times, o200k_base not measured',
		'English: cl100k_base 1.00 times, o200k_base 1.00 times'
	]);
});

it('has labels that do not overlap, even at 320 px', async () => {
	const { find } = await mount({}, 320);
	const boxes = find('.row').map((row) =>
		[...row.querySelectorAll('b, .label')].map((element) => element.getBoundingClientRect())
	);
	const pairs = boxes.flatMap((row) => row.flatMap((a, i) => row.slice(i + 1).map((b) => [a, b])));
	for (const [a, b] of pairs)
		expect(a.right <= b.left || b.right <= a.left || a.bottom <= b.top + 4).toBe(true);
	const [chart] = find('.scroll');
	expect(chart.scrollWidth).toBeLessThanOrEqual(chart.clientWidth);
});

it('gives three series an axis each, and a line each on narrow pages', async () => {
	const three = {
		series: [...SERIES, { id: 'c', name: 'gemma3' }],
		rows: [{ key: 'tur', label: 'Turkish', note: null, values: [2, 4, 8] }]
	};
	const linesOf = ({ find }: Awaited<ReturnType<typeof mount>>) =>
		new Set(find('.plot').map((plot) => plot.getBoundingClientRect().top)).size;
	const wide = await mount(three);
	expect(linesOf(wide)).toBe(1);
	['a', 'b', 'c'].forEach((id, i) => expect(wide.place('tur', id)).toBeCloseTo((i + 1) / 4, 2));
	await wide.unmount();
	expect(linesOf(await mount(three, 340))).toBe(3);
});

it('chooses the row that a key moves to, and a clicked one, and sorts by a clicked series', async () => {
	const { list, press, find, getByRole, onchoose, onsort } = await mount();
	list().focus();
	await tick();
	const active = () => {
		const id = list().getAttribute('aria-activedescendant');
		return find('[role="option"]')
			.find((row) => row.id === id)
			?.textContent?.trim();
	};
	expect(active()).toMatch(/^Turkish/);
	press('ArrowDown');
	await tick();
	expect(active()).toMatch(/^English/);
	press('ArrowDown');
	press('Enter');
	press('Home');
	press(' ');
	find('.row')[1].click();
	const byKey = ['eng', 'eng', 'eng', 'mya', 'mya'].map((key) => [key, false]);
	expect(onchoose.mock.calls).toEqual([...byKey, ['tur', true]]);
	await getByRole('button', { name: 'o200k_base' }).click();
	expect(onsort.mock.calls).toEqual([[1]]);
});

it('draws only the rows in view of many, and follows the keys', async () => {
	const many = Array.from({ length: 500 }, (_, i) => ({
		key: `l${i}`,
		label: `Language ${i}`,
		note: null,
		values: [2, 1]
	}));
	const { find, list, press } = await mount({ rows: many, chosen: null });
	await vi.waitFor(() => expect(find('[role="option"]').length).toBeLessThan(60));
	expect(find('[role="option"]')[0].getAttribute('aria-setsize')).toBe('500');
	list().focus();
	press('End');
	await vi.waitFor(() => {
		const last = find('[role="option"]').at(-1);
		expect(last?.getAttribute('aria-posinset')).toBe('500');
		const box = find('.scroll')[0].getBoundingClientRect();
		expect(last?.getBoundingClientRect().bottom).toBeLessThanOrEqual(box.bottom + 1);
	});
	// Rows are 28 px apart.
	const rows = find('[role="option"]').map((row) => row.getBoundingClientRect());
	expect(rows[1].top - rows[0].top).toBe(28);
});

it('explains why a series has no value, on one axis and on several', async () => {
	const rows = [{ ...ROWS[1], absent: [false, true] }];
	for (const series of [SERIES, [...SERIES, { id: 'c', name: 'gpt2' }]]) {
		const { find } = await mount({ rows, series });
		const [row] = find('[role="option"]');
		expect(row.getAttribute('aria-label')).toContain(
			'cl100k_base 2.00 times, o200k_base dropped in part'
		);
		const [absent] = find('[data-dropped]');
		expect(absent.dataset).toMatchObject({ language: 'tur', tokenizer: 'b' });
		expect(absent.textContent).toContain('∅');
		const box = row.getBoundingClientRect();
		const own = absent.getBoundingClientRect();
		expect(own.right).toBeLessThanOrEqual(box.right);
		expect(own.left).toBeGreaterThan(box.left);
	}
});
