import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COMPARE_LINK } from './compare';
import { readLink, writeLink } from './schema';

const known = new Set(['llama3', 'cl100k_base', 'gpt2', 'qwen3', 'gemma3']);
const read = (search: string) =>
	readLink(COMPARE_LINK, new URLSearchParams(search), { has: (id: string) => known.has(id) });

describe('the tokenizers of a link', () => {
	const readTokenizers = (search: string) => {
		const { values, problems } = read(search);
		return { ids: values.tokenizers, problems };
	};
	const write = (tokenizers: readonly string[], defaults: readonly string[]) =>
		writeLink(COMPARE_LINK, { tokenizers }, { tokenizers: defaults });

	it('are read in order', () => {
		expect(readTokenizers('?t=llama3,cl100k_base')).toEqual({
			ids: ['llama3', 'cl100k_base'],
			problems: []
		});
	});

	it('are the default if the address names none', () => {
		for (const search of ['', '?t=,,'])
			expect(readTokenizers(search)).toEqual({ ids: null, problems: [] });
	});

	it('are none if the list is empty, as it is written if none is chosen', () => {
		expect(write([], ['gpt2'])).toBe('?t=');
		expect(readTokenizers('?t=')).toEqual({ ids: [], problems: [] });
	});

	it('are distinct, without spaces around them', () => {
		expect(readTokenizers('?t=gpt2,+gpt2+,qwen3').ids).toEqual(['gpt2', 'qwen3']);
	});

	it('are resolved from aliases', () => {
		expect(readTokenizers('?t=r50k_base,gpt2,qwen3').ids).toEqual(['gpt2', 'qwen3']);
	});

	it('are named if they do not exist, and the rest is kept', () => {
		expect(readTokenizers('?t=gpt2,gpt5,toString')).toEqual({
			ids: ['gpt2'],
			problems: [
				'The link asks for the tokenizers “gpt5” and “toString”, which are neither in the catalogue nor saved in this browser.'
			]
		});
		expect(readTokenizers('?t=gpt5')).toEqual({
			ids: null,
			problems: [
				'The link asks for the tokenizer “gpt5”, which is neither in the catalogue nor saved in this browser.'
			]
		});
	});

	it('may be missing only because saved tokenizers are', () => {
		const names = { has: (id: string) => known.has(id), problem: 'The storage is slow.' };
		const search = new URLSearchParams('?t=gpt2,own-1');
		expect(readLink(COMPARE_LINK, search, names).problems).toEqual([
			'The link asks for the tokenizer “own-1”, which is not in the catalogue. The storage is slow.'
		]);
	});

	it('are written in order if they are not the default', () => {
		expect(write(['b', 'a'], ['a', 'b'])).toBe('?t=b,a');
		expect(write(['a'], ['a', 'b'])).toBe('?t=a');
		expect(write(['a', 'b'], ['a', 'b'])).toBe('');
		expect(write([], ['a', 'b'])).toBe('?t=');
	});
});

describe('the pinned token of a link', () => {
	it('is read as it was written', () => {
		for (const pin of [
			{ tokenizer: 'gpt2', start: 0, end: 0 },
			{ tokenizer: 'cl100k_base', start: 12, end: 23 }
		])
			expect(read(writeLink(COMPARE_LINK, { pin }))).toMatchObject({
				values: { pin },
				problems: []
			});
		expect(writeLink(COMPARE_LINK, { pin: { tokenizer: 'gpt2', start: 1, end: 5 } })).toBe(
			'?pin=gpt2:1-5'
		);
	});

	it('is reported if it names no tokenizer or no bytes', () => {
		for (const pin of ['gpt5:1-2', 'gpt2', 'gpt2:5-3', 'gpt2:-1-3', 'gpt2:1.5-3', '']) {
			const { values, problems } = read(`?pin=${pin}`);
			expect(values.pin, pin).toBeNull();
			expect(problems, pin).toHaveLength(1);
		}
	});
});

