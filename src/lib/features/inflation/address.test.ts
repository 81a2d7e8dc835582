import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hashOf } from '../../../../tests/support/fake-address';
import { fakeCalls } from '../../../../tests/support/fake-calls';
import { languageOf } from '../../../../tests/support/inflation';
import { Costs } from '../../session/costs.svelte';
import { createInflationAddress } from './address';
import { CostCalculator } from './cost-calculator.svelte';
import { Measurements } from './measurements.svelte';
import { UserTexts } from './user-texts.svelte';
import { InflationView } from './view.svelte';

const DEFAULT_TEXTS = [
	{ name: 'English', text: 'house' },
	{ name: 'Turkish', text: 'ev' }
];

function fakePage() {
	const { method } = fakeCalls<'measureDeclarations'>();
	const view = new InflationView(new Measurements({ measureDeclarations: method }, {}), {
		languages: [
			languageOf('eng', 'English'),
			languageOf('tur', 'Turkish'),
			languageOf('mya', 'Burmese', { script: 'Myanmar' })
		],
		first: ['eng', 'tur'],
		tokenizers: ['a', 'b'],
		baseline: 'eng',
		chosen: 'tur'
	});
	const calculator = new CostCalculator();
	const userTexts = new UserTexts(
		{ measureUserTexts: fakeCalls<'measureUserTexts'>().method },
		DEFAULT_TEXTS
	);
	const costs = new Costs();
	const chooseTokenizers = vi.fn((ids: readonly string[]) => view.setTokenizers(ids));
	const addresses: string[] = [];
	const address = createInflationAddress(
		{ view, calculator, userTexts, chooseTokenizers },
		costs,
		{ load: () => Promise.resolve(), has: (id) => ['a', 'b', 'c'].includes(id) },
		(to) => addresses.push(to)
	);
	return { view, calculator, userTexts, costs, chooseTokenizers, address, addresses };
}
const url = (rest: string) => new URL(`https://lab.example/inflation/${rest}`);

describe('the address of Inflation', () => {
	beforeEach(() => void vi.useFakeTimers());
	afterEach(() => void vi.useRealTimers());

	it('is empty for the default state', async () => {
		const { address, addresses } = fakePage();
		address.write();
		await vi.runAllTimersAsync();
		expect(addresses).toEqual(['']);
	});

	it('restores what another page wrote, including the user’s texts', async () => {
		const one = fakePage();
		one.view.setTokenizers(['c']);
		one.view.choose('mya');
		one.view.script = 'Myanmar';
		one.view.log = false;
		one.view.word = 'fin';
		one.view.setOpen('own', true);
		one.view.setOpen('across', true);
		one.view.setOpen('costs', true);
		one.view.setOpen('costs', false);
		one.view.budget = 300;
		one.calculator.prompt = 64;
		one.userTexts.change(1, { text: 'evlerimizdekilerden' });
		one.calculator.choose('Qwen3 8B');
		one.calculator.setFormat('8 bits');
		one.costs.of('c').price = 0.5;
		one.address.write();
		await vi.runAllTimersAsync();
		vi.useRealTimers();
		await vi.waitFor(() => expect(one.addresses).toHaveLength(1));

		const other = fakePage();
		await other.address.read(url(one.addresses[0]));
		expect(other.chooseTokenizers).toHaveBeenCalledExactlyOnceWith(['c']);
		expect(other.address.problem).toBeNull();
		expect([
			other.view.tokenizers,
			other.view.chosen.code,
			other.view.script,
			other.view.log,
			other.view.word,
			other.view.open,
			other.calculator.prompt,
			other.userTexts.texts[1].text,
			other.calculator.preset.name,
			other.view.budget,
			other.calculator.format.name,
			other.costs.of('c').price
		]).toEqual([
			['c'],
			'mya',
			'Myanmar',
			false,
			'fin',
			['across', 'own'],
			64,
			'evlerimizdekilerden',
			'Qwen3 8B',
			300,
			'8 bits',
			0.5
		]);
	});

	it('replaces every choice of a page, also by the default of a link', async () => {
		vi.useRealTimers();
		const { view, calculator, address } = fakePage();
		view.setTokenizers(['b', 'c']);
		view.setDetail('c');
		view.setOpen('table', true);
		calculator.choose('GPT-2 (124M)');
		await address.read(url('?article=2'));
		expect([view.tokenizers, view.detail, view.open, view.article]).toEqual([
			['a', 'b'],
			'a',
			[],
			2
		]);
		expect([calculator.preset.name, calculator.format.name]).toEqual(['Llama 3 8B', 'bfloat16']);
	});

	it('opens the texts of a link that says nothing, and restores that they were closed', async () => {
		vi.useRealTimers();
		for (const [search, open] of [
			['', ['own']],
			['?open=', []]
		] as const) {
			const { view, userTexts, address, addresses } = fakePage();
			userTexts.change(1, { text: 'evler' });
			view.open = open;
			address.write();
			await vi.waitFor(() => expect(addresses).toHaveLength(1));
			expect(addresses[0].split('#')[0]).toBe(search);
			const other = fakePage();
			await other.address.read(url(addresses[0]));
			expect(other.userTexts.texts[1].text).toBe('evler');
			expect(other.view.open).toEqual(open);
		}
	});

	it('opens the costs of a link with a price or a model', async () => {
		vi.useRealTimers();
		for (const search of ['?price=3', '?model=GPT-2+(124M)', '?cache=8+bits']) {
			const { view, address } = fakePage();
			await address.read(url(search));
			expect(view.open).toEqual(['costs']);
		}
	});

	it('restores that a price and a window were removed', async () => {
		vi.useRealTimers();
		const { view, costs, address } = fakePage();
		view.setTokenizers(['c']);
		const cost = costs.of('c');
		[cost.price, cost.window] = [3, 8192];
		await address.read(url('?t=c&price=none&window=none'));
		expect([cost.price, cost.window, address.problem]).toEqual([null, null, null]);
	});

	it('keeps the state of a page if the address is empty', async () => {
		const { view, chooseTokenizers, address } = fakePage();
		view.choose('mya');
		await address.read(url(''));
		expect(chooseTokenizers).not.toHaveBeenCalled();
		expect(view.chosen.code).toBe('mya');
	});

	it('says what is wrong with a link, and keeps the texts', async () => {
		vi.useRealTimers();
		const { userTexts, address } = fakePage();
		await address.read(url('?lang=tlh#v1.t=damaged'));
		expect(address.problem).toContain('The link asks for the language “tlh”');
		expect(address.problem).toContain('This link is damaged');
		await address.read(url(await hashOf('a text of Compare')));
		expect(address.problem).toContain('another page of the lab');
		expect(userTexts.texts).toEqual(DEFAULT_TEXTS);
		address.dismiss();
		expect(address.problem).toBeNull();
	});
});
