/** The worker's entry: answers the page's calls. */
import { downloadSpec } from '../session/downloads/vocabularies';
import type { ToWorker } from '../workers/protocol';
import { WorkerService } from '../workers/service';
import { createHandlers } from './handlers';

const service = new WorkerService((message, transfer = []) => {
	self.postMessage(message, { transfer });
}, createHandlers(downloadSpec));

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => service.handle(data));
