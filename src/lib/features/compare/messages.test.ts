import { describe, expect, it } from 'vitest';
import { endingAt } from '../../../../tests/support/fake-calls';
import { packedTokenizer } from '../../../../tests/support/packed-tokenizers';
import {
	describeBos,
	describeCheckButton,
	describeChecks,
	describeComparison,
	describeDropped,
	describeExcess,
	describeFit,
	describeFits,
	describeOpinion,
	describeOutOfRange,
	describePicture,
	describeRunningCheck,
	describeText,
	describeWaiting
} from './messages';
import { Card } from '../../session/compare-card.svelte';
import type { IdsFit } from '../../tokenizers/ids-fit';
import type { Progress } from '../../workers/protocol';

describe('describePicture', () => {
	it('names the range of counts of a text', () => {
		expect(describePicture(3, [37, 86, 40])).toBe('One text in 3 tokenizers: 37 to 86 tokens');
		expect(describePicture(1, [1])).toBe('One text in 1 tokenizer: 1 token');
	});

	it('names no count that cannot be compared', () => {
		expect(describePicture(3, [37, 86])).toBe('One text in 3 tokenizers: 37 to 86 tokens');
		expect(describePicture(1, [])).toBe('One text in 1 tokenizer');
	});

	it('names the number of ids that were given', () => {
		expect(describePicture(4, [6, 6, 5, 6], 6)).toBe('6 ids in 4 tokenizers');
	});
});

describe('describeDropped', () => {
	const dropped = (droppedBytes?: number, removedBytes?: number) =>
		describeDropped({
			document: new Uint8Array(158),
			encoding: { ...endingAt(), droppedBytes, removedBytes }
		});

	it('says how much of the text is in no token', () => {
		expect(dropped(12)?.label).toBe('drops 12 of 158 bytes (7.6 %)');
		expect(dropped(158)?.label).toBe('drops 158 of 158 bytes (100 %)');
		expect(dropped(12)?.detail).toContain('never counts as the fewest');
	});

	it('says what drops it', () => {
		expect(dropped(12)?.detail).toContain('It has no token for this part');
		expect(dropped(12, 12)?.detail).toContain('Its normalizer or pre-tokenizer removes this part');
		expect(dropped(12, 5)?.detail).toContain('removes 5 bytes of this part');
	});

	it('says nothing if all of it is', () => expect(dropped()).toBeNull());
});

describe('describeExcess', () => {
	it.each([
		['nothing if there is nothing to compare with', 10, [10], ''],
		['that all are equal', 10, [10, 10, 10], 'all equal'],
		['the fewest, also where two are', 10, [10, 10, 13], 'fewest'],
		['how much more than the fewest', 127, [100, 127], '+27 % over the fewest'],
		['less than half a percent', 1004, [1000, 1004], '+<1 % over the fewest'],
		['half a percent as one', 1005, [1000, 1005], '+1 % over the fewest'],
		['thousands grouped', 1200, [100, 1200], '+1,100 % over the fewest'],
		['nothing next to no tokens at all', 3, [0, 3], '']
	])('says %s', (_, count, all, words) => {
		expect(describeExcess(count, all)).toBe(words);
	});
});

describe('describeComparison', () => {
	it('names the number of tokenizers, and the range of the counts', () => {
		expect(describeComparison([61, 48, 50], { tokenizers: 3 })).toBe(
			'The same text in 3 tokenizers: 48 to 61 tokens.'
		);
		expect(describeComparison([1200, 1200], { tokenizers: 2 })).toBe(
			'The same text in 2 tokenizers: 1,200 tokens each.'
		);
		expect(describeComparison([5], { tokenizers: 1 })).toBe('The same text in 1 tokenizer.');
		expect(describeComparison([61, 48, 50], { tokenizers: 3, hasLive: true })).toBe(
			'The same text in 3 tokenizers: 48 to 61 tokens. Also in a small one trained in this page.'
		);
	});

	it('names tokenizers apart that drop part of the text', () => {
		expect(describeComparison([61, 48], { tokenizers: 2, dropping: 1 })).toBe(
			'The same text in 2 tokenizers: 48 to 61 tokens. Also in one that drops part of it.'
		);
		expect(describeComparison([61], { tokenizers: 1, dropping: 2 })).toBe(
			'The same text in 1 tokenizer. Also in 2 that drop part of it.'
		);
		expect(describeComparison([], { tokenizers: 0, dropping: 1 })).toBe(
			'The text in a tokenizer that drops part of it.'
		);
		expect(describeComparison([], { tokenizers: 0, dropping: 2, hasLive: true })).toBe(
			'The text in 2 tokenizers that drop part of it and in a small one trained in this page.'
		);
	});

	it('names no counts before all tokenizers have answered, nor for the live tokenizer alone', () => {
		expect(describeComparison(null, { tokenizers: 3 })).toBe('The same text in 3 tokenizers.');
		expect(describeComparison([], { tokenizers: 0 })).toBe(
			'The text in tokenizers that you choose.'
		);
		expect(describeComparison([], { tokenizers: 0, hasLive: true })).toBe(
			'The text in the live tokenizer.'
		);
	});
});

