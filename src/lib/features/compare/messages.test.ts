import { describe, expect, it } from 'vitest';
import { endingAt } from '../../../../tests/support/fake-calls';
import { packedTokenizer } from '../../../../tests/support/packed-tokenizers';
import {
	describeBos,
	describeCheckable,
	describeChecks,
	describeComparison,
	describeDropped,
	describeFit,
	describeOpinion,
	describeOutOfRange,
	describeRunningCheck,
	describeText,
	markMisfit
} from './messages';
import { Card } from '../../session/answers.svelte';

const utf8 = (text: string) => new TextEncoder().encode(text);

const dropped = (droppedBytes?: number, removedBytes?: number) =>
	describeDropped({
		document: new Uint8Array(158),
		encoding: { ...endingAt(), droppedBytes, removedBytes }
	});

it('says how much of the text is in no token, if any, and what drops it', () => {
	expect(dropped()).toBeNull();
	expect(dropped(12)?.label).toBe('drops 12 of 158 bytes (7.6%)');
	expect(dropped(12)?.detail).toContain('It has no token for this part');
	expect(dropped(12, 12)?.detail).toContain('Its normalizer or pre-tokenizer removes this part');
	expect(dropped(12, 5)?.detail).toContain('removes 5 bytes of this part');
});

const A = { name: 'GPT-4', count: 61 };
const B = { name: 'GPT-4o', count: 48 };
const C = { name: 'Gemma 3', count: 50 };
const D = { name: 'GPT-2', count: 1200 };

it.each<[Parameters<typeof describeComparison>, string]>([
	[[[A, B, C], 3], 'The text below is 48 tokens for GPT-4o and 61 for GPT-4.'],
	[[[D, D], 2], 'The text below is 1,200 tokens for each of these 2 tokenizers.'],
	[[[{ name: 'mine', count: 1 }], 1], 'The text below is 1 token for mine.'],
	// One tokenizer drops part of the text.
	[[[A], 2], 'The text below is 61 tokens for GPT-4.'],
	[[[], 2], 'No tokenizer here has tokens for the whole text.'],
	[[[{ name: 'mine', count: 0 }], 2], 'Type some text to see the tokens that a model reads.'],
	[[null, 3], 'Your text in 3 tokenizers'],
	[[[], 0], 'Choose a tokenizer to see the tokens that a model reads.']
])('a comparison of %j', (comparison, words) => {
	expect(describeComparison(...comparison)).toBe(words);
});

it.each([
	['a', 1, 1, '1 character · 1 byte'],
	['x'.repeat(1234), 1234, 1234, '1,234 characters · 1,234 bytes'],
	['\ufeffa', 2, 4, '2 characters · 4 bytes · begins with a BOM, which is counted'],
	['a\ufeff', 2, 4, '2 characters · 4 bytes'],
	['a\r\nb', 4, 4, '4 characters · 4 bytes · has CR characters, which are counted'],
	['a\0', 2, 2, '2 characters · 2 bytes · has NUL characters'],
	['a\ud83d', 2, 4, '2 characters · 4 bytes · lone surrogates count as U+FFFD']
])('describes the text %j', (text, characters, bytes, description) => {
	expect(describeText(text, characters, bytes)).toBe(description);
});

describe('the checks by libraries', () => {
	/** Answers of the libraries about a text of 1,234 bytes, in the order of the tokenizers. */
	function checksOf(
		verdicts: Readonly<Record<string, 'agrees' | 'differs' | 'gave-up' | null>>,
		share: number | null = null
	) {
		const tokenizers = Object.keys(verdicts);
		const withVerdict = (verdict: string | null) =>
			tokenizers.filter((id) => verdicts[id] === verdict);
		return {
			input: { tokenizers, document: new Uint8Array(1234), special: 'text' as const },
			unchecked: withVerdict(null),
			share,
			with: withVerdict
		};
	}
	const nameOf = (tokenizer: string) => (tokenizer === 'own-1' ? 'mine' : tokenizer);

	it.each([
		[{ gpt2: null }, ''],
		[
			{ gpt2: 'agrees', gemma3: 'agrees' },
			'js-tiktoken and transformers.js give the same ids as this page.'
		],
		[
			{ gpt2: 'agrees', gemma3: 'agrees', 'own-1': null },
			'js-tiktoken and transformers.js give the same ids as this page in gpt2 and gemma3.'
		],
		[
			{ gpt2: 'agrees', 'own-1': 'differs', llama3: 'gave-up' },
			'js-tiktoken gives the same ids as this page in gpt2. transformers.js gives different ids in mine. No answer for llama3.'
		],
		[{ llama3: 'gave-up' }, 'No answer for llama3.']
	] as const)('are summed up: %o', (verdicts, description) => {
		expect(describeChecks(checksOf(verdicts), nameOf)).toBe(description);
	});

	it('are offered with the names of the libraries, and name what is being checked, and the share done', () => {
		expect(describeCheckable(['gpt2', 'gemma3', 'own-1', 'cl100k_base'])).toBe(
			'Do js-tiktoken and transformers.js, two other libraries, give the same ids?'
		);
		expect(describeCheckable(['gpt2'])).toBe(
			'Does js-tiktoken, another library, give the same ids?'
		);
		const verdicts = { gpt2: 'agrees', 'own-1': null, gemma3: null } as const;
		const checking = 'Checking mine with transformers.js (2 of 3)';
		expect(describeRunningCheck(checksOf(verdicts), nameOf)).toBe(`${checking}…`);
		expect(describeRunningCheck(checksOf(verdicts, 0.456), nameOf)).toBe(`${checking}: 45%`);
	});

	const differs = (character: string) =>
		({
			verdict: 'differs',
			difference: { byte: 7, character, lab: [1, 2], library: [3] }
		}) as const;

	it('say nothing of one that agrees or has not answered, and why one gave up', () => {
		expect(describeOpinion('gpt2', { verdict: 'agrees' })).toBeNull();
		expect(describeOpinion('gpt2', undefined)).toBeNull();
		const gaveUp = { verdict: 'gave-up', reason: 'Too long.' } as const;
		expect(describeOpinion('gpt2', gaveUp)).toBe('Not checked. Too long.');
	});

	it.each([
		// There is no character at the end of the text.
		['own-1', '', /^transformers\.js differs at byte 7: 3 instead of 1 2\.$/],
		['llama3', 'é', /^transformers\.js differs at byte 7, "é" \(U\+00E9\): 3 instead of 1 2\./],
		['gpt2', '\u0085', /^js-tiktoken differs at .* excludes U\+0085 and includes U\+FEFF/],
		['gpt2', ' ', /at byte 7, U\+0020: /],
		['gpt2', '\ufeff', /at byte 7, U\+FEFF: /],
		['gpt2', '\u0301', /at byte 7, U\+0301: /]
	])('of %s name the first difference: %j', (tokenizer, character, words) => {
		expect(describeOpinion(tokenizer, differs(character))).toMatch(words);
	});
});

