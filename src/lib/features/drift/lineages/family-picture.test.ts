import { expect, it } from 'vitest';
import { familyPicture } from './family-picture';
import { familyRows } from './rows';

const version = (...tokens: number[]) => ({ size: 10, tokens });
const rows = familyRows({ versions: [version(1000, 800), version(1000, 200)] }, [
	{ name: 'English', bytes: 1 },
	{ name: 'Hindi <&', bytes: 1 }
]);
const svg = familyPicture('A & B', ['old', 'new'], rows);

it('puts each version at its share, and says how the tokens changed', () => {
	// From 150 to 760 px: a quarter is at 302.5.
	expect(svg).toMatch(/<text x="302.5"[^>]*>2</);
	expect(svg).toMatch(/<text x="760"[^>]*>1</);
	expect(svg).toMatch(/<text x="760"[^>]*>1–2</);
	expect(svg).toContain('>800 → 200 (−75 %)<');
	expect(svg).toContain('in % of old’s');
	expect(svg).toContain('>1 old   2 new<');
});

it('is a self-contained document with names escaped', () => {
	expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="960" height="\d+"/);
	expect(svg).toContain('A &amp; B');
	expect(svg).toContain('Hindi &lt;&amp;');
	expect(svg).not.toMatch(/href|url\(|<style/);
});
