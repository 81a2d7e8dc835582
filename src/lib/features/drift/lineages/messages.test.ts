import { expect, it } from 'vitest';
import { describeSpecialTokens, describeStep } from './messages';

it('counts the special tokens that changed', () => {
	expect(describeSpecialTokens({ added: 1089, moved: 2, removed: 0 })).toBe('1,089 added, 2 moved');
	expect(describeSpecialTokens({ added: 0, moved: 0, removed: 0 })).toBe('same');
});

it('says how many tokens a text takes in two versions, by the names of their models', () => {
	const texts = [
		{ name: 'English', code: 'eng' },
		{ name: 'Hindi', code: 'hin' }
	];
	const tokens = [[], [], [1525, 8350], [1524, 2421], []];
	expect(describeStep({ texts, families: [{ id: 'openai', tokens, steps: [] }] }, 'Hindi')).toBe(
		'8,350 tokens in GPT-4 and 2,421 in GPT-4o'
	);
});
