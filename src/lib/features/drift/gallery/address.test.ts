import { describe, expect, it, vi } from 'vitest';
import { DRIFT_CASES } from '../cases/cases';
import { createGalleryAddress } from './address';
import { NO_FILTERS } from './filters';
import { GalleryView } from './view.svelte';

function mount(replace: (to: string) => void = () => undefined) {
	const view = new GalleryView();
	const address = createGalleryAddress(view, replace);
	const open = (link: string) => address.read(new URL(`https://lab/drift/${link}`));
	return { view, address, open };
}

const opened = (view: GalleryView) =>
	DRIFT_CASES.filter((item) => view.isOpen(item)).map(({ slug }) => slug);

describe('a link to the gallery', () => {
	const cases = 'case=ignore-merges-lost+two-bos';
	const filters = 'q=digits+by&stage=model&library=llama.cpp&damage=measured&evidence=mechanism';

	it('restores open cases and filters, and is written as it was read', async () => {
		const { view, address, open } = mount();
		await open(`?${cases}&${filters}&method=1`);
		expect(address.problem).toBeNull();
		expect(opened(view)).toEqual(['ignore-merges-lost', 'two-bos']);
		expect(view.filters).toEqual({
			query: 'digits by',
			stage: 'model',
			library: 'llama.cpp',
			damage: 'measured',
			evidence: 'mechanism'
		});
		expect(view.isMethodOpen).toBe(true);
		expect(address.capture().search).toBe(`?${cases}&${filters}&method=1`);
	});

	it('is plain by default', () => {
		expect(mount().address.capture().search).toBe('');
	});

	it('keeps the flag of a frame in what it writes', async () => {
		const replace = vi.fn();
		const { view, address, open } = mount(replace);
		await open('?embed');
		view.setOpen({ slug: 'two-bos' }, true);
		address.write();
		await vi.waitFor(() => expect(replace).toHaveBeenCalledWith('?embed&case=two-bos'));
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

	it('leaves the page as it is if a hash names nothing here', async () => {
		const { view, open } = mount();
		view.filters = { ...NO_FILTERS, query: 'BOS' };
		await open('#cases');
		expect(view.filters.query).toBe('BOS');
		expect(view.hasOpenCase).toBe(false);
	});

	it('opens what it knows of a link, and reports the rest', async () => {
		const { view, address, open } = mount();
		await open('?case=two-bos+no-case&open=ignore&library=nothing');
		expect(opened(view)).toEqual(['two-bos']);
		expect(address.problem).toBe(
			'The link has “case=no-case”; expected cases of this page. The link has “open=ignore”; expected cases of this page. The link has “library=nothing”; expected a library of this page.'
		);
	});
});

describe('GalleryView', () => {
	it('does not count an open case that the filters hide', () => {
		const view = new GalleryView();
		view.setOpen({ slug: 'two-bos' }, true);
		expect([view.hasOpenCase, view.hasCaseInFrame]).toEqual([true, true]);
		view.filters = { ...NO_FILTERS, query: 'no such words' };
		expect([view.hasOpenCase, view.hasCaseInFrame]).toEqual([false, false]);
		view.filters = NO_FILTERS;
		expect(view.hasOpenCase).toBe(true);
	});
});