describe('describeText', () => {
	it.each([
		['abc', 3, 3, '3 characters · 3 bytes'],
		['a', 1, 1, '1 character · 1 byte'],
		['', 0, 0, '0 characters · 0 bytes'],
		['é👍', 2, 6, '2 characters · 6 bytes'],
		['x'.repeat(1234), 1234, 1234, '1,234 characters · 1,234 bytes'],
		['\ufeffa', 2, 4, '2 characters · 4 bytes · begins with a BOM (counted)'],
		['a\ufeff', 2, 4, '2 characters · 4 bytes'],
		['a\r\nb', 4, 4, '4 characters · 4 bytes · has CR line endings (counted)'],
		['a\0', 2, 2, '2 characters · 2 bytes · has NUL characters'],
		['a\ud83d', 2, 4, '2 characters · 4 bytes · lone surrogates count as U+FFFD']
	])('describes %j', (text, characters, bytes, description) => {
		expect(describeText(text, characters, bytes)).toBe(description);
	});
});

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

describe('describeChecks', () => {
	it.each([
		[{ gpt2: null }, null],
		[
			{ gpt2: 'agrees' },
			'Checked by js-tiktoken 1.0.21 on the whole text (1,234 bytes): the same ids in gpt2.'
		],
		[
			{ gpt2: 'agrees', gemma3: 'agrees', 'own-1': null },
			'Checked by js-tiktoken 1.0.21 and transformers.js 2.17.2 on the whole text (1,234 bytes): the same ids in gpt2 and gemma3.'
		],
		[
			{ gpt2: 'agrees', 'own-1': 'differs', llama3: 'gave-up' },
			'Checked by js-tiktoken 1.0.21 and transformers.js 2.17.2 on the whole text (1,234 bytes): the same ids in gpt2, different ids in mine. No answer for llama3.'
		],
		[{ llama3: 'gave-up' }, 'No answer for llama3.']
	] as const)('describes %o', (verdicts, description) => {
		expect(describeChecks(checksOf(verdicts), nameOf)).toBe(description);
	});
});

describe('describeRunningCheck', () => {
	it('names the tokenizer that is being checked, its library, and the share done', () => {
		const verdicts = { gpt2: 'agrees', 'own-1': null, gemma3: null } as const;
		expect(describeRunningCheck(checksOf(verdicts), nameOf)).toBe(
			'Checking mine with transformers.js (2 of 3) …'
		);
		expect(describeRunningCheck(checksOf(verdicts, 0.456), nameOf)).toBe(
			'Checking mine with transformers.js (2 of 3): 46 %'
		);
	});
});

describe('describeCheckButton', () => {
	it('names the libraries of the tokenizers', () => {
		expect(describeCheckButton(['gpt2', 'cl100k_base'])).toBe('Check with js-tiktoken');
		expect(describeCheckButton(['gpt2', 'gemma3', 'own-1'])).toBe(
			'Check with js-tiktoken and transformers.js'
		);
	});
});

