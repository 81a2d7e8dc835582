import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { TokenKind, type Encoding } from '../../engine';
import type { TokenDetails } from '../../session/worker/token-details';
import { loadPopover } from './token-inspector.svelte';
import TokenView from './TokenView.svelte';

const utf8 = (text: string) => new TextEncoder().encode(text);

const DOCUMENT = utf8('a straw<s>');
const ENCODING: Encoding = {
	ids: Uint32Array.of(64, 32595, 7),
	byteStarts: Uint32Array.of(0, 1, 7),
	byteEnds: Uint32Array.of(1, 7, 10),
	kinds: Uint8Array.of(TokenKind.ordinary, TokenKind.ordinary, TokenKind.special)
};
const leaf = (id: number, text: string) => ({
	token: { id, bytes: utf8(text) },
	merge: null,
	parts: null
});
/** " straw" from " s", "traw" of a vocabulary with ranks 5 and 9. */
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

async function mount(more: Record<string, unknown> = {}) {
	const screen = await render(TokenView, {
		document: DOCUMENT,
		encoding: ENCODING,
		differs: null,
		display: 'text',
		whitespace: true,
		colourAll: false,
		label: 'Tokens of test',
		focus: null,
		describe: (id: number): TokenDetails =>
			id === 32595 ? STRAW : { bytes: utf8('a'), counts: 'rank', merges: 0, tree: null },
		...more
	});
	const tokens = () => [...screen.container.querySelectorAll<HTMLElement>('[data-token-id]')];
	const popover = () => screen.container.querySelector<HTMLElement>('[data-token-popover]');
	const detail = (name: string) =>
		popover()?.querySelector(`[data-detail="${name}"]`)?.textContent?.trim();
	return { ...screen, tokens, popover, detail };
}

/** Waits until an animation frame that is requested now has run, and what it changed is painted. */
const frames = async () => {
	for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame);
};

beforeAll(async () => {
	await loadPopover();
});
afterEach(() => vi.restoreAllMocks());

