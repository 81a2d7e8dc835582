import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	LanguageLineError,
	readLanguageColumns,
	readLanguageLine,
	writeLanguageColumns,
	writeLanguageLine
} from './language-lines';
import type { Language } from './types';

/** Spans in order and without overlaps, with gaps of various lengths. */
const spans = fc
	.array(fc.tuple(fc.constantFrom(0, 1, 1, 1, 2, 3, 1000), fc.integer({ min: 1, max: 500 })))
	.map((steps) => {
		const ends: number[] = [];
		let at = 0;
		for (const [gap, length] of steps) {
			ends.push(at + gap, at + gap + length);
			at += gap + length;
		}
		return Uint32Array.from(ends);
	});

describe('a line of a text', () => {
	it('reads back as it was written', () => {
		const texts = fc.record({
			code: fc.string(),
			text: fc.string({ unit: 'binary' }),
			words: fc.option(spans)
		});
		fc.assert(
			fc.property(texts, (text) => {
				const line = writeLanguageLine(text);
				expect(line).not.toContain('\n');
				expect(readLanguageLine(line)).toEqual(text);
			})
		);
	});

	it('writes a word that follows a single byte as its length alone', () => {
		const words = Uint32Array.of(0, 3, 4, 6, 6, 7, 10, 12);
		expect(writeLanguageLine({ code: 'eng', text: 'all', words })).toBe(
			'["eng","all",[0,3,2,0,1,-3,2]]'
		);
	});

	it.each(['[]', '{}', '["eng","text"]', '["eng",1,null]', '["eng","text","words"]'])(
		'%s is refused',
		(line) => {
			expect(() => readLanguageLine(line)).toThrow(LanguageLineError);
			expect(() => readLanguageLine(line)).toThrow(`begins with ${line}, expected a packed text`);
		}
	);
});

describe('columns of languages', () => {
	it('read back as they were written', () => {
		const languages: Language[] = [
			{
				...{ code: 'eng', bcp47: 'en', name: 'English', ownName: 'English' },
				...{ script: 'Latin', direction: 'ltr', bytes: 10, chars: 9 }
			},
			{
				...{ code: 'ckb', bcp47: 'ckb', name: 'Central Kurdish', ownName: null },
				...{ script: 'Arabic', direction: 'rtl', bytes: 20, chars: 11 }
			}
		];
		const json = JSON.stringify(writeLanguageColumns(languages));
		expect(readLanguageColumns(JSON.parse(json) as never)).toEqual(languages);
	});
});
