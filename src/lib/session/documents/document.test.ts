import { describe, expect, it, vi } from 'vitest';
import { DEBOUNCE_MS, hashOf } from '../../../../tests/support/fake-address';
import { fakeDocument, FILES, FIRST, text } from '../../../../tests/support/fake-document';
import { pass, useFakeTimers } from '../../../../tests/support/fake-timers';
import { MAX_TEXT_BYTES } from './link-codec';

/** A promise that the test resolves. */
function paused() {
	let resume = (): void => undefined;
	const waiting = new Promise<void>((resolve) => (resume = resolve));
	return { waiting, resume: () => resume() };
}

useFakeTimers('performance');

describe('a change', () => {
	it('is undone, but for fields that were changed again', () => {
		const { document, value } = fakeDocument();
		const undo = document.set({ count: 1, beside: 'qwen3', list: ['llama3'] });
		expect(value).toMatchObject({ count: 1, beside: 'qwen3', list: ['llama3'] });
		value.beside = 'gpt2';
		undo();
		expect(value).toMatchObject({ count: 0, beside: 'gpt2', list: ['gpt2'] });
	});

	it.each([
		['all of an unchanged list', 'b', 'abc', 'b', 'abc'],
		['all of an emptied list', '', 'ab', '', 'ab'],
		['an item beside what was added or moved', 'ac', 'abc', 'dca', 'dcab'],
		['an item after what is still there', 'abd', 'abcd', 'xay', 'xacy'],
		['an item at the start', 'a', 'ab', 'x', 'bx'],
		['nothing that is there again', 'a', 'ab', 'xb', 'xb'],
		['what it removed, without what it added', 'ad', 'abc', 'de', 'bce'],
		['only the list without what it added', 'abc', 'a', 'xcb', 'x']
	])('of a list brings back %s', (_, to, before, now, restored) => {
		const { document, value } = fakeDocument({ defaults: { list: [...before] } });
		const undo = document.set({ list: [...to] });
		if (now !== to) value.list = [...now];
		undo();
		expect(value.list.join('')).toBe(restored);
	});

	it('includes the fields that depend on it, and is undone with them', () => {
		const { document, value } = fakeDocument({
			normalise: ({ beside }, before) =>
				beside === undefined || beside === before.beside ? {} : { count: 0 }
		});
		value.count = 7;
		value.beside = 'llama3';
		expect(value.count).toBe(7);
		const undo = document.set({ beside: 'gpt2' });
		expect(value.count).toBe(0);
		undo();
		expect(value).toMatchObject({ beside: 'llama3', count: 7 });
	});

	it('of a bound field changes the object that holds it', async () => {
		const holder = { count: 3 };
		const { value, read, document } = fakeDocument({ bound: { count: holder } });
		expect(value.count).toBe(3);
		const undo = document.set({ count: 4 });
		expect(holder.count).toBe(4);
		undo();
		await read('?n=5');
		expect(holder.count).toBe(5);
		holder.count = 6;
		expect(document.capture().search).toBe('?n=6');
	});
});

describe('a deleted tokenizer', () => {
	it('is forgotten by every field, and put back where nothing else was chosen', () => {
		const { document, value } = fakeDocument();
		const [own, price] = [['own-1', 'a'] as const, ['gpt2', 'b'] as const];
		document.set({ list: ['own-1', 'gpt2'], beside: 'own-1', price: new Map([own, price]) });
		const undo = document.forget('own-1');
		const without = { list: ['gpt2'], beside: 'llama3', price: new Map([price]) };
		expect(value).toMatchObject(without);
		document.set({ list: ['gpt2', 'qwen3'], beside: 'qwen3' });
		undo?.();
		const restored = { list: ['own-1', 'gpt2', 'qwen3'], beside: 'qwen3' };
		expect(value).toMatchObject({ ...restored, price: new Map([own, price]) });
	});

	it('that is not shown changes nothing', () => {
		const { document, value } = fakeDocument();
		const before = { ...value };
		expect(document.forget('own-1')).toBeUndefined();
		expect(value).toEqual(before);
	});
});

