import fc from 'fast-check';
import { expect, it } from 'vitest';
import { joinDocuments, splitDocuments } from './documents';

it('gives documents back as they were put in, whatever is in them', () => {
	const document = fc.record({
		name: fc.string({ minLength: 1 }).filter((name) => !/[\n\f]/.test(name)),
		text: fc.string({ unit: fc.constantFrom('a', '\n', '\r', ' ', '字') })
	});
	fc.assert(
		fc.property(fc.array(document, { minLength: 1 }), (documents) => {
			expect(splitDocuments(joinDocuments(documents), 'whole')).toEqual(documents);
		})
	);
});

it('reads a file without documents as one', () => {
	expect(splitDocuments('a\nb', 'notes')).toEqual([{ name: 'notes', text: 'a\nb' }]);
});

it('refuses what it could not give back', () => {
	expect(() => joinDocuments([{ name: 'a\nb', text: '' }])).toThrow('"a\\nb"');
	expect(() => joinDocuments([{ name: 'a', text: 'x\fy' }])).toThrow('form feed');
});
