import { render } from 'svelte/server';
import { expect, it } from 'vitest';
import { PLAIN_VIEW, tokensOfLengths } from '../../../../tests/support/encodings';
import TokenView from './TokenView.svelte';

it('renders a small text completely on the server, so that a prerendered page shows its tokens', () => {
	const { body } = render(TokenView, {
		props: {
			document: new TextEncoder().encode('ab <c>\n'),
			encoding: tokensOfLengths([2, 4, 1], [10, 11, 12]),
			...PLAIN_VIEW,
			label: 'Tokens of test',
			focus: null
		}
	});
	expect(body.match(/data-token-id="\d+"/g)).toEqual(
		[10, 11, 12].map((id) => `data-token-id="${id}"`)
	);
	expect(body).toContain('&lt;c>');
	expect(body.match(/tabindex="0"/g)).toHaveLength(1);
});