describe('writing', () => {
	it('keeps a page in a frame', async () => {
		const { read, take, value, settle } = fakeDocument();
		await read('?embed');
		expect(await settle({})).toBe('?embed');
		const link = `?embed&n=1${await hashOf('abc')}`;
		expect(await settle({ count: 1 }, text('abc'))).toBe(link);
		await read(link);
		expect(take).not.toHaveBeenCalled();
		await read('?embed&n=2');
		expect([take.mock.calls.length, value.count]).toEqual([1, 2]);
	});

	it('is of what is shown now, if it is asked for, and outside of a frame', async () => {
		const { document, read, show, written } = fakeDocument();
		await read('?embed');
		show({ count: 1 }, text('abc'));
		expect(await document.link()).toBe(`?n=1${await hashOf('abc')}`);
		show({ count: 0 });
		expect(await document.link()).toBe('');
		show({ count: 1 }, 'file');
		expect(await document.link()).toBe('?n=1');
		show({}, text('a'.repeat(MAX_TEXT_BYTES)));
		expect(await document.link()).toBe('?n=1');
		expect(written).toEqual([]);
	});

	it('leaves out what the page says need not be said, and says what it must', async () => {
		const { settle } = fakeDocument({ unwritten: ({ count }) => ({ count: null, place: count }) });
		expect(await settle({ place: 0 })).toBe('?n=0');
		expect(await settle({ count: 2 })).toBe('?n=2&place=0');
	});

	it('puts what was typed into the hash', async () => {
		const { settle, read, value } = fakeDocument();
		const link = await settle({ search: 'a b', count: 1 });
		expect(link).toBe('?n=1#v1?q=a+b');
		value.search = '';
		await read(`${link}c`);
		expect(value.search).toBe('a bc');
	});

	it('waits until the document stays unchanged', async () => {
		const { show, written, settle } = fakeDocument();
		for (const count of [1, 2]) {
			show({ count });
			vi.advanceTimersByTime(DEBOUNCE_MS - 1);
		}
		await settle({ count: 3 });
		expect(written).toEqual(['?n=3']);
	});

	it('is replaced by a later one, even while a text is being compressed', async () => {
		const { show, written, settle } = fakeDocument();
		show({ count: 1 }, text('abc'.repeat(100_000)));
		vi.advanceTimersByTime(DEBOUNCE_MS);
		await settle({ count: 2 });
		// Compressing the same text again takes equally long.
		await hashOf('abc'.repeat(100_000));
		expect(written).toEqual(['?n=2']);
	});

	it('is cancelled when the page is left, before it starts and while a text is being compressed', async () => {
		const { show, written } = fakeDocument();
		show({ count: 1 })();
		vi.advanceTimersByTime(DEBOUNCE_MS);
		const leave = show({ count: 2 }, text('abc'));
		vi.advanceTimersByTime(DEBOUNCE_MS);
		leave();
		// Compressing the same text again takes equally long.
		await hashOf('abc');
		expect(written).toEqual([]);
	});

	it('pauses while another document begins to load, which need not come', async () => {
		const { document, show, written } = fakeDocument();
		show({ count: 1 });
		document.pause();
		await pass(5_000);
		show({ count: 2 });
		await pass(4_999);
		expect(written).toEqual([]);
		await pass(1);
		expect(written).toEqual(['?n=2']);
	});

	it('says why the hash lacks an input, until it does not', async () => {
		const { document, settle } = fakeDocument();
		const long = 'x'.repeat(MAX_TEXT_BYTES);
		expect(await settle({ count: 1 }, text(long))).toBe('?n=1');
		expect(document.written?.unlinked).toBe('long');
		expect(await settle({}, 'file')).toBe('?n=1');
		expect(document.written?.unlinked).toBe('file');
		await settle({}, { ...text('abc'), sample: long });
		expect(document.written).toMatchObject({ unlinked: null, omitsSample: true });
		await settle({}, { ...text('abc'), sample: 'short' });
		expect(document.written).toMatchObject({ unlinked: null, omitsSample: false });
	});
});

