import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sized } from '../../../tests/support/size';
import { multilingualText } from '../../../tests/support/arbitrary-text';
import { scriptOf } from './script';
import { spansOf, wordsOf } from './words';

const decoder = new TextDecoder();

/** The words as strings; `null` if word boundaries are unknown. */
function words(text: string, bcp47: string | null): string[] | null {
	const spans = wordsOf(text, scriptOf(text), bcp47);
	if (!spans) return null;
	const bytes = new TextEncoder().encode(text);
	return Array.from({ length: spans.length / 2 }, (_, word) =>
		decoder.decode(bytes.subarray(spans[2 * word], spans[2 * word + 1]))
	);
}

describe('wordsOf', () => {
	it('gives byte spans of words without spaces and punctuation', () => {
		const found = words('Herkes, ırk… ve “renk” (1948)\nözgür 😀 x', 'tr');
		expect(found).toEqual('Herkes ırk ve renk 1948 özgür x'.split(' '));
	});

	it('finds words in scripts without spaces, with the dictionary of the language', () => {
		// Other boundaries depend on the version of ICU's dictionary.
		expect(words('มนุษย์ทั้งหลาย', 'th')?.[0]).toBe('มนุษย์');
		expect(words('人人生而自由', 'zh')).toContain('自由');
	});

	it('gives none if there is no dictionary, or only another language’s', () => {
		const shan = 'ၵူၼ်းၵူႈၵေႃႉ';
		expect(scriptOf(shan)).toBe('Myanmar');
		expect(words(shan, 'shn')).toBeNull();
		expect(words('人人生而自由', 'yue')).toBeNull();
		expect(words('འགྲོ་བ་མིའི', 'bo')).toBeNull();
	});

	it('uses the dictionary of the script if the language is unknown, and gives none without letters', () => {
		expect(words('人人生而自由', null)?.join('')).toBe('人人生而自由');
		expect(words('All human beings', null)).toEqual(['All', 'human', 'beings']);
		expect(words('འགྲོ་བ་མིའི', null)).toBeNull();
		expect(words('1 + 1', null)).toBeNull();
	});
});

describe('spansOf', () => {
	it('finds in chunks what the segmenter finds in the whole text', () => {
		const segmenter = new Intl.Segmenter('und', { granularity: 'word' });
		const texts = fc.array(multilingualText, { maxLength: 4 }).map((parts) => parts.join(' '));
		fc.assert(
			fc.property(texts, fc.integer({ min: 0, max: 30 }), (text, minUnits) => {
				const whole = [...segmenter.segment(text)].flatMap(({ segment, index, isWordLike }) => {
					const start = Buffer.byteLength(text.slice(0, index));
					return isWordLike ? [start, start + Buffer.byteLength(segment)] : [];
				});
				expect([...spansOf(text, segmenter, minUnits)]).toEqual(whole);
			}),
			{ numRuns: sized(300, 2000) }
		);
	});
});
