import { describe, expect, it, vi } from 'vitest';
import { createGalleryAddress } from './address';
import { NO_FILTERS } from './filters';
import { GalleryView } from './view.svelte';

function mount(replace: (to: string) => void = () => undefined) {
	const view = new GalleryView();
	const address = createGalleryAddress(view, replace);
	const open = (link: string) => address.read(new URL(`https://lab/drift/${link}`));
	return { view, address, open };
}

describe('a link to the gallery', () => {
	const cases = 'case=llama3-without-bos&open=ignore-merges-lost+two-bos.special-tokens';
	const filters = 'q=digits+by&stage=model&library=llama.cpp&damage=measured&evidence=mechanism';

	it('restores open cases, answers and filters, and is written as it was read', async () => {
		const { view, address, open } = mount();
		await open(`?${cases}&${filters}&method=1`);
		expect(address.problem).toBeNull();
		expect([...view.openCases]).toEqual([
			['llama3-without-bos', 'question'],
			['ignore-merges-lost', 'revealed'],
			['two-bos', 'special-tokens']
		]);
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

	it.each(['?case=two-bos', '?embed&open=two-bos.special-tokens'])(
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
		await open('?case=two-bos+no-case&open=ignore-merges-lost.loadsx&library=nothing');
		expect([...view.openCases]).toEqual([['two-bos', 'question']]);
		expect(address.problem).toBe(
			'The link has “case=no-case”; expected cases of this page. The link has “open=ignore-merges-lost.loadsx”; expected cases of this page. The link has “library=nothing”; expected a library of this page.'
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

	it('keeps an answer until the case is closed', () => {
		const view = new GalleryView();
		const item = { slug: 'two-bos' };
		view.setOpen(item, true);
		view.answer(item, 'config');
		// The element says so when the page opens it.
		view.setOpen(item, true);
		expect(view.of(item)).toBe('config');
		view.setOpen(item, false);
		expect(view.of(item)).toBeUndefined();
		view.setOpen(item, true);
		expect(view.of(item)).toBe('question');
	});
});