describe('reading', () => {
	it('leaves the page as it is for a plain address, or for the one it wrote last', async () => {
		const { read, take, value, settle } = fakeDocument();
		const hash = await hashOf('abc');
		await settle({ count: 1 }, text('abc'));
		for (const same of ['', `?n=1${hash}`, '#section']) await read(same);
		expect([take.mock.calls.length, value.count]).toEqual([0, 1]);
		await read(`?n=2${hash}`);
		await read(`?n=1${await hashOf('abd')}`);
		expect([take.mock.calls.length, value.count]).toEqual([2, 1]);
	});

	it('resets what a link does not name to the values of a plain address', async () => {
		const { document, value, read } = fakeDocument({ defaults: { count: 5 } });
		document.set({ count: 1, search: 'x' });
		await read('?beside=qwen3');
		expect(value).toMatchObject({ beside: 'qwen3', count: 5, search: '' });
		await read(await hashOf('abc'));
		expect(value).toEqual(document.defaults);
	});

	it('reads what it wrote last after another link, also if neither was written yet', async () => {
		const { read, take, value, settle } = fakeDocument();
		const own = `?n=1${await hashOf('abc')}`;
		await settle({ count: 1 }, text('abc'));
		const counts: number[] = [];
		for (const link of [`?n=2${await hashOf('def')}`, own, '?n=3#section']) {
			await read(link);
			counts.push(value.count);
		}
		expect(counts).toEqual([2, 1, 3]);
		const inputs = take.mock.calls.map(([{ input }]) => input);
		expect(inputs).toEqual([text('def'), text('abc'), null]);
	});

	it('does not apply a link once the address is that of what is shown again', async () => {
		const { read, take, value, settle } = fakeDocument();
		await settle({ count: 1 });
		const reading = read(`?n=2${await hashOf('def')}`);
		await read('?n=1');
		await reading;
		expect([take.mock.calls.length, value.count]).toEqual([0, 1]);
	});

	it('waits until the names are known', async () => {
		const { waiting, resume } = paused();
		const known: string[] = [];
		const names = { load: () => waiting, has: (id: string) => known.includes(id) };
		const { document, value, read } = fakeDocument({ names });
		const reading = read('?beside=own-2');
		known.push('own-2');
		resume();
		await reading;
		expect([value.beside, document.problem]).toEqual(['own-2', null]);
	});

	it('reports everything that is wrong with a link, until the next one', async () => {
		const { document, read, take } = fakeDocument({
			check(_, link) {
				link.report('One.');
				return {};
			}
		});
		take.mockImplementationOnce((link) => link.report('Two.'));
		await read('?n=x#v1.t=AAAA');
		expect(document.problem).toMatch(
			/^The link contains “n=x”; .+\. One\. Two\. This link is damaged/
		);
		document.dismiss();
		expect(document.problem).toBeNull();
		await read('?n=1#v1.t=AAAA');
		expect(document.problem).toMatch(/^One\. This link is damaged/);
		await read('?n=2');
		expect(document.problem).toBe('One.');
	});

	it('tells the page whether the link is sound, including its hash', async () => {
		const { read, take } = fakeDocument();
		const found: boolean[] = [];
		take.mockImplementation(({ isSound }) => void found.push(isSound));
		for (const link of ['?n=1', '?n=1#v1.t=AAAA', '?n=x']) await read(link);
		expect(found).toEqual([true, false, false]);
	});

	it('lets the page check a link, use other values, and say that it shows none of it', async () => {
		const { document, value, read } = fakeDocument({
			check({ count }, link) {
				link.isUnreadable = link.wrong.has('beside');
				return { count: count + link.settings.size };
			}
		});
		await read('?n=1&beside=gpt5');
		expect([value.count, document.isUnreadable]).toEqual([3, true]);
		value.count = 4;
		expect(document.isUnreadable).toBe(false);
	});

	it('keeps an input that was changed while the link was loading, and says so', async () => {
		const applied = vi.fn();
		const { document, read, take, shown, value } = fakeDocument({ applied });
		value.place = 7;
		const reading = read(`?n=1&place=2${await hashOf('linked')}`);
		shown.content = text('typed');
		await reading;
		expect(take).not.toHaveBeenCalled();
		expect(document.problem).toMatch(/^You changed the input while the link was loading/);
		// The position refers to the linked text.
		expect(value).toMatchObject({ count: 1, place: 7 });
		await read('?n=2&place=3');
		expect([document.problem, value.place]).toEqual([null, 3]);
		expect(applied).toHaveBeenCalledTimes(2);
	});

	it('keeps a field that was changed while the link was loading, whether or not the link names it', async () => {
		let pin = { tokenizer: 'gpt2', start: 0, end: 1 };
		const holder = {
			get pin() {
				return { ...pin };
			},
			set pin(to) {
				pin = to;
			}
		};
		const { read, value } = fakeDocument({ bound: { pin: holder } });
		const reading = read('?n=1&t=qwen3&pin=gpt2:2-3');
		value.count = 9;
		value.search = 'typed';
		await reading;
		expect(value).toMatchObject({ count: 9, search: 'typed', list: ['qwen3'] });
		expect(pin).toMatchObject({ start: 2, end: 3 });
	});

	it('is ignored if a later one has started', async () => {
		const [checking, { waiting, resume }] = [paused(), paused()];
		const { document, read, take } = fakeDocument({
			check: async ({ count }, link) => {
				checking.resume();
				if (count === 1) await waiting;
				link.report(`${count}.`);
				return {};
			}
		});
		const early = read('?n=1');
		await checking.waiting;
		await read('?n=2');
		resume();
		await early;
		expect([document.problem, document.value.count]).toEqual(['2.', 2]);
		expect(take).toHaveBeenCalledTimes(1);
	});
});

