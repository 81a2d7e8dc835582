import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hashOf, recordAddress } from '../../../../tests/support/fake-address';
import { fakeCompare } from '../../../../tests/support/fake-compare';
import { DEFAULT_TOKENIZERS, findDescriptor } from '../../tokenizers/catalogue';
import { Costs } from '../../session/costs.svelte';
import { FIRST_EXAMPLE } from '../../session/examples';
import { Drawing } from '../../session/lab.svelte';
import { DifferenceWalk } from '../../ui/token/difference-walk.svelte';
import { createCompareAddress } from './address';
import { CompareView, IdInput } from './page.svelte';

/** An address of a comparison, and a function that waits for the next write. */
function setUp() {
	const { state } = fakeCompare(['gpt2']);
	const { replace, settle } = recordAddress();
	const names = {
		load: () => Promise.resolve(),
		has: (id: string) => findDescriptor(id) !== undefined
	};
	const live = { link: { corpus: 'english', merges: null }, take: () => false };
	const idInput = new IdInput(state);
	const [drawing, costs] = [new Drawing(), new Costs()];
	const view = new CompareView();
	const walk = new DifferenceWalk(
		() => Uint32Array.of(0, 2, 4, 6),
		() => state.text
	);
	const linked = { compare: state, idInput, live, drawing, costs, view, walk };
	const address = createCompareAddress(linked, names, replace);
	return {
		state,
		idInput,
		drawing,
		costs,
		view,
		walk,
		address,
		settle: () => settle(() => address.write())
	};
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

	it('chooses no tokenizer if the list is empty, as it is written', async () => {
		const { state, address, settle } = setUp();
		state.setText('abc');
		state.setTokenizers([]);
		expect(await settle()).toMatch(/^\?t=#/);
		state.setTokenizers(['gpt2']);
		await address.read(url(`?t=${await hashOf('ab')}`));
		expect(state.tokenizers).toEqual([]);
		expect(address.problem).toBeNull();
	});

	it('applies the pinned token and the difference to its own text, as they are written', async () => {
		const { state, walk, address, settle } = setUp();
		const link = `?t=gpt2&pin=gpt2:3-8&difference=2${await hashOf('abcdefgh')}`;
		await address.read(url(link));
		expect(walk.pinnedIn('gpt2')).toMatchObject({ start: 3, end: 8 });
		expect(walk.pinnedIn('llama3')).toBeNull();
		expect(walk.current).toBe(1);
		expect(await settle()).toBe(link);
		state.setText('another text');
		expect([walk.pinned, walk.current]).toEqual([null, -1]);
		expect(await settle()).not.toContain('pin=');
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
		const linked = {
			compare: state,
			idInput: { text: '' },
			live,
			drawing: new Drawing(),
			costs: new Costs(),
			view: new CompareView(),
			walk: new DifferenceWalk(() => new Uint32Array())
		};
		const address = createCompareAddress(linked, names, () => undefined);
		await address.read(url(''));
		expect(taken).toEqual([]);
		await address.read(url('?t=gpt2'));
		expect(taken).toEqual([{ corpus: 'english', merges: null }]);
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

describe('special tokens, drawing and costs', () => {
	const SEARCH =
		'?t=gpt2,claude-legacy&special=parse&view=ids&colour=all&marks=off&for=claude-legacy:Claude+2.0&price=claude-legacy:99&window=claude-legacy:none&budget=512&models=1&sort=-price-of-calls';

	it('are written as they differ from the default, and read back', async () => {
		const { state, drawing, costs, view, settle } = setUp();
		Object.assign(view, { budget: 512, allModels: true, sort: '-price-of-calls' });
		state.setTokenizers(['gpt2', 'claude-legacy']);
		state.setSpecial('parse');
		Object.assign(drawing, { display: 'ids', colourAll: true, whitespace: false });
		const cost = costs.of('claude-legacy');
		cost.choose('Claude 2.0');
		cost.price = 99;
		cost.window = null;
		state.setText(FIRST_EXAMPLE.text);
		const search = await settle();

		const opened = setUp();
		await opened.address.read(url(search));
		expect(opened.address.problem).toBeNull();
		expect(opened.state.special).toBe('parse');
		const { display, colourAll, whitespace } = opened.drawing;
		expect([display, colourAll, whitespace]).toEqual(['ids', true, false]);
		const { preset, price, window } = opened.costs.of('claude-legacy');
		expect([preset?.name, price, window]).toEqual(['Claude 2.0', 99, null]);
		const { budget, allModels, sort } = opened.view;
		expect([budget, allModels, sort]).toEqual([512, true, '-price-of-calls']);
		expect(new URLSearchParams(search).toString()).toBe(new URLSearchParams(SEARCH).toString());
	});

	it('are as by default if a link does not name them', async () => {
		const { state, drawing, costs, view, address } = setUp();
		view.budget = 'window';
		state.setSpecial('parse');
		drawing.display = 'bytes';
		costs.of('claude-legacy').price = 1;
		await address.read(url('?t=gpt2'));
		expect([view.budget, state.special, drawing.display, costs.of('claude-legacy').price]).toEqual([
			null,
			'text',
			'text',
			null
		]);
	});

	it('are named if the lab does not know a model', async () => {
		const { address } = setUp();
		await address.read(url('?t=claude-legacy&for=claude-legacy:Claude+9'));
		expect(address.problem).toBe(
			'The link asks for a model of claude-legacy whose price the lab does not know.'
		);
	});
});
