import { expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import type { ConfigDifference } from '../../../drift/types';
import ConfigList from './ConfigList.svelte';
import { DiffView } from './view.svelte';

const difference = (field: string): ConfigDifference => ({
	...{ field, a: 'true', b: 'false', severity: 'silent', sentence: `${field} differs.` },
	...{ firstDifference: null, example: null, tried: 0, witness: null, proven: false }
});
const differences = [difference('normalizer'), difference('decoder')];

const openIn = (container: Element) =>
	[...container.querySelectorAll('details')].map(({ open }) => open);

it('opens the values of one field alone', async () => {
	const view = new DiffView();
	const { container, getByText } = await render(ConfigList, { differences, view });
	await getByText('Both values').first().click();
	await expect.poll(() => view.link.values).toEqual(['normalizer']);
	expect(openIn(container)).toEqual([true, false]);
	const { link } = view;
	await getByText('Both values').first().click();
	await expect.poll(() => view.link.values).toEqual([]);
	expect(openIn(container)).toEqual([false, false]);
	// The link opens the same field alone.
	view.restore(link);
	await expect.poll(() => openIn(container)).toEqual([true, false]);
});
