import { describe, expect, it } from 'vitest';
import { PACKED_IDS, packedTokenizer } from '../../../../tests/support/packed-tokenizers';
import { graphemesOf, matchesOf } from '../../tokenizers/graphemes';
import { encodeUtf8 } from '../../engine/text/utf8';
import { FIRST_WORD, STRAWBERRY_FIELDS } from '../../session/documents/strawberry';
import { OTHER_WORDS } from './other-words';

/** Tokens of a text, with bytes of split characters in hexadecimal, and without a `▁` added before the text. */
function split(id: string, text: string): string {
	const bytes = encodeUtf8(text);
	const { byteStarts, byteEnds } = packedTokenizer(id).encode(text);
	return Array.from(byteStarts, (start, i) => {
		const own = bytes.subarray(start, byteEnds[i]);
		const spelled = new TextDecoder().decode(own);
		return spelled.includes('\ufffd') ? Buffer.from(own).toString('hex') : spelled;
	})
		.filter((token) => token !== '')
		.join('|');
}

const word = (name: string) => {
	const found = OTHER_WORDS.find((preset) => preset.name.startsWith(name));
	if (!found) throw new Error(`no word is named ${name}`);
	return found.word;
};

describe('the claims about the words are true', () => {
	it('strawberry', () => {
		const inSentence = (id: string) => split(id, 'The strawberry').split('|').length - 1;
		const tokenizers = STRAWBERRY_FIELDS.tokenizers.default;
		expect(tokenizers.map(inSentence)).toEqual([1, 1, 1, 3]);
		expect(tokenizers.filter((id) => !split(id, FIRST_WORD).includes('|'))).toEqual([]);
	});

	it.each([
		['German', 'cl100k_base', 'Stra|ßen|b|ahn|hal|test|elle'],
		['Turkish', 'cl100k_base', 'ev|ler|iniz|den'],
		['Turkish', 'gpt2', 'ev|ler|in|iz|den'],
		['Turkish', 'llama2', 'ev|ler|in|iz|den'],
		['Chinese', 'gpt2', 'e8|8d|89|e8|8e|93'],
		['Chinese', 'o200k_base', '草|莓'],
		['Numbers: 9.11', 'cl100k_base', '9|.|11| or| |9|.|9'],
		['Numbers: 9.11', 'llama2', '9|.|1|1| or| |9|.|9']
	])('%s in %s', (name, id, tokens) => {
		expect(split(id, word(name))).toBe(tokens);
	});

	it('an emoji family', () => {
		const family = word('Emoji');
		expect([[...family].length, encodeUtf8(family).length]).toEqual([7, 25]);
		expect(graphemesOf(family).texts).toHaveLength(1);
		expect(split('cl100k_base', family).split('|')).toHaveLength(18);
		expect(split('o200k_base', family).split('|')).toHaveLength(11);
	});

	it('numbers', () => {
		expect(split('cl100k_base', '1234567')).toBe('123|456|7');
		expect(split('gpt2', '1234567')).toBe('123|45|67');
		expect(split('llama2', '1234567')).toBe('1|2|3|4|5|6|7');
		for (const id of PACKED_IDS) expect(split(id, '1234567'), id).not.toBe('1|234|567');
	});
});

it('each word contains the letter to count, which is one grapheme', () => {
	for (const { word, letter } of OTHER_WORDS) {
		expect(graphemesOf(letter).texts, letter).toHaveLength(1);
		expect(matchesOf(graphemesOf(word), letter, 'alike'), word).toContain(1);
	}
});
