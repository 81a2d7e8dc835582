import { describe, expect, it } from 'vitest';
import { DRIFT_CASES } from '../cases/cases';
import { createGalleryAddress } from './address';
import { NO_FILTERS } from './filters';
import { GalleryView } from './view.svelte';

function mount() {
	const view = new GalleryView();
	const address = createGalleryAddress(view, () => undefined);
	const open = (link: string) => address.read(new URL(`https://lab/drift/${link}`));
	return { view, address, open };
}

const opened = (view: GalleryView) =>
	DRIFT_CASES.filter((item) => view.isOpen(item)).map(({ slug }) => slug);

describe('a link to the gallery', () => {
	it('is written as it was read', async () => {
		const { address, open } = mount();
		const filters = 'q=digits+by&stage=model&library=llama.cpp';
		const link = `?case=ignore-merges-lost+two-bos&${filters}`;
		await open(link);
		expect([address.problem, address.capture().search]).toEqual([null, link]);
	});
	it.each(['?case=two-bos', '?embed&open=two-bos'])(
		'keeps a case in a frame when it is closed: %s',
		async (link) => {
			const { view, open } = mount();
			await open(link);
			view.setOpen({ slug: 'two-bos' }, false);
			expect(view.hasOpenCase).toBe(false);
			expect(view.isInFrame({ slug: 'two-bos' })).toBe(true);
			expect(view.hasCaseInFrame).toBe(true);
			view.setOpen({ slug: 'ignore-merges-lost' }, true);
			view.setOpen({ slug: 'ignore-merges-lost' }, false);
			expect(view.isInFrame({ slug: 'ignore-merges-lost' })).toBe(false);
		}
	);

	it('opens what it knows of a link, and reports the rest', async () => {
		const { view, address, open } = mount();
		await open('?case=two-bos+no-case&open=ignore&library=nothing');
		expect(opened(view)).toEqual(['two-bos']);
		expect(address.problem).toBe(
			'The link has “case=no-case”; expected cases of this page. The link has “open=ignore”; expected cases of this page. The link has “library=nothing”; expected a library of this page.'
		);
	});
});

it('does not count an open case that the filters hide', () => {
	const view = new GalleryView();
	view.setOpen({ slug: 'two-bos' }, true);
	expect([view.hasOpenCase, view.hasCaseInFrame]).toEqual([true, true]);
	view.filters = { ...NO_FILTERS, query: 'no such words' };
	expect([view.hasOpenCase, view.hasCaseInFrame]).toEqual([false, false]);
	view.filters = NO_FILTERS;
	expect(view.hasOpenCase).toBe(true);
});
