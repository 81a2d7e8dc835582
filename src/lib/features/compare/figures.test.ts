import { expect, it } from 'vitest';
import { findDescriptor } from '../../tokenizers/catalogue';
import { kindOf, modelPresets } from '../../tokenizers/offered-models';
import { sortRows } from '../../ui/table/sorting';
import { cheapestOf, datesOf, figureColumns, groupOf, keyOf, type FigureRow } from './figures';

const NOW = '2026-11-30';

/** A row for each model of a tokenizer, for a text with this many tokens. */
const rowsOf = (tokenizer: string, tokens: number, today = NOW): FigureRow[] =>
	modelPresets(findDescriptor(tokenizer)?.models ?? [], today).map((model) => ({
		tokenizer,
		name: tokenizer,
		isWaiting: false,
		isLate: false,
		figures: { tokens, bytes: 1, characters: 1, distinct: 1, vocabularySize: 1 },
		model,
		kind: kindOf(model, today)
	}));
/** A Finnish text with 480 tokens in o200k_base and 538 in Tekken. */
const FINNISH = [...rowsOf('o200k_base', 480), ...rowsOf('mistral-tekken', 538)];
const column = (id: string) => figureColumns().find((column) => column.id === id);
const priceOf = (key: string) => {
	const row = FINNISH.find((one) => keyOf(one) === key);
	return row && column('price')?.value?.(row);
};

it('finds GPT-5 nano, not the tokenizer with the cheapest default', () => {
	expect(cheapestOf(FINNISH)).toEqual(['o200k_base GPT-5 nano']);
	expect(priceOf('o200k_base GPT-5 nano')).toBeCloseTo(0.000024, 9);
	expect(priceOf('mistral-tekken Mistral Nemo')).toBeCloseTo(0.0000807, 9);
});

it('never finds a retired model or an embedding model', () => {
	expect(cheapestOf(rowsOf('o200k_base', 480, '2026-12-11'))).toEqual(['o200k_base GPT-4o mini']);
	// text-embedding-3-small costs a tenth of any of its chat models, all of which are retired.
	expect(cheapestOf(rowsOf('cl100k_base', 480))).toEqual([]);
});

it('finds nothing for an empty text, and nothing if there is nothing to compare with', () => {
	expect(cheapestOf(rowsOf('o200k_base', 0))).toEqual([]);
	expect(cheapestOf(rowsOf('mistral-tekken', 538))).toEqual([]);
});

it('keeps embedding and retired models apart, whatever the order', () => {
	const rows = [...FINNISH, ...rowsOf('cl100k_base', 600)];
	for (const order of [null, 'price', '-price']) {
		const groups = sortRows(figureColumns(), rows, order, groupOf).map(groupOf);
		expect([...new Set(groups)]).toEqual(['', 'Embedding models', 'Retired models']);
		expect(groups).toEqual(groups.toSorted());
	}
});

it('charges 1,000 calls a thousand times, not as one long call', () => {
	const gpt54 = rowsOf('o200k_base', 1000).find(({ model }) => model?.name === 'GPT-5.4');
	// 1,000 calls of 1,000 tokens at $2.50 per million. One call of a million tokens would cost $5.
	expect(gpt54 && column('price-of-calls')?.value?.(gpt54)).toBe(2.5);
});

it('knows between which days the prices and windows were read', () => {
	const [row] = FINNISH;
	const dated = (asOf: string) => ({
		...row,
		model: {
			...{ name: 'x', maker: 'x', source: '', asOf: '2020-01-01' },
			price: { inputPerMillion: 1, source: '', asOf }
		}
	});
	const none = { ...row, model: null };
	expect(datesOf([none, dated('2026-07-02'), dated('2026-03'), dated('2026-11-01')])).toEqual([
		'2026-03',
		'2026-11-01'
	]);
	expect(datesOf([none])).toBeNull();
});
