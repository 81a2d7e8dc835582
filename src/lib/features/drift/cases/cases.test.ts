import { expect, it } from 'vitest';
import { DRIFT_CASES } from './cases';
import { CASE_STAGES } from './types';

it('computes at least fifty cases, of every stage', () => {
	expect(DRIFT_CASES.length).toBeGreaterThanOrEqual(50);
	expect(new Set(DRIFT_CASES.map(({ stage }) => stage))).toEqual(new Set(CASE_STAGES));
});

it('gives each case its own address', () => {
	const slugs = DRIFT_CASES.map(({ slug }) => slug);
	expect(new Set(slugs).size).toBe(slugs.length);
	for (const slug of slugs) expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
});

it('names a public source, or says that none is known', () => {
	for (const { slug, sources, year, evidence } of DRIFT_CASES) {
		expect(sources.length > 0, slug).toBe(year !== null);
		for (const { url } of sources) expect(url, slug).toMatch(/^https:\/\/[a-z.]+\/.+/);
		expect(evidence === 'found-here', slug).toBe(year === null);
	}
});

it('expects something that tells B from A in every case, so that A alone never earns a badge', () => {
	for (const { slug, expect: expected } of DRIFT_CASES) {
		const tellsApart = expected.some(
			(one) => one.sees === 'different-ids' || one.sees === 'different-text' || one.side === 'b'
		);
		expect(tellsApart, slug).toBe(true);
	}
});

it('is caught by checks if and only if two files can show it', () => {
	for (const { slug, caughtBy, destination } of DRIFT_CASES)
		expect(caughtBy.length > 0, slug).toBe(destination?.page === 'diff');
});

it('expects published ids if and only if it names the source that prints them', () => {
	for (const { slug, evidence, publishedIn, sources, expect: expected } of DRIFT_CASES) {
		const hasIds = expected.some(({ sees }) => sees === 'ids');
		expect(hasIds, slug).toBe(evidence === 'published-ids');
		expect(publishedIn !== undefined, slug).toBe(hasIds);
		if (!publishedIn) continue;
		expect(
			sources.map(({ name }) => name),
			slug
		).toContain(publishedIn.source);
		expect(publishedIn.where, slug).not.toBe('');
	}
});
