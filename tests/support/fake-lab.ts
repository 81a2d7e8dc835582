import { Lab, type ShownDocument } from '../../src/lib/session/lab.svelte';
import { fakeWorkers } from './fake-worker';

/**
 * A lab, and the requests to its workers, which never respond. Needs fake timers so that the requests end with the
 * test.
 */
export function fakeLab() {
	const { spawn, workers } = fakeWorkers();
	const requests = () => workers.flatMap((worker) => worker.requests);
	return { lab: new Lab(spawn), requests };
}

/** Functions that open a link on a page and create a link to the page's current state. */
export const linksOf = (document: Pick<ShownDocument, 'read' | 'link'>) => ({
	open: (rest: string) => document.read(new URL(rest, 'https://lab.example/page/')),
	link: () => document.link()
});
