import { expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { addedToken } from '../../../../../tests/support/spec-parts';
import type { SpecialTokensFindings } from '../../../drift/types';
import SpecialTokenList from './SpecialTokenList.svelte';

it('lists two tokens with one id, as in o200k_harmony', async () => {
	const contents = ['<|reserved_200018|>', '<|endofprompt|>'];
	const findings: SpecialTokensFindings = {
		added: contents.map((content) => addedToken(200018, content)),
		missing: [],
		moved: [],
		flags: [],
		template: { a: { before: [], after: [] }, b: { before: [], after: [] }, state: 'same' },
		chat: []
	};
	const { container } = await render(SpecialTokenList, { findings });
	const listed = [...container.querySelectorAll('code')].map((code) => code.textContent);
	expect(listed).toEqual(contents.map((content) => `${content} 200018`));
});
