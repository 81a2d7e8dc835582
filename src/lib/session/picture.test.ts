import { describe, expect, it } from 'vitest';
import { escapeXml } from './picture';

describe('escapeXml', () => {
	it('escapes markup', () => {
		expect(escapeXml('<b>&"草')).toBe('&lt;b&gt;&amp;&quot;草');
	});

	it('replaces characters that XML does not allow', () => {
		expect(escapeXml('a\0b\u0001c\u001bd\ufffee\ufffff\ud800g')).toBe('a�b�c�d�e�f�g');
		expect(escapeXml('a\tb\nc\rd\u007f\u0085😀')).toBe('a\tb\nc\rd\u007f\u0085😀');
	});
});