describe('the live tokenizer of a link', () => {
	it('is read as it was written', () => {
		for (const live of [
			{ corpus: 'english', merges: null },
			{ corpus: 'text', merges: 0 },
			{ corpus: 'code', merges: 40 }
		])
			expect(read(writeLink(COMPARE_LINK, live))).toMatchObject({ values: live, problems: [] });
	});

	it('comes after the tokenizers', () => {
		const link = { tokenizers: ['a', 'b'], corpus: 'code', merges: 7 };
		expect(writeLink(COMPARE_LINK, link)).toBe('?t=a,b&corpus=code&merges=7');
	});

	it('reports an invalid value', () => {
		const { values, problems } = read('?corpus=klingon&merges=-1');
		expect(values).toMatchObject({ corpus: 'english', merges: null });
		expect(problems).toEqual([
			'The link has “corpus=klingon”; expected text, classic, letters, english, languages or code.',
			'The link has “merges=-1”; expected a whole number of at least 0.'
		]);
	});
});

describe('drawing, special tokens and costs of a link', () => {
	const perTokenizer = <T>(value: fc.Arbitrary<T>) =>
		fc
			.uniqueArray(fc.tuple(fc.constantFrom(...known), value), { selector: ([id]) => id })
			.map((pairs) => new Map(pairs));
	const amount = fc.double({ min: 0, noNaN: true, noDefaultInfinity: true });

	it('are read as they were written', () => {
		const anyLink = fc.record({
			special: fc.constantFrom('text' as const, 'parse' as const),
			display: fc.constantFrom('text' as const, 'ids' as const, 'bytes' as const),
			colourAll: fc.boolean(),
			whitespace: fc.boolean(),
			pin: fc.option(
				fc
					.tuple(fc.constantFrom(...known), fc.nat(), fc.nat())
					.map(([tokenizer, start, length]) => ({ tokenizer, start, end: start + length }))
			),
			difference: fc.option(fc.integer({ min: 1 })),
			priceOf: perTokenizer(fc.string()),
			price: perTokenizer(
				fc.oneof(
					amount.map((price) => Math.abs(price)),
					fc.constant('none' as const)
				)
			),
			window: perTokenizer(fc.oneof(fc.integer({ min: 1 }), fc.constant('none' as const))),
			budget: fc.oneof(
				fc.integer({ min: 1, max: 999_999_999 }),
				fc.constantFrom('window' as const, null)
			),
			allModels: fc.boolean(),
			sort: fc.constantFrom('tokens', '-price-of-calls', null)
		});
		fc.assert(
			fc.property(anyLink, (link) => {
				const { values, problems } = read(writeLink(COMPARE_LINK, link));
				expect({ values, problems }).toEqual({
					values: { tokenizers: null, corpus: 'english', merges: null, ...link },
					problems: []
				});
			})
		);
	});

	it('are short and readable in an address', () => {
		const search = writeLink(COMPARE_LINK, {
			special: 'parse',
			display: 'ids',
			colourAll: true,
			whitespace: false,
			priceOf: new Map([['gpt2', 'GPT-5 mini']]),
			price: new Map<string, number | 'none'>([
				['gpt2', 0.25],
				['llama3', 'none']
			])
		});
		expect(search).toBe(
			'?special=parse&view=ids&colour=all&marks=off&for=gpt2:GPT-5%20mini&price=gpt2:0.25&price=llama3:none'
		);
	});

	it('report invalid values, and keep the rest', () => {
		const { values, problems } = read(
			'?view=hex&marks=some&budget=0&sort=colour&price=gpt2:1&price=gpt5:1&price=2&window=gpt2:0'
		);
		expect(values.price).toEqual(new Map([['gpt2', 1]]));
		expect(problems).toEqual([
			'The link has “view=hex”; expected text, ids or bytes.',
			'The link has “marks=some”; expected on or off.',
			'The link asks for the tokenizer “gpt5”, which is neither in the catalogue nor saved in this browser.',
			'The link asks for the tokenizer “2”, which is neither in the catalogue nor saved in this browser.',
			'The link has “window=0”; expected a whole number of at least 1.',
			'The link has “budget=0”; expected a number of tokens, or window.',
			'The link has “sort=colour”; expected a column of the figures.'
		]);
	});
});
