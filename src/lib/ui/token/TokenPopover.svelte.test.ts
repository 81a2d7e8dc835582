import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { PLAIN_VIEW, tokensAt } from '../../../../tests/support/encodings';
import { TokenKind } from '../../engine';
import type { TokenDetails } from '../../session/calls/token-details';
import TokenView from './TokenView.svelte';

const utf8 = (text: string) => new TextEncoder().encode(text);

const DOCUMENT = utf8('a straw<s>');
const ENCODING = tokensAt([64, 0, 1], [32595, 1, 7], [7, 7, 10, TokenKind.special]);
const leaf = (id: number, text: string) => ({
	token: { id, bytes: utf8(text) },
	merge: null,
	parts: null
});
/** " straw" from " s" and "traw", in a vocabulary where they have ranks 5 and 9. */
const STRAW: TokenDetails = {
	bytes: utf8(' straw'),
	counts: 'rank',
	merges: 2,
	tree: {
		token: { id: 32595, bytes: utf8(' straw') },
		merge: 900,
		parts: [
			{
				token: { id: 274, bytes: utf8(' s') },
				merge: 5,
				parts: [leaf(220, ' '), leaf(82, 's')]
			},
			leaf(99, 'traw')
		]
	}
};

const NO_MERGES: TokenDetails = { bytes: utf8('a'), counts: 'rank', merges: 0, tree: null };

async function mount(more: Record<string, unknown> = {}) {
	const screen = await render(TokenView, {
		document: DOCUMENT,
		encoding: ENCODING,
		...PLAIN_VIEW,
		label: 'Tokens of test',
		focus: null,
		describe: (id: number): TokenDetails => (id === 32595 ? STRAW : NO_MERGES),
		...more
	});
	const tokens = () => [...screen.container.querySelectorAll<HTMLElement>('[data-token-id]')];
	const popover = () => screen.container.querySelector<HTMLElement>('[data-token-popover]');
	const box = () => popover()?.getBoundingClientRect() as DOMRect;
	const find = (selector: string) => popover()?.querySelector<HTMLElement>(selector);
	const detail = (name: string) => find(`[data-detail="${name}"]`)?.textContent?.trim();
	const status = () => find('[role=status]')?.textContent;
	const click = (token: number) => userEvent.click(tokens()[token]);
	/** Pins "·straw", and waits for its details from the vocabulary. */
	const pinStraw = async () => {
		await click(1);
		await vi.waitFor(() => expect(find('summary')).toBeTruthy());
	};
	return { ...screen, tokens, popover, box, find, detail, status, click, pinStraw };
}

/** Waits until an animation frame requested now has run and its changes are painted. */
const frames = async () => {
	for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame);
};

/** Fires a scroll event without scrolling. */
const scrollPage = () => document.dispatchEvent(new Event('scroll'));

/** Records what is copied from now on. */
function recordCopies(): string[] {
	const copied: string[] = [];
	vi.spyOn(navigator.clipboard, 'writeText').mockImplementation((text) => {
		copied.push(text);
		return Promise.resolve();
	});
	return copied;
}

beforeAll(async () => {
	// The first time, the component is loaded.
	await import('./TokenPopover.svelte');
	const { click, popover } = await mount();
	await click(0);
	await vi.waitFor(() => expect(popover()).not.toBeNull(), 10_000);
});
afterEach(() => vi.restoreAllMocks());

