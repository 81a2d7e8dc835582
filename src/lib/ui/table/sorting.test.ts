import { describe, expect, it } from 'vitest';
import { directionOf, nextOrder, sortRows } from './sorting';

interface Row {
	readonly name: string;
	readonly tokens: number | null;
}
const COLUMNS = [
	{ id: 'name', value: ({ name }: Row) => name },
	{ id: 'tokens', value: ({ tokens }: Row) => tokens },
	{ header: 'no value' }
];
const ROWS: readonly Row[] = [
	{ name: 'gpt10', tokens: 9 },
	{ name: 'gpt2', tokens: null },
	{ name: 'Gemma', tokens: 100 },
	{ name: 'llama', tokens: 9 }
];
const names = (order: string | null) => sortRows(COLUMNS, ROWS, order).map(({ name }) => name);

describe('sorting rows', () => {
	it('orders numbers by size, and keeps equal ones in place', () => {
		expect(names('tokens')).toEqual(['gpt10', 'llama', 'Gemma', 'gpt2']);
	});

	it('puts unknown values last in both directions', () => {
		expect(names('-tokens')).toEqual(['Gemma', 'gpt10', 'llama', 'gpt2']);
	});

	it('orders names without regard to case, and numbers in them by size', () => {
		expect(names('name')).toEqual(['Gemma', 'gpt2', 'gpt10', 'llama']);
	});

	it('leaves the rows as given without an order, or with one of no column', () => {
		for (const order of [null, 'price', '-price']) expect(names(order)).toEqual(names(null));
		expect(names(null)).toEqual(ROWS.map(({ name }) => name));
	});
});

describe('an order', () => {
	it('goes through ascending, descending and none', () => {
		expect(nextOrder('tokens', null)).toBe('tokens');
		expect(nextOrder('tokens', 'tokens')).toBe('-tokens');
		expect(nextOrder('tokens', '-tokens')).toBeNull();
		expect(nextOrder('tokens', '-name')).toBe('tokens');
	});

	it('has a direction for its own column only', () => {
		expect(directionOf('tokens', '-tokens')).toBe('descending');
		expect(directionOf('name', '-tokens')).toBeUndefined();
		expect(directionOf(undefined, 'tokens')).toBeUndefined();
	});
});
