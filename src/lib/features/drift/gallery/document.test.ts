import { describe, expect, it } from 'vitest';
import { fakeWorkers } from '../../../../../tests/support/fake-worker';
import { Lab } from '../../../session/lab.svelte';
import { DRIFT_CASES } from '../cases/cases';
import { createGalleryPage } from './page.svelte';

const DATA = {
	...{ cases: {}, story: { reading: { example: null, parts: [] } } },
	importBody: () => Promise.reject(new Error('the body of a case is not drawn'))
} as unknown as Parameters<typeof createGalleryPage>[1];

function mount() {
	const page = createGalleryPage(new Lab(fakeWorkers().spawn), DATA);
	const read = (link: string) => page.document.read(new URL(`https://lab/drift/${link}`));
	/** Whether a case is open, and whether a frame shows one. */
	const shows = () => [page.shown.some(page.isOpen), page.shown.some(page.isInFrame)];
	return { ...page, read, shows };
}

const caseOf = (slug: string) =>
	DRIFT_CASES.find((item) => item.slug === slug) ?? expect.unreachable();

describe('a link to the gallery', () => {
	it('is written as it was read, with cases in the order of the page', async () => {
		const { document, read, setOpen } = mount();
		const filters = 'q=digits+by&stage=model&sentence=It+rains.';
		const link = `?case=ignore-merges-lost+two-bos&${filters}`;
		await read(link);
		expect([document.problem, document.capture().search]).toEqual([null, link]);
		setOpen(caseOf('ignore-merges-lost'), false);
		setOpen(caseOf('ignore-merges-lost'), true);
		expect(document.capture().search).toBe(link);
	});

	it.each(['?case=two-bos', '?embed&open=two-bos'])(
		'keeps a case in a frame when it is closed: %s',
		async (link) => {
			const { isInFrame, setOpen, read, shows } = mount();
			await read(link);
			expect(shows()).toEqual([true, true]);
			setOpen(caseOf('two-bos'), false);
			expect(shows()).toEqual([false, true]);
			expect(isInFrame(caseOf('two-bos'))).toBe(true);
			setOpen(caseOf('ignore-merges-lost'), true);
			setOpen(caseOf('ignore-merges-lost'), false);
			expect(isInFrame(caseOf('ignore-merges-lost'))).toBe(false);
		}
	);

	it('opens what it knows of a link, and reports the rest', async () => {
		const { document, value, read } = mount();
		await read('?case=two-bos+no-case&open=ignore&stage=nothing');
		expect(value.open).toEqual(['two-bos']);
		expect(document.problem).toBe(
			'The link asks for the case “no-case”, which the lab does not have. The link asks for the case “ignore”, which the lab does not have. The link contains “stage=nothing”; expected added-tokens, normalizer, pre-tokenizer, model, post-processor, decoder or use.'
		);
	});
});

it('does not count an open case that the search hides', () => {
	const { document, setOpen, value, shows } = mount();
	setOpen(caseOf('two-bos'), true);
	expect(shows()).toEqual([true, true]);
	const undo = document.set({ query: 'no such words' });
	expect(shows()).toEqual([false, false]);
	undo();
	expect([value.query, ...shows()]).toEqual(['', true, true]);
});
