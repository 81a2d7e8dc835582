import { reportEnd } from '../workers/end-of-worker';
import { Lab } from '../session/lab.svelte';
import script from './lab.worker.ts?worker&url';

/** Creates the lab of a visit. Workers start with their first request. */
export const createLab = (): Lab => new Lab(spawn);

/** Address of a module that imports the worker's script. One serves all workers of a visit. */
let entry: string | undefined;

const UNREACHABLE = 'unreachable';

/**
 * Says that the worker lives, imports its script, and hands it the messages that came before. Firefox asks the service worker
 * for what a worker imports while it runs, but not for what its first module declares, so the import is a call.
 */
const bootstrap = (script: string) => `delete self.RTCPeerConnection;
const early=[];onmessage=event=>early.push(event);
let release;const loaded=new Promise(resolve=>release=resolve);
navigator.locks?.request(name,()=>{postMessage({id:0,type:'held'});return loaded}).catch(()=>{});
postMessage({id:0,type:'awake'});
import(${JSON.stringify(script)}).then(()=>{
onmessage=null;if(!early.length)postMessage({id:0,type:'unlocked'});
for(const{data}of early)dispatchEvent(new MessageEvent('message',{data}));
release()
},()=>postMessage('${UNREACHABLE}'))`;

/**
 * Starts a worker from a `blob:` module, which inherits the content security policy of the page. A worker that is started
 * from the file itself has only the policy in the headers of that file, and many hosts send none.
 */
function spawn(): Worker {
	entry ??= URL.createObjectURL(
		new Blob([bootstrap(new URL(script, location.href).href)], { type: 'text/javascript' })
	);
	// Unique among the tabs of this site.
	const name = `bpe-lab ${Math.random()}`;
	const worker = new Worker(entry, { type: 'module', name });
	// As if the worker itself could not be fetched.
	worker.addEventListener('message', (event) => {
		if (event.data !== UNREACHABLE) return;
		event.stopImmediatePropagation();
		worker.dispatchEvent(new ErrorEvent('error'));
	});
	reportEnd(worker, name);
	return worker;
}