describe('describeBos', () => {
	const bos = (tokenizer: string, text: string, special: 'text' | 'parse') =>
		describeBos(tokenizer, {
			document: new TextEncoder().encode(text),
			encoding: packedTokenizer(tokenizer).encode(text, { special })
		});

	it('names the token that the model expects before the text', () => {
		expect(bos('llama3', 'Hi', 'text')).toEqual({
			label: '1 start token (BOS) not counted',
			detail: 'The model expects <|begin_of_text|> before the text. It is not counted here.'
		});
	});

	it('says nothing if there is none', () => {
		expect(bos('cl100k_base', '<s>Hi', 'parse')).toBeNull();
	});

	it.each([
		['llama3', '<|begin_of_text|>'],
		['llama2', '<s>'],
		['gemma3', '<bos>'],
		['deepseek-v3', '<｜begin▁of▁sentence｜>']
	])('says that the text in %s begins with the parsed BOS', (tokenizer, content) => {
		expect(bos(tokenizer, `${content}Hi`, 'parse')).toEqual({
			label: 'BOS is in the text',
			detail: `The text begins with ${content}, which is counted here. If the model’s template adds it again, the model reads two.`
		});
	});

	it('counts more than one in the text', () => {
		expect(bos('gemma3', '<bos><bos>Hi', 'parse')).toMatchObject({
			label: '2 BOS in the text',
			detail: expect.stringContaining('contains <bos> twice') as string
		});
	});

	it('says that a BOS is inside the text, where it does not count as the one before it', () => {
		expect(bos('gemma3', 'Hi <bos>', 'parse')).toEqual({
			label: '1 start token (BOS) not counted',
			detail:
				'The model expects <bos> before the text. It is not counted here. The text contains it too, after its start.'
		});
	});

	it('says that its characters are ordinary text, and what parsing them would do', () => {
		// The reference gives "<bos>" as text the tokens "<", "bos" and ">".
		expect(bos('gemma3', '<bos>Hi', 'text')).toEqual({
			label: '1 start token (BOS) not counted, “<bos>” is text',
			detail:
				'The model expects <bos> before the text. It is not counted here. The text begins with the same characters, as ordinary text (3 tokens). If they were parsed, the model would read two: this one and the one that its template adds.'
		});
		expect(bos('gemma3', 'Hi <bos>', 'text')?.label).toBe('1 start token (BOS) not counted');
	});
});

describe('describeFits', () => {
	const utf8 = (text: string) => new TextEncoder().encode(text);
	const answer = (tokenizer: string, fit: IdsFit, text = tokenizer) => ({
		tokenizer,
		name: tokenizer,
		drawn: { document: utf8(text), fit }
	});
	const fits = { verdict: 'fits', reserved: null } as const;
	const other = { verdict: 'other-ids', position: 3 } as const;
	const ids = Uint32Array.of(1, 2, 3, 4, 100_000);

	it('names the only tokenizer that fits, and why', () => {
		expect(describeFits(ids, [answer('gpt2', other), answer('llama3', fits)])).toBe(
			'These ids fit llama3 only, of 2 tokenizers: it has all of them, their bytes are valid UTF-8, and encoding the text again gives the same ids.'
		);
	});

	it('says that a short list can fit by chance', () => {
		expect(describeFits(ids.subarray(0, 4), [answer('gpt2', fits)])).toMatch(
			/^These ids fit gpt2: .* A list this short can fit by chance\.$/
		);
	});

	it('tells a tie of the same text from one of different texts', () => {
		expect(describeFits(ids, [answer('a', fits, 'x'), answer('b', fits, 'x')])).toBe(
			'These ids fit a and b, which decode them to the same text. The ids do not tell them apart.'
		);
		expect(describeFits(ids, [answer('a', fits, 'x'), answer('b', fits, 'y')])).toBe(
			'These ids fit a and b, which decode them to different texts. The text that makes sense shows which one made them.'
		);
	});

	it('prefers a tokenizer without reserved tokens', () => {
		const reserved = { verdict: 'fits', reserved: '<unused1>' } as const;
		expect(describeFits(ids, [answer('a', reserved), answer('b', fits)])).toContain('fit b only');
		expect(describeFits(ids, [answer('a', reserved), answer('b', other)])).toContain('fit a only');
	});

	it('says that none fits, and which others have ids that large', () => {
		const largest = Uint32Array.of(255_999);
		expect(describeFits(largest, [answer('gpt2', { verdict: 'out-of-range' })])).toBe(
			'These ids do not fit gpt2. By the largest id, 255,999, they can be from gemma2, gemma3 or gemma4. A model can also generate ids that its tokenizer would not choose.'
		);
		expect(describeFits(ids, [answer('a', other), answer('b', other)])).toMatch(
			/^These ids fit none of these 2 tokenizers\. By the largest id, 100,000, they can be from /
		);
	});

	it('says nothing before any tokenizer has answered', () => {
		expect(describeFits(ids, [{ tokenizer: 'a', name: 'a', drawn: null }])).toBe('');
	});
});

