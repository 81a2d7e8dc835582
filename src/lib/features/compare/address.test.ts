import { describe, expect, it } from 'vitest';
import { hashOf, recordAddress } from '../../../../tests/support/fake-address';
import { fakeSharedText } from '../../../../tests/support/fake-shared-text';
import { useFakeTimers } from '../../../../tests/support/fake-timers';
import { DEFAULT_TOKENIZERS, findDescriptor } from '../../tokenizers/catalogue';
import { Costs } from '../../session/costs.svelte';
import { FIRST_EXAMPLE } from '../../session/examples';
import { Drawing } from '../../session/lab.svelte';
import { DifferenceWalk } from '../../ui/token/difference-walk.svelte';
import { createCompareAddress } from './address';
import { CompareView, IdInput } from './page.svelte';

/** An address of a comparison, and a function that waits for the next write. */
function setUp(taken: unknown[] = []) {
	const { state } = fakeSharedText(['gpt2']);
	const { replace, settle } = recordAddress();
	const names = {
		load: () => Promise.resolve(),
		has: (id: string) => findDescriptor(id) !== undefined
	};
	const take = (link: unknown) => taken.push(link) > 1e9;
	const live = { link: { corpus: 'english', merges: null }, take };
	const idInput = new IdInput(state);
	const [drawing, costs, view] = [new Drawing(), new Costs(), new CompareView()];
	const walk = new DifferenceWalk(
		() => Uint32Array.of(0, 2, 4, 6),
		() => state.text
	);
	const linked = { shared: state, idInput, live, drawing, costs, view, walk };
	const address = createCompareAddress(linked, names, replace);
	return { ...linked, state, address, settle: () => settle(() => address.write()) };
}

const url = (rest: string) => new URL(`https://lab.example/bpe/${rest}`);

useFakeTimers();

describe('reading a link', () => {
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

	it('changes nothing if the link names nothing, also not the live tokenizer', async () => {
		const taken: unknown[] = [];
		const { state, address } = setUp(taken);
		for (const plain of ['', '#', '#section']) await address.read(url(plain));
		expect([state.tokenizers, state.text, address.problem]).toEqual([['gpt2'], 'first', null]);
		expect(taken).toEqual([]);
		await address.read(url('?t=gpt2'));
		expect(taken).toEqual([{ corpus: 'english', merges: null }]);
	});

	it('applies tokenizers and text, and reports everything that is wrong with it', async () => {
		const { state, address } = setUp();
		await address.read(url(`?t=llama3,gpt5,qwen3${await hashOf('a\r\nb\ufeff')}`));
		expect([state.tokenizers, state.text]).toEqual([['llama3', 'qwen3'], 'a\r\nb\ufeff']);
		expect(address.problem).toMatch(/^The link asks for the tokenizer “gpt5”, which is neither/);
		await address.read(url('?t=gpt5#v9.t=abc'));
		expect(state.text).toBe('a\r\nb\ufeff');
		expect(address.problem).toMatch(/“gpt5”.* This link has version 9/);
	});
});

it('writes ids as ids, and leaves out the default example and tokenizers', async () => {
	const { state, idInput, settle } = setUp();
	idInput.text = '1 2';
	state.setKind('ids');
	expect(await settle()).toBe(`?t=gpt2${await hashOf('1 2', 'ids')}`);
	state.setKind('text');
	state.setText(FIRST_EXAMPLE.text);
	state.setTokenizers(DEFAULT_TOKENIZERS);
	expect(await settle()).toBe('');
});

describe('special tokens, drawing and costs', () => {
	const SEARCH =
		'?t=gpt2,claude-legacy&special=parse&view=ids&colour=all&marks=off&for=claude-legacy:Claude+2.0&price=claude-legacy:99&window=claude-legacy:none&budget=512&models=1&sort=-price-of-calls';

	it('are written as they differ from the default, and read back', async () => {
		const { state, drawing, costs, view, settle } = setUp();
		const table = { budget: 512, allModels: true, sort: '-price-of-calls' };
		const drawn = { display: 'ids', colourAll: true, whitespace: false };
		Object.assign(view, table);
		state.setTokenizers(['gpt2', 'claude-legacy']);
		state.setSpecial('parse');
		Object.assign(drawing, drawn);
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
		expect(opened.drawing).toMatchObject(drawn);
		const figures = { preset: { name: 'Claude 2.0' }, price: 99, window: null };
		expect(opened.costs.of('claude-legacy')).toMatchObject(figures);
		expect(opened.view).toMatchObject(table);
		expect(new URLSearchParams(search).toString()).toBe(new URLSearchParams(SEARCH).toString());
	});

	it('are as by default if a link does not name them', async () => {
		const { state, drawing, costs, view, address } = setUp();
		view.budget = 'window';
		state.setSpecial('parse');
		drawing.display = 'bytes';
		costs.of('claude-legacy').price = 1;
		await address.read(url('?t=gpt2'));
		expect([view.budget, costs.of('claude-legacy').price]).toEqual([null, null]);
		expect([state.special, drawing.display]).toEqual(['text', 'text']);
	});

	it('are named if the lab does not know a model', async () => {
		const { address } = setUp();
		await address.read(url('?t=claude-legacy&for=claude-legacy:Claude+9'));
		expect(address.problem).toBe(
			'The link asks for a model of claude-legacy whose price the lab does not know.'
		);
	});
});
