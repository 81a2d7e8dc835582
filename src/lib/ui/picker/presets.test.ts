import { expect, it } from 'vitest';
import { getDescriptor } from '../../tokenizers/catalogue';
import { PICKER_PRESETS } from './presets';

it('has tokenizers of the catalogue, and models of 2026 where it says so', () => {
	for (const { name, ids } of PICKER_PRESETS)
		for (const { since, models } of ids.map(getDescriptor))
			if (name.includes('2026'))
				expect([since, ...models.map(({ released }) => released?.value ?? '')]).toContainEqual(
					expect.stringMatching(/^2026/)
				);
});