describe('details of a token', () => {
	it('appear while the pointer rests on it, without buttons and without the focus', async () => {
		const { tokens, popover, detail } = await mount();
		await userEvent.hover(tokens()[1]);
		await vi.waitFor(() => expect(popover()?.matches(':popover-open')).toBe(true));
		await vi.waitFor(() => expect(detail('rank')).toBe('900'));
		expect(detail('id')).toBe('32595');
		expect(detail('bytes')).toBe('20 73 74 72 61 77');
		expect(detail('span')).toBe('bytes 1–7');
		expect(detail('kind')).toBe('ordinary token');
		expect(popover()?.querySelector('button')).toBeNull();
		expect(document.activeElement).toBe(document.body);
		// Nothing behind it is dimmed.
		expect(getComputedStyle(popover() as HTMLElement, '::backdrop').backgroundColor).toBe(
			'rgba(0, 0, 0, 0)'
		);
		await userEvent.unhover(tokens()[1]);
		await vi.waitFor(() => expect(popover()).toBeNull());
	});

	it('stay while the pointer is on them', async () => {
		const { tokens, popover } = await mount();
		await userEvent.hover(tokens()[1]);
		await vi.waitFor(() => expect(popover()).not.toBeNull());
		await userEvent.hover(popover() as HTMLElement);
		await new Promise((resolve) => setTimeout(resolve, 400));
		expect(popover()).not.toBeNull();
	});

	it('are pinned by a click, and closed by another', async () => {
		const onpin = vi.fn();
		const { tokens, popover } = await mount({ onpin });
		await userEvent.click(tokens()[1]);
		await vi.waitFor(() => expect(popover()?.role).toBe('dialog'));
		expect(popover()?.ariaLabel).toBe('Token ·straw');
		await userEvent.click(tokens()[1]);
		expect(popover()).toBeNull();
		expect(onpin.mock.calls).toEqual([[{ start: 1, end: 7 }], [null]]);
	});

	it('are pinned by Enter, read aloud, reached by Tab and closed by Esc, which returns the focus', async () => {
		const { tokens, popover } = await mount();
		await userEvent.tab();
		await userEvent.keyboard('{ArrowRight}{Enter}');
		expect(document.activeElement).toBe(tokens()[1]);
		await vi.waitFor(() =>
			expect(popover()?.querySelector('[role=status]')?.textContent).toBe(
				'·straw, id 32595, bytes 1–7, ordinary token'
			)
		);
		await userEvent.tab();
		expect(popover()?.contains(document.activeElement)).toBe(true);
		await userEvent.keyboard('{Escape}');
		expect(popover()).toBeNull();
		expect(document.activeElement).toBe(tokens()[1]);
	});

	it('tell how the token was merged, as a tree and in order', async () => {
		const { tokens, popover } = await mount();
		await userEvent.click(tokens()[1]);
		await vi.waitFor(() => expect(popover()?.querySelector('summary')).not.toBeNull());
		const summary = popover()?.querySelector('summary') as HTMLElement;
		expect(summary.textContent).toBe('Show merges (2)');
		await userEvent.click(summary);
		const steps = [...(popover()?.querySelectorAll('ol > li') ?? [])];
		expect(steps.map(({ textContent }) => textContent?.replace(/\s+/g, ' ').trim())).toEqual([
			'· + s → ·s rank 5',
			'·s + traw → ·straw rank 900'
		]);
		expect(popover()?.querySelectorAll('[role=region] li')).toHaveLength(5);
	});

	it('draw a truncated tree without the order of its merges, and tell how many there are', async () => {
		const { tokens, popover } = await mount({ describe: () => ({ ...STRAW, merges: 79 }) });
		await userEvent.click(tokens()[1]);
		await vi.waitFor(() =>
			expect(popover()?.querySelector('summary')?.textContent).toBe('Show merges (2 of 79)')
		);
		expect(popover()?.querySelectorAll('[role=region] li')).toHaveLength(5);
		expect(popover()?.querySelector('ol')).toBeNull();
	});

	it('copy text, id and bytes, and say so', async () => {
		const written: string[] = [];
		vi.spyOn(navigator.clipboard, 'writeText').mockImplementation((text) => {
			written.push(text);
			return Promise.resolve();
		});
		const { tokens, popover } = await mount();
		await userEvent.click(tokens()[1]);
		for (const name of ['Copy text', 'Copy id', 'Copy bytes'])
			await userEvent.click(page.getByRole('button', { name }));
		expect(written).toEqual([' straw', '32595', '20 73 74 72 61 77']);
		expect(popover()?.querySelector('[role=status]')?.textContent).toBe('Copied the bytes.');
	});

	it('name the kind, and what the vocabulary does not know', async () => {
		const { tokens, detail } = await mount({
			describe: () => Promise.reject(new Error('no vocabulary'))
		});
		await userEvent.click(tokens()[2]);
		await vi.waitFor(() => expect(detail('kind')).toBe('special token, recognised in the text'));
		expect(detail('bytes')).toBe('3c 73 3e');
		expect(detail('rank')).toBeUndefined();
	});

	it('stay if asking for them throws at once', async () => {
		const { tokens, detail } = await mount({
			describe: () => {
				throw new Error('not trained yet');
			}
		});
		await userEvent.click(tokens()[1]);
		await vi.waitFor(() => expect(detail('id')).toBe('32595'));
		expect(detail('bytes')).toBe('20 73 74 72 61 77');
		expect(detail('rank')).toBeUndefined();
	});

	it('show the text of an unknown token, not its name', async () => {
		const written: string[] = [];
		vi.spyOn(navigator.clipboard, 'writeText').mockImplementation((text) => {
			written.push(text);
			return Promise.resolve();
		});
		const kinds = Uint8Array.of(0, TokenKind.unknown, 0);
		const { tokens, popover, detail } = await mount({
			encoding: { ...ENCODING, kinds },
			describe: () => ({ bytes: utf8('<unk>'), counts: 'rank', merges: 0, tree: null })
		});
		await userEvent.click(tokens()[1]);
		await vi.waitFor(() => expect(detail('rank')).toBe('none: no merges lead to it'));
		expect(popover()?.ariaLabel).toBe('Token ·straw');
		expect(detail('bytes')).toBe('20 73 74 72 61 77');
		await userEvent.click(page.getByRole('button', { name: 'Copy text' }));
		expect(written).toEqual([' straw']);
	});

	it('are those of the clicked token, if others have the same bytes', async () => {
		const encoding: Encoding = {
			ids: Uint32Array.of(5, 6, 64),
			byteStarts: Uint32Array.of(0, 0, 0),
			byteEnds: Uint32Array.of(0, 0, 1)
		};
		const { tokens, detail, popover, rerender } = await mount({ encoding, pinned: null });
		await userEvent.click(tokens()[1]);
		await rerender({ pinned: { start: 0, end: 0 } });
		expect(detail('id')).toBe('6');
		await userEvent.click(tokens()[1]);
		await rerender({ pinned: null });
		expect(popover()).toBeNull();
		await rerender({ pinned: { start: 0, end: 0 } });
		expect(detail('id')).toBe('5');
	});

	it('close when the text changes, and show no answer about another token', async () => {
		let answer: (details: TokenDetails) => void = () => undefined;
		const { tokens, popover, detail, rerender } = await mount({
			describe: (id: number) =>
				id === 32595
					? new Promise<TokenDetails>((resolve) => (answer = resolve))
					: { bytes: utf8('a'), counts: 'rank', merges: 0, tree: null }
		});
		await userEvent.click(tokens()[1]);
		await userEvent.click(tokens()[0]);
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
		const { tokens, popover, detail, container } = await mount();
		for (const top of [0, 560]) {
			container.style.cssText = `position: fixed; top: ${top}px; left: 250px; width: 100px`;
			await userEvent.click(tokens()[1]);
			const token = tokens()[1].getBoundingClientRect();
			await vi.waitFor(() => {
				expect(detail('rank')).toBe('900');
				const box = popover()?.getBoundingClientRect() as DOMRect;
				expect(box.left).toBeGreaterThanOrEqual(0);
				expect(box.right).toBeLessThanOrEqual(360);
				expect(box.top).toBeGreaterThanOrEqual(0);
				expect(box.bottom).toBeLessThanOrEqual(640);
				expect(box.bottom <= token.top || box.top >= token.bottom).toBe(true);
			});
			await userEvent.keyboard('{Escape}');
		}
	});

	it('scroll in a low window, and stay where they are scrolled to', async () => {
		await page.viewport(360, 240);
		const { tokens, popover, container } = await mount();
		container.style.cssText = 'position: fixed; top: 0; left: 0';
		await userEvent.click(tokens()[1]);
		await vi.waitFor(() => expect(popover()?.querySelector('summary')).not.toBeNull());
		popover()?.querySelector('summary')?.click();
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
		// The page scrolls.
		document.dispatchEvent(new Event('scroll'));
		await frames();
		expect(placed).toHaveBeenCalled();
		expect(box.scrollTop).toBe(40);
	});

	it('keep the focus while the token is out of view, and hide without it', async () => {
		await page.viewport(360, 640);
		const { tokens, popover, container } = await mount();
		container.style.cssText = 'position: fixed; top: 300px; left: 0';
		await userEvent.click(tokens()[1]);
		await vi.waitFor(() => expect(popover()?.querySelector('summary')).not.toBeNull());
		const close = popover()?.querySelector('button') as HTMLElement;
		close.focus();
		for (const top of [-400, 900]) {
			container.style.top = `${top}px`;
			document.dispatchEvent(new Event('scroll'));
			await frames();
			expect(document.activeElement).toBe(close);
			const box = popover()?.getBoundingClientRect() as DOMRect;
			expect(box.top).toBeGreaterThanOrEqual(0);
			expect(box.bottom).toBeLessThanOrEqual(640);
			expect(top < 0 ? box.top : 640 - box.bottom).toBeLessThan(20);
		}
		close.blur();
		document.dispatchEvent(new Event('scroll'));
		await vi.waitFor(() => expect(popover()?.style.visibility).toBe('hidden'));
	});

	it('are those of one pinned token among several views', async () => {
		const first = await mount();
		const second = await mount({ label: 'Tokens of another' });
		await userEvent.click(first.tokens()[0]);
		// The details of the first may be on top of it.
		second.tokens()[1].click();
		await vi.waitFor(() => expect(first.popover()).toBeNull());
		expect(second.popover()).not.toBeNull();
	});
});
