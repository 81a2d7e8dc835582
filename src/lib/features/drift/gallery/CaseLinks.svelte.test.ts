import { expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import CaseLinks from './CaseLinks.svelte';
import type { CaseLink } from './case-link';
import { setGalleryPage } from './page.svelte';

const { goto } = vi.hoisted(() => ({ goto: vi.fn() }));
vi.mock('$app/navigation', () => ({ goto }));

const link: CaseLink = {
	page: 'compare',
	search: '?t=gpt2',
	input: { kind: 'text', value: 'a' },
	atEnd: false,
	note: null
};

/** Clicks the link of a visitor who has a text. @returns whether the browser follows it */
async function click(target: string) {
	const takeAlong = vi.fn();
	const page = { hasUserText: () => true, takeAlong } as unknown as Parameters<
		typeof setGalleryPage
	>[0];
	const Host = ((...args: Parameters<typeof CaseLinks>) => {
		setGalleryPage(page);
		return CaseLinks(...args);
	}) as typeof CaseLinks;
	const screen = await render(Host, { link, about: 'a case' });
	const anchor = screen.getByRole('link').element() as HTMLAnchorElement;
	anchor.target = target;
	const event = new MouseEvent('click', { bubbles: true, cancelable: true });
	let isFollowed = false;
	screen.container.addEventListener('click', (clicked) => {
		isFollowed = !clicked.defaultPrevented;
		clicked.preventDefault();
	});
	anchor.dispatchEvent(event);
	return { isFollowed, takeAlong };
}

it.each([
	['takes the text of the visitor along', '', false],
	['leaves a link alone that opens in a new tab, as in a frame', '_blank', true]
])('%s', async (_, target, follows) => {
	const { isFollowed, takeAlong } = await click(target);
	expect(isFollowed).toBe(follows);
	expect(takeAlong.mock.calls).toEqual(follows ? [] : [[link]]);
});
