import type { LinkedPage } from './linked-page';

/** Cases whose cards name where to find their figures, in the order of the page. */
const CASES = ['gemma-without-bos', 'llama3-without-bos', 'two-bos'] as const;

export const DRIFT: LinkedPage = {
	name: 'drift',
	keys: ['open'],
	states: (pick, count) =>
		Array.from({ length: count }, () => {
			const open = CASES.filter(() => pick([false, true]));
			const search = open.length > 0 ? `?open=${open.join('+')}` : '';
			return {
				address: `drift/${search}${pick(['', '#two-bos'])}`,
				shown: { open: open.join(' ') }
			};
		}),
	read: {
		open: (page) =>
			page
				.locator('[data-case] details[open]')
				.evaluateAll((all) =>
					all.map((details) => details.closest('[data-case]')?.getAttribute('data-case')).join(' ')
				)
	}
};
