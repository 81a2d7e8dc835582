import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { encodeTextHash, TEXT_LIMIT, type LinkInput } from './link-codec';
import { PageAddress, readPart, type Carried } from './page-address.svelte';

/** How long the state rests before it is written. */
const DEBOUNCE_MS = 300;

const text = (value: string): LinkInput => ({ kind: 'text', value });
const hashOf = async (value: string) => `#${(await encodeTextHash(text(value))) ?? ''}`;

/** An address, what it wrote, and a way to write and wait until that has happened. */
function setUp() {
	const written: string[] = [];
	let heard: () => void = () => undefined;
	const address = new PageAddress((to) => {
		written.push(to);
		heard();
	});
	const settle = async (search: string, carried: Carried) => {
		const next = new Promise<void>((resolve) => (heard = resolve));
		address.write(search, () => carried);
		vi.advanceTimersByTime(DEBOUNCE_MS);
		await next;
		return written.at(-1);
	};
	return { address, written, settle };
}

beforeEach(() => {
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
	vi.useRealTimers();
});

describe('writing', () => {
	it('puts what is carried behind the search', async () => {
		const { settle } = setUp();
		expect(await settle('?a=1', text('abc'))).toBe(`?a=1${await hashOf('abc')}`);
		expect(await settle('?a=1', 'nothing')).toBe('?a=1');
		expect(await settle('', 'nothing')).toBe('');
	});

	it('waits until the state rests, and asks for what is carried only then', async () => {
		const { address, written, settle } = setUp();
		const carried = vi.fn<() => Carried>(() => 'nothing');
		for (let change = 0; change < 3; change++) {
			address.write(`?a=${change}`, carried);
			vi.advanceTimersByTime(DEBOUNCE_MS - 1);
		}
		expect(carried).not.toHaveBeenCalled();
		await settle('?a=3', 'nothing');
		expect(written).toEqual(['?a=3']);
	});

	it('is overtaken by a later one, also while a text is being packed', async () => {
		const { address, written, settle } = setUp();
		address.write('?a=1', () => text('abc'.repeat(100_000)));
		vi.advanceTimersByTime(DEBOUNCE_MS);
		await settle('?a=2', 'nothing');
		// Packing the same text again takes as long.
		await hashOf('abc'.repeat(100_000));
		expect(written).toEqual(['?a=2']);
	});

	it('is given up when the page is left, before its time and while a text is being packed', async () => {
		const { address, written } = setUp();
		address.write('?a=1', () => 'nothing')();
		vi.advanceTimersByTime(DEBOUNCE_MS);
		const leave = address.write('?a=2', () => text('abc'));
		vi.advanceTimersByTime(DEBOUNCE_MS);
		leave();
		// Packing the same text again takes as long.
		await hashOf('abc');
		expect(written).toEqual([]);
	});

	it('says why the hash carries nothing, until it does', async () => {
		const { address, settle } = setUp();
		expect(await settle('?a=1', text('x'.repeat(TEXT_LIMIT)))).toBe('?a=1');
		expect(address.unlinked).toBe('long');
		expect(await settle('?a=1', 'file')).toBe('?a=1');
		expect(address.unlinked).toBe('file');
		await settle('?a=1', text('abc'));
		expect(address.unlinked).toBeNull();
	});
});

describe('what was written last', () => {
	it('is told from other addresses, whole or by its hash', async () => {
		const { address, settle } = setUp();
		const hash = await hashOf('abc');
		expect(address.wrote({ search: '', hash: '' })).toBe(false);
		await settle('?a=1', text('abc'));
		expect(address.wrote({ search: '?a=1', hash })).toBe(true);
		expect(address.wrote({ search: '?a=2', hash })).toBe(false);
		expect(address.wroteHash(hash)).toBe(true);
		expect(address.wroteHash(await hashOf('abd'))).toBe(false);
		await settle('?a=2', 'nothing');
		expect(address.wroteHash(hash)).toBe(false);
	});

	it('has no hash of its own where nothing is carried', async () => {
		const { address, settle } = setUp();
		await settle('?a=1', 'nothing');
		expect(address.wrote({ search: '?a=1', hash: '' })).toBe(true);
		expect(address.wroteHash('')).toBe(false);
	});
});

describe('reading', () => {
	it('says all that is wrong with a link, and forgets it with the next', () => {
		const { address } = setUp();
		expect(address.startReading()(['One.', 'Two.'])).toBe(true);
		expect(address.problem).toBe('One. Two.');
		expect(address.startReading()([])).toBe(true);
		expect(address.problem).toBeNull();
	});

	it('that was begun before another may not end after it', () => {
		const { address } = setUp();
		const early = address.startReading();
		const late = address.startReading();
		expect(late(['Late.'])).toBe(true);
		expect(early(['Early.'])).toBe(false);
		expect(address.problem).toBe('Late.');
	});

	it('has its problem dismissed', () => {
		const { address } = setUp();
		address.startReading()(['One.']);
		address.dismiss();
		expect(address.problem).toBeNull();
	});

	it('goes on behind a part that cannot be read', async () => {
		const problems = ['Before.'];
		expect(await readPart(() => Promise.reject(new Error('Damaged.')), problems)).toBeNull();
		expect(await readPart(() => Promise.resolve('said'), problems)).toBe('said');
		expect(problems).toEqual(['Before.', 'Damaged.']);
	});
});
