import { describe, expect, it } from 'vitest';
import { createGalleryAddress } from './address';
import { NO_FILTERS } from './filters';
import { GalleryView } from './view.svelte';

function mount(hash = '') {
	const view = new GalleryView();
	const address = createGalleryAddress(
		view,
		() => hash,
		() => undefined
	);
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

	it('opens the case that a hash names, as links did once', async () => {
		const { view, address, open } = mount('#two-bos');
		await open('#two-bos');
		expect([...view.openCases]).toEqual([['two-bos', 'question']]);
		expect(address.problem).toBeNull();
	});

	it('leaves the page as it is if a hash names nothing here', async () => {
		const { view, open } = mount('#cases');
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
