import { expect, test } from 'vitest';
import { benchTexts, GENERATED_TEXTS } from './texts.mjs';

const texts = benchTexts(GENERATED_TEXTS);

test('generated texts are the same each time, and have 1 MB and 250 kB for the warm-up', () => {
	expect(benchTexts(GENERATED_TEXTS)).toEqual(texts);
	for (const { text, warmUp } of Object.values(texts)) {
		expect(Buffer.byteLength(text)).toBeGreaterThan(999_990);
		expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1_000_000);
		expect(Buffer.byteLength(warmUp)).toBeGreaterThan(249_990);
	}
});

test('the Chinese text is Han characters in clauses that rarely repeat', () => {
	const { text } = texts.Chinese;
	const clauses = text.match(/\p{Script=Han}+/gu) ?? [];
	expect(clauses.join('').length / text.length).toBeGreaterThan(0.85);
	expect(clauses.length).toBeGreaterThan(20_000);
	expect(new Set(clauses).size / clauses.length).toBeGreaterThan(0.65);
});

test('JSON logs are records, one a line', () => {
	const lines = texts['JSON logs'].text.split('\n').slice(0, -1);
	const services = new Set(lines.map((line) => (JSON.parse(line) as { service: string }).service));
	expect(services.size).toBe(6);
});

test('base64 decodes to bytes that all occur about equally often', () => {
	const bytes = Buffer.from(texts.base64.text.replaceAll('\n', ''), 'base64');
	const counts = new Array<number>(256).fill(0);
	for (const byte of bytes) counts[byte]++;
	const expected = bytes.length / 256;
	expect(Math.min(...counts)).toBeGreaterThan(0.8 * expected);
	expect(Math.max(...counts)).toBeLessThan(1.2 * expected);
});
