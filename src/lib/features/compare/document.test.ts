import { describe, expect, it } from 'vitest';
import { hashOf } from '../../../../tests/support/fake-address';
import { encoded } from '../../../../tests/support/fake-calls';
import { fakeLab, linksOf } from '../../../../tests/support/fake-lab';
import { useFakeTimers } from '../../../../tests/support/fake-timers';
import { DEFAULT_TOKENIZERS } from '../../tokenizers/catalogue';
import { FIRST_EXAMPLE } from '../../session/examples';
import { createComparePage } from './page.svelte';

/** A page that compares "abcdefgh" in two tokenizers, whose splits differ in two places. */
function setUp() {
	const { lab } = fakeLab();
	const text = 'abcdefgh';
	lab.input.text = text;
	lab.tokenizers = ['gpt2', 'llama3'];
	const results = { gpt2: encoded(1, 3, 8), llama3: encoded(2, 3, 5, 8) };
	const page = createComparePage(lab, { text, results, merges: 9, opinions: {} });
	return { ...lab, lab, ...page, ...linksOf(page.document) };
}

useFakeTimers();

describe('reading a link', () => {
	it('chooses no tokenizer if the list is empty, as it is written', async () => {
		const { value, document, open, link } = setUp();
		value.tokenizers = [];
		expect(await link()).toMatch(/^\?t=#/);
		value.tokenizers = ['gpt2'];
		await open(`?t=${await hashOf('ab')}`);
		expect(value.tokenizers).toEqual([]);
		expect(document.problem).toBeNull();
	});

	it('applies the pinned token and the difference to its own text, as they are written', async () => {
		const { input, walk, open, link } = setUp();
		const written = `?t=gpt2,llama3&pin=gpt2:3-8&difference=2${await hashOf('abcdefgh')}`;
		await open(written);
		expect(walk.pinnedIn('gpt2')).toMatchObject({ start: 3, end: 8 });
		expect(walk.pinnedIn('llama3')).toBeNull();
		expect(walk.current).toBe(1);
		expect(await link()).toBe(written);
		input.text = 'another text';
		expect([walk.pinned, walk.current]).toEqual([null, -1]);
		expect(await link()).not.toContain('pin=');
	});

	it('applies a list of ids, and switches to ids', async () => {
		const { input, open } = setUp();
		await open(await hashOf('[1, 2]', 'ids'));
		expect(input).toMatchObject({ kind: 'ids', ids: '[1, 2]', text: 'abcdefgh' });
	});

	it('changes nothing if the link names nothing, also not the live tokenizer', async () => {
		const { document, input, live, value, open } = setUp();
		Object.assign(live, { source: 'finnish', chosenMerges: 7 });
		for (const plain of ['', '#', '#section']) await open(plain);
		expect([value.tokenizers, input.text]).toEqual([['gpt2', 'llama3'], 'abcdefgh']);
		expect([live.source, live.chosenMerges, document.problem]).toEqual(['finnish', 7, null]);
		await open('?t=gpt2');
		expect([live.source, live.chosenMerges]).toEqual(['english', null]);
	});

	it('applies tokenizers and text, and reports everything that is wrong with it', async () => {
		const { document, input, value, open } = setUp();
		await open(`?t=llama3,gpt5,qwen3${await hashOf('a\r\nb\ufeff')}`);
		expect([value.tokenizers, input.text]).toEqual([['llama3', 'qwen3'], 'a\r\nb\ufeff']);
		expect(document.problem).toMatch(/^The link asks for the tokenizer “gpt5”, which is not in/);
		await open('?t=gpt5#v9.t=abc');
		expect(input.text).toBe('a\r\nb\ufeff');
		expect(document.problem).toMatch(/“gpt5”.* This link has version 9/);
	});
});

it('writes ids as ids, and leaves out the default example and tokenizers', async () => {
	const { input, value, link } = setUp();
	value.tokenizers = ['gpt2'];
	Object.assign(input, { kind: 'ids', ids: '1 2' });
	expect(await link()).toBe(`?t=gpt2${await hashOf('1 2', 'ids')}`);
	input.show(FIRST_EXAMPLE.text);
	value.tokenizers = DEFAULT_TOKENIZERS;
	expect(await link()).toBe('');
});

describe('options', () => {
	const SEARCH =
		'?t=gpt2,claude-legacy&base=gpt2&special=parse&view=ids&colour=all&marks=off&for=claude-legacy:Claude+2.0&budget=512&models=1&sort=-price-of-calls';

	it('are written as they differ from the default, and read back', async () => {
		const { costs, document, input, link } = setUp();
		const drawn = { display: 'ids', colourAll: true, whitespace: false } as const;
		const table = { budget: 512, allModels: true, sort: '-price-of-calls' };
		const read = {
			...{ tokenizers: ['gpt2', 'claude-legacy'], base: 'gpt2' },
			special: 'parse'
		} as const;
		const shown = { ...read, ...drawn, ...table };
		document.set(shown);
		costs.of('claude-legacy').choose('Claude 2.0');
		input.text = FIRST_EXAMPLE.text;
		const search = await link();
		expect(new URLSearchParams(search).toString()).toBe(new URLSearchParams(SEARCH).toString());

		const opened = setUp();
		await opened.open(search);
		expect(opened.document.problem).toBeNull();
		expect(opened.value).toMatchObject(shown);
		expect(opened.lab.whitespace).toBe(false);
		expect(opened.costs.of('claude-legacy').preset?.name).toBe('Claude 2.0');
	});
});
