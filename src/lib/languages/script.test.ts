import { expect, it } from 'vitest';
import { scriptOf } from './script';

it.each([
	['İnsan hakları', 'Latin'],
	['Все люди рождаются свободными', 'Cyrillic'],
	['सभी मनुष्यों को', 'Devanagari'],
	['人人生而自由', 'Han'],
	['すべての人間は、生れながらにして自由', 'Japanese'],
	['모든 인간은', 'Hangul'],
	['ᒪᓯᓇᐃᑲᓐ', 'Canadian Aboriginal'],
	['UNESCO и ООН, все права', 'Cyrillic']
])('%s is written in %s', (text, script) => {
	expect(scriptOf(text)).toBe(script);
});

it('does not take a Chinese text for Japanese because of one kana, and finds none without letters', () => {
	expect(scriptOf('人人生而自由在尊严和权利上一律平等の')).toBe('Han');
	expect(scriptOf('')).toBeNull();
	expect(scriptOf('1948-12-10 …')).toBeNull();
});
