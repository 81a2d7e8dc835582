import { expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import type { SpecialTokensFindings } from '../../../drift/types';
import SpecialTokenList from './SpecialTokenList.svelte';

it('lists two tokens with one id, as in o200k_harmony', async () => {
	const token = (content: string) => ({
		id: 200018,
		content,
		single_word: false,
		lstrip: false,
		rstrip: false,
		normalized: false,
		special: true
	});
	const findings: SpecialTokensFindings = {
		added: [token('<|reserved_200018|>'), token('<|endofprompt|>')],
		missing: [],
		moved: [],
		flags: [],
		template: { a: { before: [], after: [] }, b: { before: [], after: [] }, state: 'same' },
		chat: []
	};
	const { container } = await render(SpecialTokenList, { findings });
	expect([...container.querySelectorAll('code')].map((code) => code.textContent)).toEqual([
		'<|reserved_200018|> 200018',
		'<|endofprompt|> 200018'
	]);
});
