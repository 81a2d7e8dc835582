import { describe, expect, it } from 'vitest';
import { escapeXml } from './picture';

describe('escapeXml', () => {
	it('spells what XML reads as its own', () => {
		expect(escapeXml('<b>&"草')).toBe('&lt;b&gt;&amp;&quot;草');
	});

	it('replaces what no XML may hold: a picture with it could not be opened', () => {
		expect(escapeXml('a\0b\u0001c\u001bd\ufffee\ufffff\ud800g')).toBe('a�b�c�d�e�f�g');
		expect(escapeXml('a\tb\nc\rd\u007f\u0085😀')).toBe('a\tb\nc\rd\u007f\u0085😀');
	});
});
