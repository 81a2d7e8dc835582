import { expect, it } from 'vitest';
import { escapeXml } from './picture';

it('escapes markup', () => {
	expect(escapeXml('<b>&"草')).toBe('&lt;b&gt;&amp;&quot;草');
});

it('replaces characters that XML does not allow', () => {
	expect(escapeXml('a\0b\u0001c\u001bd\ufffee\ufffff\ud800g')).toBe('a�b�c�d�e�f�g');
	expect(escapeXml('a\u007fb\u0085c\u009bd')).toBe('a�b�c�d');
	expect(escapeXml('a\tb\nc\rd\u00a0😀')).toBe('a\tb\nc\rd\u00a0😀');
});

it('replaces what reorders the text beside it, and keeps closed isolates', () => {
	expect(escapeXml('a\u202eb\u202c\u202ac')).toBe('a�b��c');
	expect(escapeXml('\u2067a\u2068b\u2069\u2069c')).toBe('\u2067a\u2068b\u2069\u2069c');
	expect(escapeXml('\u2067a')).toBe('�a');
	expect(escapeXml('\u2069a\u2066')).toBe('�a�');
});
