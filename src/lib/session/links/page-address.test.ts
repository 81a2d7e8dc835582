import { describe, expect, it, vi } from 'vitest';
import { DEBOUNCE_MS, hashOf, recordAddress } from '../../../../tests/support/fake-address';
import { useFakeTimers } from '../../../../tests/support/fake-timers';
import { MAX_TEXT_BYTES, type LinkInput } from './link-codec';
import {
	forgetLeft,
	keepLeft,
	PageAddress,
	takeLeft,
	type LinkContent,
	type OpenedLink
} from './page-address.svelte';

const text = (value: string): LinkInput => ({ kind: 'text', value });
const url = (rest: string) => new URL(`https://lab.example/${rest}`);

/** An address, the links it wrote, and a function that writes and waits. */
function setUp({ isReplaced = true, marksHash = false } = {}) {
	const { written, replace, settle } = recordAddress();
	let state = { search: '', content: (): LinkContent => 'nothing' };
	const typed = { input: 'first' };
	const read = vi.fn<(search: string, input: LinkInput | null) => OpenedLink | Promise<OpenedLink>>(
		() => ({ problems: [], take: () => undefined })
	);
	const address = new PageAddress(
		{
			marksHash,
			input: () => typed.input,
			read: (search, input) => read(search.toString(), input),
			write: () => state
		},
		(to) => {
			replace(to);
			return isReplaced;
		}
	);
	const write = (search: string, content: () => LinkContent) => {
		state = { search, content };
		return address.write();
	};
	return {
		address,
		typed,
		written,
		read,
		write,
		settle: (search: string, content: LinkContent) => settle(() => write(search, () => content))
	};
}

useFakeTimers();

