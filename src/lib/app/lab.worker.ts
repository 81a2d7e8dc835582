/** The worker's entry: answers the page's calls. */
import { downloadSpec } from '../session/downloads/vocabularies';
import { lockWhileWorking } from '../workers/end-of-worker';
import type { FromWorker, ToWorker } from '../workers/protocol';
import { WorkerService } from '../workers/service';
import { createHandlers } from './handlers';

const post = (message: FromWorker, transfer: Transferable[] = []) =>
	self.postMessage(message, { transfer });
const service = new WorkerService(
	post,
	createHandlers(downloadSpec),
	lockWhileWorking(self.name, post)
);
self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => service.handle(data));
