import { expect, it, vi } from 'vitest';
import { Copying } from './copying.svelte';

/** Stubs a browser whose clipboard calls `write`. */
const clipboard = (write: (text: string) => Promise<void>) =>
	vi.stubGlobal('navigator', { clipboard: { writeText: write } });

it('copies, and reports success', async () => {
	const write = vi.fn(() => Promise.resolve());
	clipboard(write);
	const copying = new Copying();
	expect(copying.message).toBeNull();
	await copying.copy('1 2 3', 'Copied three ids.', 'Select them.');
	expect(write).toHaveBeenCalledExactlyOnceWith('1 2 3');
	expect(copying.message).toBe('Copied three ids.');
});

it('gives advice if the browser does not allow it or has no clipboard', async () => {
	const copying = new Copying();
	clipboard(() => Promise.reject(new DOMException('not focused', 'NotAllowedError')));
	await copying.copy('a', 'Copied.', 'Select them.');
	expect(copying.message).toBe('The browser did not allow copying. Select them.');
	vi.stubGlobal('navigator', {});
	await copying.copy('a', 'Copied.', 'Type it.');
	expect(copying.message).toBe('The browser did not allow copying. Type it.');
});
