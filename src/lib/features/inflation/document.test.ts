import { expect, it, vi } from 'vitest';
import { hashOf, recordAddress } from '../../../../tests/support/fake-address';
import { fakeCalls } from '../../../../tests/support/fake-calls';
import { useFakeTimers } from '../../../../tests/support/fake-timers';
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
	const { replace, settle } = recordAddress();
	const address = createInflationAddress(
		{ view, calculator, userTexts, chooseTokenizers },
		costs,
		{ load: () => Promise.resolve(), has: (id) => ['a', 'b', 'c'].includes(id) },
		replace
	);
	const write = () => settle(() => address.write());
	return { view, calculator, userTexts, costs, chooseTokenizers, address, write };
}
const url = (rest: string) => new URL(`https://lab.example/inflation/${rest}`);

useFakeTimers();

it('restores what another page wrote, including the user’s texts', async () => {
	const one = fakePage();
	expect(await one.write()).toBe('');
	one.view.setTokenizers(['c']);
	one.view.choose('mya');
	const plain = { script: 'Myanmar', log: false, word: 'fin' };
	Object.assign(one.view, plain);
	one.calculator.prompt = 64;
	one.calculator.choose('Qwen3 8B');
	one.userTexts.change(1, { text: 'evlerimizdekilerden' });
	one.costs.of('c').price = 0.5;
	const other = fakePage();
	await other.address.read(url(await one.write()));
	expect(other.chooseTokenizers).toHaveBeenCalledExactlyOnceWith(['c']);
	expect(other.address.problem).toBeNull();
	expect(other.view).toMatchObject({
		...plain,
		tokenizers: ['c'],
		chosen: { code: 'mya' }
	});
	expect(other.calculator).toMatchObject({
		prompt: 64,
		preset: { name: 'Qwen3 8B' }
	});
	expect(other.userTexts.texts[1].text).toBe('evlerimizdekilerden');
	expect(other.costs.of('c').price).toBe(0.5);
});

it('replaces every choice of a page, also by the default of a link', async () => {
	const { view, calculator, address } = fakePage();
	view.setTokenizers(['b', 'c']);
	view.setDetail('c');
	calculator.choose('GPT-2 (124M)');
	await address.read(url('?word=fin'));
	expect(view).toMatchObject({ tokenizers: ['a', 'b'], detail: 'a', word: 'fin' });
	expect(calculator.preset.name).toBe('Llama 3 8B');
});

it('restores that a price and a window were removed', async () => {
	const { view, costs, address } = fakePage();
	view.setTokenizers(['c']);
	const cost = costs.of('c');
	[cost.price, cost.window] = [3, 8192];
	await address.read(url('?t=c&price=none&window=none'));
	expect([cost.price, cost.window, address.problem]).toEqual([null, null, null]);
});

it('says what is wrong with a link, and keeps the texts', async () => {
	const { userTexts, address } = fakePage();
	await address.read(url('?lang=tlh#v1.t=damaged'));
	expect(address.problem).toContain('The link asks for the language “tlh”');
	expect(address.problem).toContain('This link is damaged');
	await address.read(url(await hashOf('a text of Compare')));
	expect(address.problem).toContain('another page of the lab');
	expect(userTexts.texts).toEqual(DEFAULT_TEXTS);
});
