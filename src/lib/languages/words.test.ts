import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { multilingualText } from '../../../tests/support/arbitrary-text';
import { scriptOf } from './script';
import { spansOf, wordsOf } from './words';

const decoder = new TextDecoder();

/** The words themselves, read out of the text by their spans; null where they cannot be told. */
function words(text: string, bcp47: string | null): string[] | null {
	const spans = wordsOf(text, scriptOf(text), bcp47);
	if (!spans) return null;
	const bytes = new TextEncoder().encode(text);
	return Array.from({ length: spans.length / 2 }, (_, word) =>
		decoder.decode(bytes.subarray(spans[2 * word], spans[2 * word + 1]))
	);
}

describe('wordsOf', () => {
	it('gives words without spaces and signs, at their bytes', () => {
		expect(words('Herkes, ırk… ve “renk” (1948)\nözgür 😀 x', 'tr')).toEqual([
			'Herkes',
			'ırk',
			've',
			'renk',
			'1948',
			'özgür',
			'x'
		]);
	});

	it('finds words where none are marked, with the dictionary of the language', () => {
		// Further cuts depend on the edition of the dictionary.
		expect(words('มนุษย์ทั้งหลาย', 'th')?.[0]).toBe('มนุษย์');
		expect(words('人人生而自由', 'zh')).toContain('自由');
	});

	it('tells none where another language’s dictionary would be used, or none is there', () => {
		const shan = 'ၵူၼ်းၵူႈၵေႃႉ';
		expect(scriptOf(shan)).toBe('Myanmar');
		expect(words(shan, 'shn')).toBeNull();
		expect(words('人人生而自由', 'yue')).toBeNull();
		expect(words('འགྲོ་བ་མིའི', 'bo')).toBeNull();
	});

	it('takes the dictionary of the script where the language is not known', () => {
		expect(words('人人生而自由', null)?.join('')).toBe('人人生而自由');
		expect(words('All human beings', null)).toEqual(['All', 'human', 'beings']);
		expect(words('འགྲོ་བ་མིའི', null)).toBeNull();
	});

	it('tells none in a text without letters', () => {
		expect(words('1 + 1', null)).toBeNull();
	});
});

describe('spansOf', () => {
	it('finds in stretches what the segmenter finds in the whole', () => {
		const segmenter = new Intl.Segmenter('und', { granularity: 'word' });
		const texts = fc.array(multilingualText, { maxLength: 4 }).map((parts) => parts.join(' '));
		fc.assert(
			fc.property(texts, fc.integer({ min: 0, max: 30 }), (text, stretch) => {
				const whole = [...segmenter.segment(text)].flatMap(({ segment, index, isWordLike }) => {
					const start = Buffer.byteLength(text.slice(0, index));
					return isWordLike ? [start, start + Buffer.byteLength(segment)] : [];
				});
				expect([...spansOf(text, segmenter, stretch)]).toEqual(whole);
			}),
			{ numRuns: 2000 }
		);
	});
});
