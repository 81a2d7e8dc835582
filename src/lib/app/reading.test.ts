import { expect, it } from 'vitest';
import { Announcement, type Announced } from '../session/announcement.svelte';
import type { ShownPage } from '../session/lab.svelte';
import { Reading } from './reading';

function mount(drawsReading: boolean) {
	const shown: ShownPage = { document: null, drawsReading };
	const lab = { announcement: new Announcement(), reading: null as Announced | null, shown };
	return { lab, reading: new Reading(lab), stop: () => lab.reading?.actions[0].run() };
}

it('says at once what is read, and stops when asked to', () => {
	const { lab, reading, stop } = mount(false);
	reading.note('a.json', null);
	expect(lab.reading?.message).toBe('Opening a.json…');
	stop();
	expect(reading.signal.aborted).toBe(true);
	expect([lab.reading, lab.announcement.shown]).toEqual([null, null]);
});

it('says nothing once it is over, although another file is still read', () => {
	const { lab, reading } = mount(false);
	reading.note('a.json', null);
	reading.fail('b.json is no tokenizer.');
	reading.note('c.json', { phase: 'open', step: 'read' });
	expect(lab.reading).toBeNull();
	const problem = { message: 'b.json is no tokenizer.', isError: true };
	expect(lab.announcement.shown).toMatchObject(problem);
});

it('says why nothing was opened in the page, if that draws it, also when stopped', () => {
	const { lab, reading, stop } = mount(true);
	reading.note('a.json', null);
	stop();
	expect(lab.reading).toEqual({ message: 'Stopped opening a.json.', isError: true, actions: [] });
	reading.fail('The operation was aborted.');
	expect(lab.reading?.message).toBe('Stopped opening a.json.');
	expect(lab.announcement.shown).toBeNull();
});

it('leaves what a later reading says', () => {
	const { lab, reading } = mount(true);
	reading.note('a.json', null);
	reading.stop();
	const later = new Reading(lab);
	later.note('b.json', null);
	reading.stop();
	expect(lab.reading?.message).toBe('Opening b.json…');
});
