import { expect, it } from 'vitest';
import { readGallery, writeGallery } from './address';

it('keeps which sources are unfolded, in the order of the cases', () => {
	const link = writeGallery(new Set(['two-bos', 'llama3-without-bos']));
	expect(link).toBe('?open=llama3-without-bos+two-bos');
	expect(readGallery(new URLSearchParams(link))).toEqual({
		values: { open: ['llama3-without-bos', 'two-bos'] },
		problems: []
	});
	expect(writeGallery(new Set())).toBe('');
});

it('opens what it knows of a link, and reports the rest', () => {
	const { values, problems } = readGallery(new URLSearchParams('?open=two-bos+no-case'));
	expect(values.open).toEqual(['two-bos']);
	expect(problems).toHaveLength(1);
	expect(problems[0]).toContain('“open=no-case”');
});