describe('writing', () => {
	it('keeps a page in a frame', async () => {
		const { address, read, settle } = setUp();
		await address.read(url('?embed'));
		expect(read).not.toHaveBeenCalled();
		expect(await settle('', 'nothing')).toBe('?embed');
		expect(await settle('?a=1', text('abc'))).toBe(`?embed&a=1${await hashOf('abc')}`);
		await address.read(url(`?embed&a=1${await hashOf('abc')}`));
		expect(read).not.toHaveBeenCalled();
		await address.read(url('?embed&a=2'));
		expect(read).toHaveBeenCalledWith('a=2', null);
	});

	it('is of what is shown now, if it is asked for, and outside of a frame', async () => {
		const { address, write, written } = setUp();
		await address.read(url('?embed'));
		write('?a=1', () => text('abc'));
		expect(await address.link()).toEqual({ link: `?a=1${await hashOf('abc')}`, lacks: null });
		write('', () => 'nothing');
		expect(await address.link()).toEqual({ link: '', lacks: null });
		write('?a=1', () => 'file');
		expect(await address.link()).toEqual({ link: '?a=1', lacks: 'file' });
		write('?a=1', () => text('a'.repeat(MAX_TEXT_BYTES)));
		expect(await address.link()).toEqual({ link: '?a=1', lacks: 'long' });
		expect(written).toEqual([]);
	});

	it('waits until the state stays unchanged, and only then asks for the content', async () => {
		const { write, written, settle } = setUp();
		const content = vi.fn<() => LinkContent>(() => 'nothing');
		for (let change = 0; change < 3; change++) {
			write(`?a=${change}`, content);
			vi.advanceTimersByTime(DEBOUNCE_MS - 1);
		}
		expect(content).not.toHaveBeenCalled();
		await settle('?a=3', 'nothing');
		expect(written).toEqual(['?a=3']);
	});

	it('is replaced by a later one, even while a text is being compressed', async () => {
		const { write, written, settle } = setUp();
		write('?a=1', () => text('abc'.repeat(100_000)));
		vi.advanceTimersByTime(DEBOUNCE_MS);
		await settle('?a=2', 'nothing');
		// Compressing the same text again takes as long.
		await hashOf('abc'.repeat(100_000));
		expect(written).toEqual(['?a=2']);
	});

	it('is cancelled when the page is left, before it starts and while a text is being compressed', async () => {
		const { write, written } = setUp();
		write('?a=1', () => 'nothing')();
		vi.advanceTimersByTime(DEBOUNCE_MS);
		const leave = write('?a=2', () => text('abc'));
		vi.advanceTimersByTime(DEBOUNCE_MS);
		leave();
		// Compressing the same text again takes as long.
		await hashOf('abc');
		expect(written).toEqual([]);
	});

	/** Leaves a page after a change at an address, which later pages read. */
	async function leave(change: (page: ReturnType<typeof setUp>) => unknown, isReplaced = true) {
		const page = setUp({ isReplaced });
		await page.address.read(url('left?a=1'));
		await change(page);
		page.address.leave();
		return page;
	}
	/** What a new page reads at an address. */
	async function readAt(address: URL) {
		const page = setUp();
		await page.address.read(address);
		return page.read.mock.calls;
	}

	it('is remembered when the page is left before it, for when its address is read again, once', async () => {
		const { written } = await leave(async ({ settle, write }) => {
			await settle('?a=1', text('abc'));
			write('?a=2', () => text('def'))();
		});
		expect(written).toHaveLength(1);
		const left = url(`left?a=1${await hashOf('abc')}`);
		expect(await readAt(left)).toEqual([['a=2', text('def')]]);
		expect(await readAt(left)).toEqual([['a=1', text('abc')]]);
	});

	it('gives way to what was typed before it was read again', async () => {
		await leave(({ write }) => write('?a=2', () => text('def'))());
		const { address, read, typed } = setUp();
		const take = vi.fn<OpenedLink['take']>();
		read.mockReturnValue({ problems: [], take });
		const reading = address.read(url('left?a=1'));
		typed.input = 'typed';
		await reading;
		expect(read).toHaveBeenLastCalledWith('a=2', text('def'));
		expect(take).toHaveBeenLastCalledWith(true, true);
		expect(address.problem).toBeNull();
	});

	it('is remembered if the address is that of another page by then', async () => {
		await leave(({ settle }) => settle('?a=2', 'nothing'), false);
		expect(await readAt(url('left?a=1'))).toEqual([['a=2', null]]);
	});

	it('is remembered for a reload that began before it was written', async () => {
		const { href } = url('left?a=1');
		await leave(async ({ address, settle }) => {
			await settle('?a=2', 'nothing');
			address.leave(href);
		});
		expect(await readAt(url('left?a=1'))).toEqual([['a=2', null]]);
	});

	it('is not remembered once it is written, nor if a link asks for the address', async () => {
		await leave(({ settle }) => settle('?a=2', 'nothing'));
		expect(await readAt(url('left?a=1'))).toEqual([['a=1', null]]);
		await leave(({ write }) => write('?a=2', () => text('def'))());
		forgetLeft(url('left?a=1').href);
		expect(await readAt(url('left?a=1'))).toEqual([['a=1', null]]);
	});

	describe('of a document that goes', () => {
		/** Leaves a page unwritten, and reads its address in the next document. Returns the calls of `read`. */
		async function readAfter(type: string, storage: Storage) {
			vi.stubGlobal('sessionStorage', storage);
			vi.stubGlobal('location', url('gone?a=1'));
			vi.spyOn(performance, 'getEntriesByType').mockReturnValue([{ type } as never]);
			const one = setUp();
			await one.address.read(url('gone?a=1'));
			one.write('?a=2', () => text('typed \ud800'))();
			one.address.leave();
			keepLeft();
			forgetLeft(url('gone?a=1').href);
			takeLeft();
			return readAt(url('gone?a=1'));
		}
		const memory = (items = new Map<string, string>()) =>
			({
				getItem: (key: string) => items.get(key) ?? null,
				setItem: (key: string, value: string) => items.set(key, value),
				removeItem: (key: string) => items.delete(key)
			}) as unknown as Storage;

		it.each([
			['reload', ['a=2', text('typed \ud800')]],
			['back_forward', ['a=2', text('typed \ud800')]],
			['navigate', ['a=1', null]]
		])('is remembered for a %s, unless a link opens the document', async (type, content) => {
			expect(await readAfter(type, memory())).toEqual([content]);
		});

		it('is lost without storage', async () => {
			const warn = vi.spyOn(console, 'warn').mockReturnValue();
			const denied = new Proxy({} as Storage, {
				get: () => {
					throw new DOMException('denied', 'SecurityError');
				}
			});
			expect(await readAfter('reload', denied)).toEqual([['a=1', null]]);
			expect(warn).toHaveBeenCalledTimes(2);
		});
	});

	it('says why the hash is empty, until it is not', async () => {
		const { address, settle } = setUp();
		expect(await settle('?a=1', text('x'.repeat(MAX_TEXT_BYTES)))).toBe('?a=1');
		expect(address.unlinked).toBe('long');
		expect(await settle('?a=1', 'file')).toBe('?a=1');
		expect(address.unlinked).toBe('file');
		await settle('?a=1', text('abc'));
		expect(address.unlinked).toBeNull();
	});
});

