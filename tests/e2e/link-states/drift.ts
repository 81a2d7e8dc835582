import type { Page } from '@playwright/test';
import type { LinkedPage } from './linked-page';

/** Each with a choice that its question offers, and the first word of what the page says to it. */
const CASES = [
	['gemma-without-bos', 'special-tokens', 'Right.'],
	['llama3-without-bos', 'none', 'Not'],
	['two-bos', 'special-tokens', 'Right.']
] as const;
/** First word of an answer that was shown on request. */
const REVEALED = 'Special';

const chosen = (label: string) => (page: Page) =>
	page.getByRole('combobox', { name: label }).inputValue();

/** Slugs of the cases that have an element, each with the first word in it. */
const openCases = (page: Page, has: string) =>
	page.locator(`[data-case] ${has}`).evaluateAll((found) =>
		found
			.map((element) => {
				const slug = element.closest('[data-case]')?.getAttribute('data-case');
				return `${slug} ${element.textContent.trim().split(/\s/)[0]}`;
			})
			.join(', ')
	);

export const DRIFT: LinkedPage = {
	name: 'drift',
	keys: ['questions', 'answers', 'query', 'stage', 'library', 'damage', 'evidence', 'method'],
	states: (pick, count) =>
		Array.from({ length: count }, () => {
			const shown = CASES.map(([slug, choice, answer]) => ({
				slug,
				choice,
				answer,
				as: pick(['closed', 'question', 'revealed', 'chosen'])
			}));
			const questions = shown.filter(({ as }) => as === 'question').map(({ slug }) => slug);
			const answers = shown.filter(({ as }) => as === 'revealed' || as === 'chosen');
			const fields = {
				case: questions.join(' '),
				open: answers
					.map(({ slug, choice, as }) => (as === 'chosen' ? `${slug}.${choice}` : slug))
					.join(' '),
				q: pick(['', 'BOS']),
				stage: pick(['', 'post-processor']),
				library: pick(['', 'lm-evaluation-harness']),
				damage: pick(['', 'measured']),
				evidence: pick(['', 'mechanism', 'published-ids']),
				method: pick(['', '1'])
			};
			const search = new URLSearchParams(Object.entries(fields).filter(([, value]) => value));
			const isListed = (slug: string) =>
				fields.evidence === (slug === 'two-bos' ? 'published-ids' : 'mechanism') ||
				fields.evidence === '';
			const isFound = (slug: string) =>
				isListed(slug) && (fields.library === '' || slug !== 'llama3-without-bos');
			return {
				address: `drift/?${search}`,
				shown: {
					questions: questions
						.filter(isFound)
						.map((slug) => `${slug} Which`)
						.join(', '),
					answers: answers
						.filter(({ slug }) => isFound(slug))
						.map(({ slug, as, answer }) => `${slug} ${as === 'chosen' ? answer : REVEALED}`)
						.join(', '),
					query: fields.q,
					stage: fields.stage,
					library: fields.library,
					damage: fields.damage,
					evidence: fields.evidence,
					method: fields.method === '' ? '0' : '1'
				}
			};
		}),
	read: {
		questions: (page) => openCases(page, '[role="group"] > p[id]'),
		answers: (page) => openCases(page, '[data-testid="answer"]'),
		query: (page) => page.getByLabel('Search').inputValue(),
		stage: chosen('Stage'),
		library: chosen('Library'),
		damage: chosen('Damage'),
		evidence: chosen('Evidence'),
		method: async (page) =>
			String(await page.getByRole('button', { name: 'Measure again here' }).count())
	}
};
