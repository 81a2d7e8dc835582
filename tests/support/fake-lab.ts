import { Lab, type ShownDocument } from '../../src/lib/session/lab.svelte';
import { fakeWorkers } from './fake-worker';

/** A lab, and the requests to its workers, which nobody answers. Needs fake timers, so that these end with the test. */
export function fakeLab() {
	const { spawn, workers } = fakeWorkers();
	const requests = () => workers.flatMap((worker) => worker.requests);
	return { lab: new Lab(spawn), requests };
}

/** Opens links on a page, and makes the link to what it shows. */
export const linksOf = (document: Pick<ShownDocument, 'read' | 'link'>) => ({
	open: (rest: string) => document.read(new URL(rest, 'https://lab.example/page/')),
	link: () => document.link()
});
