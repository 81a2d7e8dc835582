import { expect, it } from 'vitest';
import {
	describeFamily,
	describeGains,
	describeGap,
	describeHeadline,
	describeSpecialTokens,
	formatChange
} from './messages';

const TEXTS = ['English', 'Hindi', 'Korean', 'Code'].map((name) => ({ name, bytes: 1 }));

it('writes a change with its sign', () => {
	expect([0.29, 1.2, 1.004, 0.996].map(formatChange)).toEqual(['−71 %', '+20 %', '0 %', '0 %']);
});

it('names the two texts that gained most and the one that gained least, or that nothing changed', () => {
	expect(describeGains(TEXTS, [0.97, 0.29, 0.4, 1.1])).toBe(
		'Hindi −71 %, Korean −60 %, Code +10 %'
	);
	expect(describeGains(TEXTS, [1, 1, 1, 1])).toBe('same number in every text');
});

it('sums up a family by what it changed most and least', () => {
	const nothing = { tokens: [], ratios: [], changes: [] };
	const row = (name: string, total: number) => ({ name, total, ...nothing });
	expect(describeFamily('a', 'c', [row('Hindi', 0.2), row('English', 0.97)])).toBe(
		'c needs 80 % fewer tokens than a for Hindi, and 3 % fewer for English.'
	);
	expect(describeFamily('a', 'c', [row('Hindi', 1), row('English', 1)])).toBe(
		'Every text has the same number of tokens in a and c.'
	);
});

it('counts the special tokens that changed', () => {
	expect(describeSpecialTokens({ added: 1089, moved: 2, removed: 0 })).toBe('1,089 added, 2 moved');
	expect(describeSpecialTokens({ added: 0, moved: 0, removed: 0 })).toBe('same');
});

it('names the vocabularies that a step lacks', () => {
	expect(describeGap(['glm-4.5', 'glm-5'])).toBe(
		'Not computed: the lab does not have glm-4.5 and glm-5.'
	);
});

it('says what o200k_base bought for Hindi and for English', () => {
	const version = (english: number, hindi: number) => ({ size: 1, tokens: [english, hindi] });
	const versions = [null, null, version(100, 100), version(100, 29), null];
	const families = [{ id: 'openai', versions, steps: [] }];
	expect(describeHeadline({ texts: TEXTS.slice(0, 2), families })).toBe(
		'o200k_base needs 71 % fewer tokens than cl100k_base for Hindi, and the same number for English.'
	);
});
