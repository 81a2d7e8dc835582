import { expect, it } from 'vitest';
import { axisEnd, familyRows, isChanged, marksOf } from './rows';

const TEXTS = [
	{ name: 'English', bytes: 1 },
	{ name: 'Hindi', bytes: 1 }
];
const version = (...tokens: number[]) => ({ size: 10, tokens });

it('tells texts that some version changed from those that none did', () => {
	expect(isChanged({ ratios: [1, null, 1] })).toBe(false);
	expect(isChanged({ ratios: [1, 0.9, 1] })).toBe(true);
});

it('puts the text that gained most first, with each change from the version before', () => {
	const versions = [version(100, 100), version(100, 50), version(90, 20)];
	const rows = familyRows({ versions }, TEXTS);
	const hindi = { tokens: [100, 50, 20], ratios: [1, 0.5, 0.2], changes: [null, 0.5, 0.4] };
	const english = { tokens: [100, 100, 90], ratios: [1, 1, 0.9], changes: [null, 1, 0.9] };
	expect(rows).toEqual([
		{ name: 'Hindi', ...hindi, total: 0.2 },
		{ name: 'English', ...english, total: 0.9 }
	]);
});

it('leaves a version without figures open, and compares the last with the first that has some', () => {
	const [hindi] = familyRows({ versions: [null, version(10, 10), null, version(10, 5)] }, TEXTS);
	expect(hindi).toEqual({
		name: 'Hindi',
		tokens: [null, 10, null, 5],
		ratios: [null, 1, null, 0.5],
		changes: [null, null, null, null],
		total: 0.5
	});
});

it('has no rows for a single version, which has nothing to be compared with', () => {
	expect(familyRows({ versions: [null, version(1, 1)] }, TEXTS)).toEqual([]);
});

it('puts each version at its share of the axis', () => {
	expect(marksOf({ ratios: [1, 0.5] }, 2)).toEqual([
		{ label: '2', at: 0.25 },
		{ label: '1', at: 0.5 }
	]);
});

it('draws versions that would overlap as one mark, which names them all', () => {
	const labels = (...ratios: number[]) => marksOf({ ratios }, 1).map(({ label }) => label);
	expect(labels(1, 1, 0.5, 0.2, 0.2)).toEqual(['4–5', '3', '1–2']);
	expect(labels(1, 0.5, 0.98)).toEqual(['2', '1, 3']);
});

it('leaves out versions without figures', () => {
	expect(marksOf({ ratios: [null, 1, null] }, 1)).toEqual([{ label: '2', at: 1 }]);
});

it('ends the axis at the largest ratio, and at 100 % at least', () => {
	const rows = (ratio: number) =>
		familyRows({ versions: [version(10, 10), version(10, ratio)] }, TEXTS);
	expect(axisEnd(rows(12))).toBe(1.2);
	expect(axisEnd(rows(5))).toBe(1);
});