describe('a content that is in no address', () => {
	it('is applied with its files, in place of an address that is being read', async () => {
		const { document, value, read, shown, openFiles } = fakeDocument();
		const reading = read(`?n=1${await hashOf('linked')}`);
		await document.open({ search: '?n=2&q=typed', input: null, files: FILES });
		await reading;
		expect(value).toMatchObject({ count: 2, search: 'typed' });
		expect(shown.content).toBe('default');
		expect(openFiles).toHaveBeenCalledExactlyOnceWith(FILES);
	});

	it('is that of a plain address, too', async () => {
		const { document, value } = fakeDocument({ input: undefined });
		const plain = document.capture();
		expect(plain).toEqual({ search: '', input: null, files: null });
		value.count = 3;
		await document.open(plain);
		expect(value.count).toBe(0);
	});

	it('is captured with the input, or with the files in its place', () => {
		const { document, show } = fakeDocument();
		show({ search: 'typed' });
		expect(document.capture()).toEqual({ search: '?q=typed', input: FIRST, files: null });
		show({}, text('abc'));
		expect(document.capture().input).toEqual(text('abc'));
		show({}, 'file');
		expect(document.capture()).toMatchObject({ input: null, files: FILES });
	});

	it('keeps an input that was changed while it was opened, without a word', async () => {
		const { document, shown } = fakeDocument();
		const opening = document.open({ search: '', input: text('before'), files: null });
		shown.content = text('typed');
		await opening;
		expect([shown.content, document.problem]).toEqual([text('typed'), null]);
	});
});

describe('a link that says that it has a hash', () => {
	it('is unreadable without it, and changes nothing', async () => {
		const { document, settle, read, take, value } = fakeDocument({ marksHash: true });
		expect(await settle({ count: 1 })).toBe('?n=1');
		expect(await settle({ count: 0 }, text('abc'))).toBe(`?rest${await hashOf('abc')}`);
		const link = await settle({ count: 1 }, text('abcd'));
		expect(link).toBe(`?n=1&rest${await hashOf('abcd')}`);
		value.count = 5;
		await read(link.split('#')[0]);
		expect(document.isUnreadable).toBe(true);
		expect(document.problem).toContain('everything from “#” on is missing');
		expect([take.mock.calls.length, value.count]).toEqual([0, 5]);
		document.dismiss();
		expect([document.isUnreadable, document.problem]).toEqual([false, null]);
	});

	it('is read with it, also after it was unreadable', async () => {
		const { document, read, shown, value } = fakeDocument({ marksHash: true });
		await read('?n=1&rest');
		await read(`?n=1&rest${await hashOf('abc')}`);
		expect([value.count, shown.content]).toEqual([1, text('abc')]);
		expect([document.isUnreadable, document.problem]).toEqual([false, null]);
	});
});
