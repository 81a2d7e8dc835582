import { afterEach, expect, it, vi } from 'vitest';

const { replaceState, page } = vi.hoisted(() => ({
	replaceState: vi.fn(),
	page: { url: new URL('https://lab.example/train/?size=300') }
}));
vi.mock('$app/navigation', () => ({ replaceState }));
vi.mock('$app/state', () => ({ page }));

// Another test file may have loaded the module without these mocks.
vi.resetModules();
const { replaceAddress } = await import('./lab.svelte');

afterEach(() => {
	replaceState.mockClear();
});

it.each([
	['another address of the page', '/train/', '?size=300', '#v1.t=a', ['/train/?size=400#v1.t=b']],
	['the same address', '/train/', '?size=400', '#v1.t=b', []],
	['that of the page that the Back button goes to', '/', '?t=gpt2', '#v1.t=a', []]
])('replaces %s, if any', (_, pathname, search, hash, expected) => {
	vi.stubGlobal('location', { pathname, search, hash });
	replaceAddress('?size=400#v1.t=b');
	expect(replaceState.mock.calls.map(([to]) => to as string)).toEqual(expected);
});
