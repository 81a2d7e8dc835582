import { expect, it } from 'vitest';
import { joinDocuments, splitDocuments } from '../../lib/drift/damage/documents';
import { factbookDocuments } from './corpora';

const documents = factbookDocuments();

it('has a document for each of 261 countries and regions, of about a megabyte together', () => {
	expect(documents).toHaveLength(261);
	const bytes = documents.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
	expect(bytes).toBeGreaterThan(1_000_000);
	expect(bytes).toBeLessThan(1_100_000);
});

it('names them as people do, and is prose without the package’s marks', () => {
	const names = documents.map(({ name }) => name);
	expect(names).toContain('Cuba');
	expect(names).toContain('Central African Republic');
	expect(names.filter((name) => name.startsWith('none'))).toEqual([]);
	for (const { name, text } of documents) {
		expect(text.length, name).toBeGreaterThan(300);
		expect(text, name).not.toMatch(/\+\+|<[a-z]|&[a-z]+;/);
		expect(text.endsWith('\n'), name).toBe(true);
	}
});

it('can be packed and read again', () => {
	expect(splitDocuments(joinDocuments(documents), 'factbook')).toEqual(documents);
});