describe('reading', () => {
	it('leaves the page as it is for a plain address, or for the one it wrote last', async () => {
		const { address, read, settle } = setUp();
		const hash = await hashOf('abc');
		await settle('?a=1', text('abc'));
		await address.read(url(''));
		await address.read(url(`?a=1${hash}`));
		expect(read).not.toHaveBeenCalled();
		await address.read(url(`?a=2${hash}`));
		await address.read(url(`?a=1${await hashOf('abd')}`));
		expect(read).toHaveBeenCalledTimes(2);
	});

	it('reads what it wrote last after another link, also if neither was written yet', async () => {
		const { address, read, settle } = setUp();
		const own = `?a=1${await hashOf('abc')}`;
		await settle('?a=1', text('abc'));
		await address.read(url(`?a=2${await hashOf('def')}`));
		await address.read(url(own));
		await address.read(url('?a=3#section'));
		expect(read.mock.calls).toEqual([
			['a=2', text('def')],
			['a=1', text('abc')],
			['a=3', null]
		]);
	});

	it('does not apply a link once the address is that of what is shown again', async () => {
		const { address, read, settle } = setUp();
		const take = vi.fn();
		read.mockReturnValue({ problems: [], take });
		await settle('?a=1', 'nothing');
		const reading = address.read(url(`?a=2${await hashOf('def')}`));
		await address.read(url('?a=1'));
		await reading;
		expect(take).not.toHaveBeenCalled();
	});

	it('waits until the names are known', async () => {
		let load: () => void = () => undefined;
		const read = vi.fn(() => ({ problems: [], take: () => undefined }));
		const page = {
			load: () => new Promise<void>((resolve) => (load = resolve)),
			input: () => null,
			read,
			write: () => ({ search: '', content: (): LinkContent => 'nothing' })
		};
		const reading = new PageAddress(page, () => undefined).read(url('?a=1'));
		expect(read).not.toHaveBeenCalled();
		load();
		await reading;
		expect(read).toHaveBeenCalledTimes(1);
	});

	it('reports everything that is wrong with a link, until the next one', async () => {
		const { address, read } = setUp();
		const problems = ['One.'];
		const take = vi.fn(() => void problems.push('Two.'));
		read.mockReturnValueOnce({ problems, take });
		await address.read(url('?a=1#v1.t=AAAA'));
		expect(address.problem).toMatch(/^One\. Two\. This link is damaged/);
		address.dismiss();
		expect(address.problem).toBeNull();
		await address.read(url('?a=1#v1.t=AAAA'));
		expect(address.problem).toMatch(/^This link is damaged/);
		await address.read(url('?a=2'));
		expect(address.problem).toBeNull();
	});

	it('tells the page whether the link is sound, including its hash', async () => {
		const { address, read } = setUp();
		const take = vi.fn<OpenedLink['take']>();
		read.mockReturnValue({ problems: [], take });
		await address.read(url('?a=1'));
		await address.read(url('?a=1#v1.t=AAAA'));
		read.mockReturnValue({ problems: ['One.'], take });
		await address.read(url('?a=2'));
		expect(take.mock.calls.map(([isSound]) => isSound)).toEqual([true, false, false]);
	});

	it('keeps an input that was changed while the link was loading, and says so', async () => {
		const { address, read, typed } = setUp();
		const take = vi.fn<OpenedLink['take']>();
		read.mockReturnValue({ problems: [], take });
		const reading = address.read(url(`?a=1${await hashOf('linked')}`));
		typed.input = 'typed';
		await reading;
		expect(take).toHaveBeenLastCalledWith(true, true);
		expect(address.problem).toMatch(/^You changed the input while the link was loading/);
		await address.read(url('?a=2'));
		expect(take).toHaveBeenLastCalledWith(true, false);
		expect(address.problem).toBeNull();
	});

	it('is ignored if a later one has started', async () => {
		const { address, read } = setUp();
		const take = vi.fn();
		let open: (link: OpenedLink) => void = () => undefined;
		read.mockReturnValueOnce(new Promise((resolve) => (open = resolve)));
		const early = address.read(url('?early'));
		await vi.waitFor(() => expect(read).toHaveBeenCalled());
		read.mockReturnValueOnce({ problems: ['Late.'], take: () => undefined });
		await address.read(url('?late'));
		open({ problems: ['Early.'], take });
		await early;
		expect(address.problem).toBe('Late.');
		expect(take).not.toHaveBeenCalled();
	});
});

describe('a link that says that it has a hash', () => {
	it('is unreadable without it, and changes nothing', async () => {
		const { address, settle, read } = setUp({ marksHash: true });
		expect(await settle('?a=1', 'nothing')).toBe('?a=1');
		expect(await settle('', text('abc'))).toBe(`?rest${await hashOf('abc')}`);
		const link = await settle('?a=1', text('abcd'));
		expect(link).toBe(`?a=1&rest${await hashOf('abcd')}`);
		await address.read(url(link.split('#')[0]));
		expect(address.isUnreadable).toBe(true);
		expect(address.problem).toContain('everything from “#” on is missing');
		expect(read).not.toHaveBeenCalled();
	});

	it('is read with it, also after it was unreadable', async () => {
		const { address, read } = setUp({ marksHash: true });
		await address.read(url('?a=1&rest'));
		await address.read(url(`?a=1&rest${await hashOf('abc')}`));
		expect(read).toHaveBeenCalledExactlyOnceWith('a=1', text('abc'));
		expect([address.isUnreadable, address.problem]).toEqual([false, null]);
	});
});
