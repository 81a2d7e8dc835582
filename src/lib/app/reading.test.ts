import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Announcement } from '../session/announcement.svelte';
import { Reading } from './reading';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('says after a while what is read, and stops when asked to', () => {
	const announcement = new Announcement();
	const reading = new Reading(announcement);
	reading.note('a.json', null);
	expect(announcement.shown).toBeNull();
	vi.runAllTimers();
	expect(announcement.shown?.message).toBe('Opening a.json …');
	announcement.shown?.actions.find(({ name }) => name === 'Stop')?.run();
	expect(reading.signal.aborted).toBe(true);
	expect(announcement.shown).toBeNull();
});

it('says nothing once it is over, although another file is still read', () => {
	const announcement = new Announcement();
	const reading = new Reading(announcement);
	reading.note('a.json', null);
	vi.runAllTimers();
	reading.end();
	announcement.fail('b.json is no tokenizer.');
	reading.note('c.json', { phase: 'open', step: 'read' });
	expect(announcement.shown?.message).toBe('b.json is no tokenizer.');
});
