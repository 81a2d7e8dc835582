import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeCompare } from '../../../../tests/support/fake-compare';
import { DEFAULT_TOKENIZERS, findDescriptor } from '../../tokenizers/catalogue';
import { FIRST_EXAMPLE } from '../../session/examples';
import { CompareAddress } from './address.svelte';
import { encodeTextHash, HASH_LIMIT } from '../../session/links/link-codec';

/** How long the state rests before it is written. */
const DEBOUNCE_MS = 300;

/** An address over a comparison, what it wrote, and a way to wait for the next writing. */
function setUp() {
	const { state } = fakeCompare(['gpt2']);
	const written: string[] = [];
	let heard: () => void = () => undefined;
	const names = {
		load: () => Promise.resolve(),
		has: (id: string) => findDescriptor(id) !== undefined
	};
	const spot = { link: { corpus: null, merges: null }, take: () => false };
	const address = new CompareAddress(state, names, spot, (to) => {
		written.push(to);
		heard();
	});
	/** Lets the state rest, and gives what is then written. */
	const settle = async () => {
		const next = new Promise<void>((resolve) => (heard = resolve));
		address.write();
		vi.advanceTimersByTime(DEBOUNCE_MS);
		await next;
		return written.at(-1) ?? '';
	};
	return { state, address, written, settle };
}

const url = (rest: string) => new URL(`https://lab.example/bpe/${rest}`);
const hashOf = async (kind: 'text' | 'ids', value: string) =>
	`#${(await encodeTextHash({ kind, value })) ?? ''}`;

beforeEach(() => {
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
	vi.useRealTimers();
});

describe('reading a link', () => {
	it('takes over tokenizers and text', async () => {
		const { state, address } = setUp();
		await address.read(url(`?t=llama3,qwen3${await hashOf('text', 'a\r\nb\ufeff')}`));
		expect(state.tokenizers).toEqual(['llama3', 'qwen3']);
		expect(state.kind).toBe('text');
		expect(state.text).toBe('a\r\nb\ufeff');
		expect(address.problem).toBeNull();
	});

	it('takes over a list of ids, and turns to ids', async () => {
		const { state, address } = setUp();
		await address.read(url(await hashOf('ids', '[1, 2]')));
		expect(state.kind).toBe('ids');
		expect(state.idsText).toBe('[1, 2]');
		expect(state.text).toBe('first');
	});

	it('changes nothing where the link asks for nothing', async () => {
		const { state, address } = setUp();
		await address.read(url('#'));
		await address.read(url('#section'));
		expect(state.tokenizers).toEqual(['gpt2']);
		expect(state.text).toBe('first');
		expect(address.problem).toBeNull();
	});

	it('names tokenizers that do not exist, and takes over the rest', async () => {
		const { state, address } = setUp();
		await address.read(url(`?t=gpt5,qwen3${await hashOf('text', 'abc')}`));
		expect(state.tokenizers).toEqual(['qwen3']);
		expect(state.text).toBe('abc');
		expect(address.problem).toBe(
			'The link asks for “gpt5”, which is neither in the catalogue nor kept in this browser.'
		);
	});

	it('says that it is damaged, and keeps what the user had', async () => {
		const { state, address } = setUp();
		state.setText('mine');
		const hash = await hashOf('text', 'a longer text, so that something can be lost');
		await address.read(url(hash.slice(0, -8)));
		expect(state.text).toBe('mine');
		expect(address.problem).toContain('This link is damaged');
		address.dismiss();
		expect(address.problem).toBeNull();
	});

	it('says all that is wrong with it', async () => {
		const { address } = setUp();
		await address.read(url('?t=gpt5#v9.t=abc'));
		expect(address.problem).toMatch(/“gpt5”.* This link has version 9/);
	});

	it('forgets what was wrong with the link before', async () => {
		const { address } = setUp();
		await address.read(url('?t=gpt5'));
		await address.read(url('?t=gpt2'));
		expect(address.problem).toBeNull();
	});
});

describe('an address that says nothing', () => {
	it('leaves the page as it was left, with what is trained on the spot', async () => {
		const { state } = fakeCompare(['gpt2']);
		const taken: unknown[] = [];
		const spot = {
			link: { corpus: 'english', merges: 5 },
			take: (link: unknown) => taken.push(link) > 0
		};
		const names = { load: () => Promise.resolve(), has: () => true };
		const address = new CompareAddress(state, names, spot, () => undefined);
		await address.read(url(''));
		expect(taken).toEqual([]);
		await address.read(url('?t=gpt2'));
		expect(taken).toEqual([{ corpus: null, merges: null }]);
	});
});

describe('writing the address', () => {
	it('is given up when the page is left', async () => {
		const { address, written, settle } = setUp();
		address.write()();
		vi.advanceTimersByTime(DEBOUNCE_MS);
		const leave = address.write();
		vi.advanceTimersByTime(DEBOUNCE_MS);
		leave();
		await settle();
		expect(written).toHaveLength(1);
	});

	it('puts the tokenizers into the search and the text into the hash', async () => {
		const { state, settle } = setUp();
		state.setText('abc');
		expect(await settle()).toBe(`?t=gpt2${await hashOf('text', 'abc')}`);
	});

	it('writes ids as ids', async () => {
		const { state, settle } = setUp();
		state.setIdsText('1 2');
		state.setKind('ids');
		expect(await settle()).toBe(`?t=gpt2${await hashOf('ids', '1 2')}`);
	});

	it('leaves out the example and the tokenizers that the page begins with', async () => {
		const { state, settle } = setUp();
		state.setText(FIRST_EXAMPLE.text);
		state.setTokenizers(DEFAULT_TOKENIZERS);
		expect(await settle()).toBe('');
	});

	it('waits until the state rests, and writes once', async () => {
		const { state, address, written, settle } = setUp();
		for (const text of ['a', 'ab']) {
			state.setText(text);
			address.write();
			vi.advanceTimersByTime(DEBOUNCE_MS - 1);
		}
		expect(written).toEqual([]);
		state.setText('abc');
		await settle();
		expect(written).toEqual([`?t=gpt2${await hashOf('text', 'abc')}`]);
	});

	it('says when the text is too long for a link, and writes the tokenizers alone', async () => {
		const { state, address, settle } = setUp();
		// Letters that do not compress.
		let seed = 1;
		const noise = Array.from({ length: HASH_LIMIT * 2 }, () => {
			seed = (seed * 48_271) % 2_147_483_647;
			return String.fromCharCode(0x21 + (seed % 94));
		}).join('');
		state.setText(noise);
		expect(await settle()).toBe('?t=gpt2');
		expect(address.tooLong).toBe(true);
		state.setText('short');
		await settle();
		expect(address.tooLong).toBe(false);
	});

	it('does not read back what it wrote itself', async () => {
		const { state, address, settle } = setUp();
		state.setText('abc');
		const own = await settle();
		state.setText('typed on');
		await address.read(url(own));
		expect(state.text).toBe('typed on');
		await address.read(url(await hashOf('text', 'another')));
		expect(state.text).toBe('another');
	});
});
