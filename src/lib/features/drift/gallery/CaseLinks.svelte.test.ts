import { expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { fakeWorkers } from '../../../../../tests/support/fake-worker';
import { EXAMPLES } from '../../../session/examples';
import { Lab, setLab } from '../../../session/lab.svelte';
import CaseLinks from './CaseLinks.svelte';
import type { CaseLink } from './case-link';

const { goto } = vi.hoisted(() => ({ goto: vi.fn() }));
vi.mock('$app/navigation', () => ({ goto, replaceState: vi.fn() }));

const link: CaseLink = {
	page: 'compare',
	search: '?t=gpt2',
	input: { kind: 'text', value: 'a' },
	note: null
};

/** Clicks the link. @returns whether the browser follows it */
async function click(text: string, target: string) {
	const lab = new Lab(fakeWorkers().spawn);
	lab.input.show(text);
	const Host = ((...args: Parameters<typeof CaseLinks>) => {
		setLab(lab);
		return CaseLinks(...args);
	}) as typeof CaseLinks;
	const screen = await render(Host, { link, about: 'a case' });
	const anchor = screen.getByRole('link').element() as HTMLAnchorElement;
	anchor.target = target;
	const event = new MouseEvent('click', { bubbles: true, cancelable: true });
	let isFollowed = false;
	screen.container.addEventListener('click', (clicked) => {
		isFollowed = !clicked.defaultPrevented;
		clicked.preventDefault();
	});
	anchor.dispatchEvent(event);
	return { isFollowed, lab };
}

it('offers to bring back the visitor’s own text, which it replaces', async () => {
	const { isFollowed, lab } = await click('Mine.', '');
	expect([isFollowed, lab.input.text]).toEqual([false, 'a']);
	await expect.poll(() => lab.announcement.shown?.actions.length).toBe(1);
	lab.announcement.shown?.actions[0].run();
	expect(lab.input.text).toBe('Mine.');
});

it.each([
	['an example is all there is', EXAMPLES[0].text, ''],
	['it opens in a new tab, as in a frame', 'Mine.', '_blank']
])('is a plain link if %s', async (_, text, target) => {
	const { isFollowed, lab } = await click(text, target);
	expect([isFollowed, lab.input.text]).toEqual([true, text]);
});
