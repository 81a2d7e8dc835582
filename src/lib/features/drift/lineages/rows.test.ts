import { expect, it } from 'vitest';
import { versionColumns } from './rows';

const version = (tokenizer: string) => ({ tokenizer, model: tokenizer.toUpperCase() });

it('shows versions in order, and equal ones in a row once', () => {
	const versions = ['a', 'b', 'c', 'd'].map(version);
	const tokens = [
		[10, 20],
		[10, 20],
		[9, 20],
		[10, 20]
	];
	expect(versionColumns(versions, tokens)).toEqual([
		{ versions: [version('a'), version('b')], tokens: [10, 20] },
		{ versions: [version('c')], tokens: [9, 20] },
		{ versions: [version('d')], tokens: [10, 20] }
	]);
});
