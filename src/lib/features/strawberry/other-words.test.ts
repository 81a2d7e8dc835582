import { describe, expect, it } from 'vitest';
import { PACKED_IDS, packedTokenizer } from '../../../../tests/support/packed-tokenizers';
import { countLetter, graphemesOf } from '../../tokenizers/graphemes';
import { encodeUtf8 } from '../../engine/text/utf8';
import { EXERCISE } from './exercise-data';
import { FIRST_LADDERS, FIRST_TOKENIZERS, USUAL_CLAIM, FIRST_WORD } from './defaults';
import { WORDS } from './other-words';

/** The cut of a text, bytes of cut characters in hexadecimal; without the `▁` put before it. */
function cut(id: string, text: string): string {
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
	const found = WORDS.find((preset) => preset.name.startsWith(name));
	if (!found) throw new Error(`no word is named ${name}`);
	return found.word;
};

describe('what is said of the words is true', () => {
	it('strawberry', () => {
		const inSentence = (id: string) => cut(id, 'The strawberry').split('|').length - 1;
		expect(FIRST_TOKENIZERS.map(inSentence)).toEqual([1, 1, 1, 3]);
		expect(FIRST_TOKENIZERS.filter((id) => !cut(id, FIRST_WORD).includes('|'))).toEqual([]);
	});

	it('a German compound', () => {
		expect(cut('cl100k_base', word('German'))).toBe('Stra|ßen|b|ahn|hal|test|elle');
	});

	it('Turkish suffixes', () => {
		expect(cut('cl100k_base', word('Turkish'))).toBe('ev|ler|iniz|den');
		for (const id of ['gpt2', 'llama2']) {
			expect(cut(id, word('Turkish'))).toBe('ev|ler|in|iz|den');
		}
	});

	it('Finnish suffixes', () => {
		const cuts = cut('cl100k_base', word('Finnish')).split('|');
		expect(cuts).toHaveLength(6);
		let at = 0;
		const places = cuts.slice(0, -1).map((token) => (at += token.length));
		// talo-i-ssa-mme-kin
		expect(places.filter((place) => [4, 5, 8, 11].includes(place))).toHaveLength(1);
	});

	it('Chinese characters', () => {
		expect(cut('gpt2', word('Chinese'))).toBe('e8|8d|89|e8|8e|93');
		expect(cut('o200k_base', word('Chinese'))).toBe('草|莓');
	});

	it('Korean syllables and jamo', () => {
		expect(cut('cl100k_base', word('Korean: syllables'))).toBe('eb94|b8|기');
		const jamo = word('Korean: the same');
		expect([[...jamo].length, graphemesOf(jamo).texts.length]).toEqual([5, 2]);
		const same = (id: string) =>
			packedTokenizer(id).encode(jamo).ids.join() ===
			packedTokenizer(id).encode(word('Korean: syllables')).ids.join();
		expect([same('qwen3'), same('gpt2')]).toEqual([true, false]);
	});

	it('a letter and its mark', () => {
		expect(graphemesOf(word('A letter')).texts).toEqual(['c', 'a', 'f', 'e\u0301']);
		expect(cut('gpt2', word('A letter'))).toMatch(/e\|/);
	});

	it('an emoji family', () => {
		const family = word('Emoji');
		expect([[...family].length, encodeUtf8(family).length]).toEqual([7, 25]);
		expect(graphemesOf(family).texts).toHaveLength(1);
		expect(cut('cl100k_base', family).split('|')).toHaveLength(18);
		expect(cut('o200k_base', family).split('|')).toHaveLength(11);
	});

	it('numbers', () => {
		expect(cut('cl100k_base', word('Numbers: 9.11'))).toBe('9|.|11| or| |9|.|9');
		expect(cut('llama2', word('Numbers: 9.11'))).toBe('9|.|1|1| or| |9|.|9');
		expect(cut('cl100k_base', '1234567')).toBe('123|456|7');
		expect(cut('gpt2', '1234567')).toBe('123|45|67');
		expect(cut('llama2', '1234567')).toBe('1|2|3|4|5|6|7');
		for (const id of PACKED_IDS) expect(cut(id, '1234567')).not.toBe('1|234|567');
		for (const id of ['cl100k_base', 'o200k_base']) {
			expect(cut(id, word('Numbers: grouped from the right'))).toBe('1|,|234|,|567');
		}
	});

	it('an identifier', () => {
		expect(cut('o200k_base', word('Code'))).toBe('get|User|By|Id');
		expect(cut('cl100k_base', word('Code'))).toBe('getUser|ById');
	});
});

describe('the words', () => {
	it('hold the letter that is to be counted, one grapheme', () => {
		for (const { word, letter } of WORDS) {
			expect(graphemesOf(letter).texts, letter).toHaveLength(1);
			expect(countLetter(graphemesOf(word), letter, 'alike'), word).toBeGreaterThan(0);
		}
	});

	it('put the usual claim about the first word', () => {
		expect(USUAL_CLAIM.join('')).toBe(FIRST_WORD);
		expect(FIRST_TOKENIZERS).toEqual(expect.arrayContaining([...FIRST_LADDERS]));
	});

	it('ask in the exercise for letters of which there are two or more', () => {
		for (const { sentence, letter } of EXERCISE) {
			expect(countLetter(graphemesOf(sentence), letter, 'alike'), sentence).toBeGreaterThan(1);
		}
	});
});
