import { Lab, type ShownDocument } from '../../src/lib/session/lab.svelte';
import { fakeWorkers } from './fake-worker';

/**
 * Creates a lab with workers that never respond. `requests` lists the requests sent to them. Needs fake timers so that
 * no request's timer outlives the test.
 */
export function fakeLab() {
	const { spawn, workers } = fakeWorkers();
	const requests = () => workers.flatMap((worker) => worker.requests);
	return { lab: new Lab(spawn), requests };
}

export const linksOf = (document: Pick<ShownDocument, 'read' | 'link'>) => ({
	open: (rest: string) => document.read(new URL(rest, 'https://lab.example/page/')),
	link: () => document.link()
});
