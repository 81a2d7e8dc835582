import { render } from 'svelte/server';
import { expect, it } from 'vitest';
import { tokensOfLengths } from '../../../../tests/support/encodings';
import StepView from './StepView.svelte';

it('renders tokens on the server, so that a prerendered page shows them', () => {
	const { body } = render(StepView, {
		props: {
			document: new TextEncoder().encode('ab é\n'),
			window: { start: 0, end: 6 },
			encoding: tokensOfLengths([2, 2, 1, 1]),
			boundaries: Uint32Array.of(1),
			anchors: Uint32Array.of(0, 2, 5),
			label: 'Tokens of test'
		}
	});
	expect(body.match(/ made/g)).toHaveLength(2);
	expect(body.match(/data-split/g)).toHaveLength(1);
	// The tokens that begin are ab, the space, the last byte of é and the newline.
	expect(body.match(/ start\b/g)).toHaveLength(4);
});
