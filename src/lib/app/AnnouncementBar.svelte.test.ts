import { flushSync, type Component } from 'svelte';
import { expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { fakeWorkers } from '../../../tests/support/fake-worker';
import WithLab from '../../../tests/support/WithLab.svelte';
import type { OpensFiles } from '../session/dropped-file';
import { Lab } from '../session/lab.svelte';
import AnnouncementBar from './AnnouncementBar.svelte';

/** Renders the bar with fake timers. */
async function draw() {
	const lab = new Lab(fakeWorkers().spawn, 1);
	const opener = {} as OpensFiles;
	const component = AnnouncementBar as Component as Component<{ id: string; visit: Lab }>;
	const { container } = await render(WithLab, { lab, opener, component, id: '' });
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
	const after = (seconds: number) => {
		flushSync();
		vi.advanceTimersByTime(seconds * 1000);
		flushSync();
		return lab.announcement.shown?.message ?? null;
	};
	return { ...lab, bar: container.querySelector('.announcement'), after };
}

it('ends a message after 20 seconds, unless the pointer or the focus is on it', async () => {
	const { announcement, bar, after } = await draw();
	announcement.offerUndo('Removed gpt2.', vi.fn());
	expect(after(19)).toBe('Removed gpt2.');
	expect(after(2)).toBeNull();
	for (const [enter, leave] of [
		['pointerenter', 'pointerleave'],
		['focusin', 'focusout']
	]) {
		announcement.show(enter);
		bar?.dispatchEvent(new Event(enter, { bubbles: true }));
		expect(after(60)).toBe(enter);
		bar?.dispatchEvent(new Event(leave, { bubbles: true }));
		expect(after(21)).toBeNull();
	}
});

it('keeps an error until it is dismissed', async () => {
	const { announcement, after } = await draw();
	announcement.fail('Not saved.');
	expect(after(600)).toBe('Not saved.');
	announcement.dismiss();
	expect(after(0)).toBeNull();
});
