import { reportEnd } from '../workers/end-of-worker';
import { Lab } from '../session/lab.svelte';
import script from './lab.worker.ts?worker&url';

/** Creates the lab of a visit. Workers start with their first request. */
export const createLab = (): Lab => new Lab(spawn);

/** Address of a module that only imports the worker's script. One serves all workers of a visit. */
let entry: string | undefined;

/**
 * Starts a worker from a `blob:` module, which inherits the content security policy of the page. A worker that is started
 * from the file itself has only the policy in the headers of that file, and many hosts send none.
 */
function spawn(): Worker {
	entry ??= URL.createObjectURL(
		new Blob([`import ${JSON.stringify(new URL(script, location.href).href)};`], {
			type: 'text/javascript'
		})
	);
	// Unique among the tabs of this site.
	const name = `bpe-lab ${Math.random()}`;
	const worker = new Worker(entry, { type: 'module', name });
	reportEnd(worker, name);
	return worker;
}
