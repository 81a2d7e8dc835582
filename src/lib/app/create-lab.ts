import { Lab } from '../session/lab.svelte';
import script from './lab.worker.ts?worker&url';

/** Creates the lab of a visit. Workers start with their first request. */
export const createLab = (): Lab => new Lab(spawn);

/** Address of a module that imports the worker's script. One serves all workers of a visit. */
let entry: string | undefined;

/**
 * Imports a worker's script, and hands it the messages that came before. Firefox asks the service worker for what a worker
 * imports while it runs, but not for what its first module imports, so the import is not a declaration.
 */
const bootstrap = (address: string) => `const early=[],keep=event=>early.push(event);onmessage=keep;
import(${JSON.stringify(address)}).then(()=>{
onmessage=null;for(const{data}of early)dispatchEvent(new MessageEvent('message',{data}))
},error=>setTimeout(()=>{throw error}))`;

/**
 * Starts a worker from a `blob:` module, which inherits the content security policy of the page. A worker that is started
 * from the file itself has only the policy in the headers of that file, and many hosts send none.
 */
function spawn(): Worker {
	entry ??= URL.createObjectURL(
		new Blob([bootstrap(new URL(script, location.href).href)], { type: 'text/javascript' })
	);
	return new Worker(entry, { type: 'module' });
}