describe('describeWaiting', () => {
	const waiting = (progress: Progress | null) => describeWaiting({ status: 'loading', progress });

	it('says how much of a vocabulary has arrived, and of how much if that is known', () => {
		expect(waiting({ phase: 'download', received: 120_400, total: 1_310_000 })).toBe(
			'Loading the vocabulary: 120 kB of 1,310 kB'
		);
		expect(waiting({ phase: 'download', received: 120_600, total: 0 })).toBe(
			'Loading the vocabulary: 121 kB'
		);
	});

	it('names other steps', () => {
		expect(waiting({ phase: 'prepare' })).toBe('Preparing the vocabulary');
		expect(waiting({ phase: 'encode', share: 0.256 })).toBe('Counting: 26 %');
		expect(waiting(null)).toBeNull();
	});

	it('says nothing on a card that is not waiting', () => {
		expect(describeWaiting({ status: 'ready', progress: { phase: 'prepare' } })).toBeNull();
	});
});

describe('describeOutOfRange', () => {
	const words = (...ids: number[]) => {
		const card = new Card();
		card.status = 'ready';
		const outOfRange = ids.map((id, position) => ({ id, position }));
		card.drawn = {
			document: new Uint8Array(),
			encoding: endingAt(),
			distinct: 0,
			vocabularySize: 100,
			outOfRange
		};
		return describeOutOfRange(card);
	};

	it('names one id, its position counted from 1, and the largest id', () => {
		expect(words(200)).toBe('Out of range (the largest id is 99): 200 (position 1).');
	});

	it('names five and counts the others', () => {
		expect(words(100, 101, 102, 103, 104)).toBe(
			'Out of range (the largest id is 99): 100 (position 1), 101 (position 2), 102 (position 3), 103 (position 4) and 104 (position 5).'
		);
		expect(words(100, 101, 102, 103, 104, 105, 106)).toMatch(/104 \(position 5\) and 2 more\.$/);
	});

	it('says nothing about ids that are no longer the current ones', () => {
		const card = new Card();
		card.drawn = {
			document: new Uint8Array(),
			encoding: endingAt(),
			distinct: 0,
			vocabularySize: 100,
			outOfRange: [{ id: 200, position: 0 }],
			fit: { verdict: 'other-ids', position: 0 }
		};
		expect([describeOutOfRange(card), describeFit(card)]).toEqual([null, null]);
		card.status = 'ready';
		expect(describeOutOfRange(card)).toContain('200');
		expect(describeFit(card)).toBe(
			'Does not fit: encoding this text again gives other ids from position 1 on.'
		);
	});

	it('says nothing if all are in range, or nothing is drawn', () => {
		expect(words()).toBeNull();
		expect(describeOutOfRange(new Card())).toBeNull();
	});
});

describe('describeOpinion', () => {
	const differs = (character: string) =>
		({
			verdict: 'differs',
			difference: { byte: 7, character, lab: [1, 2], library: [3] }
		}) as const;

	it('says nothing when the library agrees or has not answered', () => {
		expect(describeOpinion('gpt2', { verdict: 'agrees' })).toBeNull();
		expect(describeOpinion('gpt2', undefined)).toBeNull();
	});

	it('names the library that checks a saved tokenizer', () => {
		expect(describeOpinion('own-1', differs(''))).toBe(
			'transformers.js differs at byte 7: 3 instead of 1 2.'
		);
	});

	it('says why the library gave up', () => {
		expect(describeOpinion('gpt2', { verdict: 'gave-up', reason: 'Too long.' })).toBe(
			'Not checked. Too long.'
		);
	});

	it('names the first difference, its character, both ids, and the reason if it is known', () => {
		const words = describeOpinion('llama3', differs('é'));
		expect(words).toContain('transformers.js differs at byte 7, "é" (U+00E9): 3 instead of 1 2.');
		expect(describeOpinion('gpt2', differs('\u0085'))).toMatch(
			/^js-tiktoken differs at byte 7, U\+0085: .* excludes U\+0085 and includes U\+FEFF/
		);
	});

	it.each([
		['a space', ' ', 'U+0020'],
		['a BOM', '\ufeff', 'U+FEFF'],
		['a mark that would sit on the quote', '\u0301', 'U+0301']
	])('names %s by its number alone', (_, character, name) => {
		expect(describeOpinion('gpt2', differs(character))).toContain(`at byte 7, ${name}: `);
	});

	it('names a character beyond the first plane by its one number', () => {
		expect(describeOpinion('gpt2', differs('👍'))).toContain('"👍" (U+1F44D)');
	});

	it('names no character at the end of the text', () => {
		expect(describeOpinion('gpt2', differs(''))).toContain('differs at byte 7: 3 instead of');
	});
});
