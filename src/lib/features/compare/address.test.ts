import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hashOf, recordAddress } from '../../../../tests/support/fake-address';
import { fakeCompare } from '../../../../tests/support/fake-compare';
import { DEFAULT_TOKENIZERS, findDescriptor } from '../../tokenizers/catalogue';
import { FIRST_EXAMPLE } from '../../session/examples';
import { createCompareAddress } from './address';
import { IdInput } from './page.svelte';

/** An address of a comparison, and a function that waits for the next write. */
function setUp() {
	const { state } = fakeCompare(['gpt2']);
	const { replace, settle } = recordAddress();
	const names = {
		load: () => Promise.resolve(),
		has: (id: string) => findDescriptor(id) !== undefined
	};
	const live = { link: { corpus: null, merges: null }, take: () => false };
	const idInput = new IdInput(state);
	const address = createCompareAddress(state, idInput, names, live, replace);
	return { state, idInput, address, settle: () => settle(() => address.write()) };
}

const url = (rest: string) => new URL(`https://lab.example/bpe/${rest}`);

beforeEach(() => {
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
	vi.useRealTimers();
});

describe('reading a link', () => {
	it('applies tokenizers and text', async () => {
		const { state, address } = setUp();
		await address.read(url(`?t=llama3,qwen3${await hashOf('a\r\nb\ufeff')}`));
		expect(state.tokenizers).toEqual(['llama3', 'qwen3']);
		expect(state.kind).toBe('text');
		expect(state.text).toBe('a\r\nb\ufeff');
		expect(address.problem).toBeNull();
	});

	it('applies a list of ids, and switches to ids', async () => {
		const { state, idInput, address } = setUp();
		await address.read(url(await hashOf('[1, 2]', 'ids')));
		expect(state.kind).toBe('ids');
		expect(idInput.text).toBe('[1, 2]');
		expect(state.text).toBe('first');
	});

	it('changes nothing if the link names nothing', async () => {
		const { state, address } = setUp();
		await address.read(url('#'));
		await address.read(url('#section'));
		expect(state.tokenizers).toEqual(['gpt2']);
		expect(state.text).toBe('first');
		expect(address.problem).toBeNull();
	});

	it('names tokenizers that do not exist, and applies the rest', async () => {
		const { state, address } = setUp();
		await address.read(url(`?t=gpt5,qwen3${await hashOf('abc')}`));
		expect(state.tokenizers).toEqual(['qwen3']);
		expect(state.text).toBe('abc');
		expect(address.problem).toBe(
			'The link asks for the tokenizer “gpt5”, which is neither in the catalogue nor saved in this browser.'
		);
	});

	it('reports that it is damaged, and keeps the input', async () => {
		const { state, address } = setUp();
		state.setText('mine');
		const hash = await hashOf('a longer text, so that something can be lost');
		await address.read(url(hash.slice(0, -8)));
		expect(state.text).toBe('mine');
		expect(address.problem).toContain('This link is damaged');
		address.dismiss();
		expect(address.problem).toBeNull();
	});

	it('reports everything that is wrong with it', async () => {
		const { address } = setUp();
		await address.read(url('?t=gpt5#v9.t=abc'));
		expect(address.problem).toMatch(/“gpt5”.* This link has version 9/);
	});
});

describe('a plain address', () => {
	it('leaves the page and the live tokenizer as they are', async () => {
		const { state } = fakeCompare(['gpt2']);
		const taken: unknown[] = [];
		const live = {
			link: { corpus: 'english', merges: 5 },
			take: (link: unknown) => taken.push(link) > 0
		};
		const names = { load: () => Promise.resolve(), has: () => true };
		const address = createCompareAddress(state, { text: '' }, names, live, () => undefined);
		await address.read(url(''));
		expect(taken).toEqual([]);
		await address.read(url('?t=gpt2'));
		expect(taken).toEqual([{ corpus: null, merges: null }]);
	});
});

describe('writing the address', () => {
	it('puts the tokenizers into the search part and the text into the hash', async () => {
		const { state, settle } = setUp();
		state.setText('abc');
		expect(await settle()).toBe(`?t=gpt2${await hashOf('abc')}`);
	});

	it('writes ids as ids', async () => {
		const { state, idInput, settle } = setUp();
		idInput.text = '1 2';
		state.setKind('ids');
		expect(await settle()).toBe(`?t=gpt2${await hashOf('1 2', 'ids')}`);
	});

	it('leaves out the default example and tokenizers', async () => {
		const { state, settle } = setUp();
		state.setText(FIRST_EXAMPLE.text);
		state.setTokenizers(DEFAULT_TOKENIZERS);
		expect(await settle()).toBe('');
	});
});