describe('details of a token', () => {
	it('appear while the pointer is on it or on them, without buttons and without the focus', async () => {
		const { tokens, popover, find, detail } = await mount();
		await userEvent.hover(tokens()[1]);
		await vi.waitFor(() => expect(popover()?.matches(':popover-open')).toBe(true));
		await vi.waitFor(() => expect(detail('rank')).toBe('900'));
		expect(['id', 'bytes', 'span', 'kind'].map(detail)).toEqual([
			'32595',
			'20 73 74 72 61 77',
			'bytes 1–7',
			'ordinary token'
		]);
		expect(find('button')).toBeNull();
		expect(document.activeElement).toBe(document.body);
		// The background isn't dimmed.
		const { backgroundColor } = getComputedStyle(popover() as HTMLElement, '::backdrop');
		expect(backgroundColor).toBe('rgba(0, 0, 0, 0)');
		await userEvent.hover(popover() as HTMLElement);
		await new Promise((resolve) => setTimeout(resolve, 400));
		expect(popover()).not.toBeNull();
		await userEvent.unhover(popover() as HTMLElement);
		await vi.waitFor(() => expect(popover()).toBeNull());
	});

	it('are pinned by a click, and closed by another', async () => {
		const onpin = vi.fn();
		const { popover, click } = await mount({ onpin });
		await click(1);
		await vi.waitFor(() => expect(popover()?.role).toBe('dialog'));
		expect(popover()?.ariaLabel).toBe('Token ·straw');
		await click(1);
		expect(popover()).toBeNull();
		expect(onpin.mock.calls).toEqual([[{ start: 1, end: 7 }], [null]]);
	});

	it('are pinned by Enter, read aloud, reached by Tab and closed by Esc, which returns the focus', async () => {
		const { tokens, popover, status } = await mount();
		await userEvent.tab();
		await userEvent.keyboard('{ArrowRight}{Enter}');
		expect(document.activeElement).toBe(tokens()[1]);
		await vi.waitFor(() => expect(status()).toBe('·straw, id 32595, bytes 1–7, ordinary token'));
		await userEvent.tab();
		expect(popover()?.contains(document.activeElement)).toBe(true);
		await userEvent.keyboard('{Escape}');
		expect(popover()).toBeNull();
		expect(document.activeElement).toBe(tokens()[1]);
	});

	it('tell how merges made the token, as a tree', async () => {
		const { popover, find, pinStraw } = await mount();
		await pinStraw();
		const summary = find('summary');
		expect(summary?.textContent).toBe('Show merges (2)');
		summary?.click();
		await vi.waitFor(() => expect(popover()?.querySelectorAll('[role=region] li')).toHaveLength(5));
	});

	it('copy text, id and bytes, and say so', async () => {
		const copied = recordCopies();
		const { status, click } = await mount();
		await click(1);
		for (const name of ['Copy text', 'Copy id', 'Copy bytes'])
			await userEvent.click(page.getByRole('button', { name }));
		expect(copied).toEqual([' straw', '32595', '20 73 74 72 61 77']);
		expect(status()).toBe('Copied the bytes.');
	});

	it.each([
		['fails', () => Promise.reject(new Error('no vocabulary'))],
		[
			'throws at once',
			() => {
				throw new Error('not trained yet');
			}
		]
	])('name the kind and the bytes if asking the vocabulary %s', async (_, describe) => {
		const { detail, click } = await mount({ describe });
		await click(2);
		await vi.waitFor(() => expect(detail('kind')).toBe('special token, recognised in the text'));
		expect([detail('id'), detail('bytes'), detail('rank')]).toEqual(['7', '3c 73 3e', undefined]);
	});

	it('show the text of an unknown token, not its name', async () => {
		const copied = recordCopies();
		const { popover, detail, click } = await mount({
			encoding: { ...ENCODING, kinds: Uint8Array.of(0, TokenKind.unknown, 0) },
			describe: () => ({ ...NO_MERGES, bytes: utf8('<unk>') })
		});
		await click(1);
		await vi.waitFor(() =>
			expect(detail('rank')).toBe('none: merging does not produce this token')
		);
		expect(popover()?.ariaLabel).toBe('Token ·straw');
		expect(detail('bytes')).toBe('20 73 74 72 61 77');
		await userEvent.click(page.getByRole('button', { name: 'Copy text' }));
		expect(copied).toEqual([' straw']);
	});

	it('are those of the clicked token, if others have the same bytes', async () => {
		const encoding = tokensAt([5, 0, 0], [6, 0, 0], [64, 0, 1]);
		const { detail, click, popover, rerender } = await mount({ encoding, pinned: null });
		await click(1);
		await rerender({ pinned: { start: 0, end: 0 } });
		expect(detail('id')).toBe('6');
		await click(1);
		await rerender({ pinned: null });
		expect(popover()).toBeNull();
		await rerender({ pinned: { start: 0, end: 0 } });
		expect(detail('id')).toBe('5');
	});

	it('close when the text changes, and show no answer about another token', async () => {
		let answer: (details: TokenDetails) => void = () => undefined;
		const { popover, detail, click, rerender } = await mount({
			describe: (id: number) =>
				id === 32595 ? new Promise<TokenDetails>((resolve) => (answer = resolve)) : NO_MERGES
		});
		await click(1);
		await click(0);
		answer(STRAW);
		await vi.waitFor(() => expect(detail('rank')).toBe('none: merging starts from single bytes'));
		expect(detail('id')).toBe('64');
		await rerender({ encoding: { ...ENCODING } });
		expect(popover()).toBeNull();
	});

	it('follow a pin from outside', async () => {
		const { popover, detail, rerender } = await mount({ pinned: { start: 1, end: 7 } });
		await vi.waitFor(() => expect(detail('id')).toBe('32595'));
		await rerender({ pinned: { start: 1, end: 5 } });
		expect(popover()).toBeNull();
		await rerender({ pinned: { start: 7, end: 10 } });
		expect(detail('id')).toBe('7');
		await rerender({ pinned: null });
		expect(popover()).toBeNull();
	});

	it('stay inside a narrow window, and never cover the token', async () => {
		await page.viewport(360, 640);
		const { tokens, box, pinStraw, container } = await mount();
		for (const top of [0, 560]) {
			container.style.cssText = `position: fixed; top: ${top}px; left: 250px; width: 100px`;
			await pinStraw();
			const token = tokens()[1].getBoundingClientRect();
			await vi.waitFor(() => {
				const { left, right, top, bottom } = box();
				expect(Math.min(left, top)).toBeGreaterThanOrEqual(0);
				expect(right).toBeLessThanOrEqual(360);
				expect(bottom).toBeLessThanOrEqual(640);
				expect(bottom <= token.top || top >= token.bottom).toBe(true);
			});
			await userEvent.keyboard('{Escape}');
		}
	});

	it('scroll in a low window, and stay where they are scrolled to', async () => {
		await page.viewport(360, 240);
		const { popover, find, pinStraw, container } = await mount();
		container.style.cssText = 'position: fixed; top: 0; left: 0';
		await pinStraw();
		find('summary')?.click();
		const box = popover() as HTMLElement;
		await vi.waitFor(() => expect(box.scrollHeight).toBeGreaterThan(box.clientHeight + 40));
		const placed = vi.spyOn(box, 'getBoundingClientRect');
		await vi.waitFor(async () => {
			placed.mockClear();
			await frames();
			expect(placed).not.toHaveBeenCalled();
		});
		box.scrollTop = 40;
		await frames();
		expect(box.scrollTop).toBe(40);
		expect(placed).not.toHaveBeenCalled();
		scrollPage();
		await frames();
		expect(placed).toHaveBeenCalled();
		expect(box.scrollTop).toBe(40);
	});

	it('keep the focus while the token is out of view, and hide without it', async () => {
		await page.viewport(360, 640);
		const { popover, box, find, pinStraw, container } = await mount();
		container.style.cssText = 'position: fixed; top: 300px; left: 0';
		await pinStraw();
		const close = find('button') as HTMLElement;
		close.focus();
		for (const top of [-400, 900]) {
			container.style.top = `${top}px`;
			scrollPage();
			await frames();
			expect(document.activeElement).toBe(close);
			const [above, below] = [box().top, 640 - box().bottom];
			expect(Math.min(above, below)).toBeGreaterThanOrEqual(0);
			expect(top < 0 ? above : below).toBeLessThan(20);
		}
		close.blur();
		scrollPage();
		await vi.waitFor(() => expect(popover()?.style.visibility).toBe('hidden'));
	});

	it('are those of one pinned token among several views', async () => {
		const first = await mount();
		const second = await mount({ label: 'Tokens of another' });
		await first.click(0);
		// The first token's details may cover it.
		second.tokens()[1].click();
		await vi.waitFor(() => expect(first.popover()).toBeNull());
		expect(second.popover()).not.toBeNull();
	});
});