describe('describeBos', () => {
	const bos = (tokenizer: string, text: string, special: 'text' | 'parse') =>
		describeBos(tokenizer, {
			document: utf8(text),
			encoding: packedTokenizer(tokenizer).encode(text, { special })
		});
	const label = '1 start token (BOS) not counted';

	it('names the token, if any, that the model expects before the text, which may be elsewhere', () => {
		expect(bos('cl100k_base', '<s>Hi', 'parse')).toBeNull();
		const detail = 'The model expects <bos> before the text. It is not counted here.';
		expect(bos('gemma3', 'Hi <bos>', 'text')).toEqual({ label, detail });
		expect(bos('gemma3', 'Hi <bos>', 'parse')).toEqual({
			label,
			detail: `${detail} The text also contains it, but not at the start.`
		});
	});

	it.each([
		[
			'llama3',
			'<|begin_of_text|>',
			'parse',
			'Text begins with BOS',
			'begins with <|begin_of_text|>,'
		],
		[
			'llama2',
			'<s>',
			'parse',
			'Text begins with BOS',
			'The text begins with <s>, which is counted'
		],
		['gemma3', '<bos><bos>', 'parse', '2 BOS tokens in the text', 'contains <bos> twice'],
		// As text, the reference splits "<bos>" into "<", "bos" and ">".
		[
			'gemma3',
			'<bos>',
			'text',
			`${label}, “<bos>” is ordinary text`,
			'as ordinary text (3 tokens). If special'
		]
	] as const)(
		'tells how %s reads a text that begins with %s: %s',
		(id, begin, special, name, words) => {
			const found = bos(id, `${begin}Hi`, special);
			expect(found?.label).toBe(name);
			expect(found?.detail).toContain(words);
		}
	);
});

describe('a card', () => {
	const newCard = () =>
		new Card(
			() => new Promise(() => undefined),
			() => undefined
		);
	/** A card with 100 ids that doesn't have these ids, and whose text encodes to different ones. */
	function cardWithout(...ids: number[]) {
		const card = newCard();
		card.status = 'ready';
		card.drawn = {
			document: new Uint8Array(6),
			encoding: endingAt(1, 3, 6),
			distinct: 3,
			vocabularySize: 100,
			outOfRange: ids.map((id, position) => ({ id, position })),
			fit: { verdict: 'other-ids', position: 1, expected: 7 }
		};
		return card;
	}

	it('names the ids that it does not have, up to five, with positions from 1', () => {
		expect(describeOutOfRange(newCard())).toBeNull();
		expect(describeOutOfRange(cardWithout())).toBeNull();
		const named = (...ids: number[]) => describeOutOfRange(cardWithout(...ids));
		expect(named(200)).toBe('Out of range (the largest id is 99): 200 (position 1).');
		expect(named(100, 101, 102, 103, 104)).toMatch(/ and 104 \(position 5\)\.$/);
		expect(named(100, 101, 102, 103, 104, 105, 106)).toMatch(/104 \(position 5\) and 2 more\.$/);
	});

	it('says nothing about ids that are no longer the current ones', () => {
		const card = cardWithout(200);
		expect(describeFit(card)).toMatch(
			/at position 2 \(marked\), the list has \d+, but encoding this text again gives 7\.$/
		);
		expect(markMisfit(card)).toEqual(Uint8Array.of(0, 1, 0));
		card.status = 'loading';
		expect([describeOutOfRange(card), describeFit(card)]).toEqual([null, null]);
	});
});
