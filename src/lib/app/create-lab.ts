import { reportEnd } from '../workers/end-of-worker';
import { Lab } from '../session/lab.svelte';
import script from './lab.worker.ts?worker&url';

/** Each worker starts when it gets its first request. */
export const createLab = (): Lab => new Lab(spawn);

/** URL of a module that imports the worker's script, shared by all workers. */
let entry: string | undefined;

const UNREACHABLE = 'unreachable';

/**
 * Reports that the worker has started, imports the worker's script and passes on the messages that arrived earlier. The
 * script is imported with `import()` because Firefox asks the service worker only for modules that a worker imports at
 * run time, not for the static imports of its first module.
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
 * Starts a worker from a `blob:` module, which inherits the page's content security policy. A worker started from the
 * script's own URL would follow only the policy in the script's headers, but many hosts don't send one.
 */
function spawn(): Worker {
	entry ??= URL.createObjectURL(
		new Blob([bootstrap(new URL(script, location.href).href)], { type: 'text/javascript' })
	);
	// Unique across the open tabs of this site.
	const name = `bpe-lab ${Math.random()}`;
	const worker = new Worker(entry, { type: 'module', name });
	// If the script can't be fetched, fires the same event as an ordinary worker.
	worker.addEventListener('message', (event) => {
		if (event.data !== UNREACHABLE) return;
		event.stopImmediatePropagation();
		worker.dispatchEvent(new ErrorEvent('error'));
	});
	reportEnd(worker, name);
	return worker;
}
