import { dropStaleVocabularies } from '../session/downloads/vocabularies';
import type { ToWorker } from '../workers/protocol';
import { TokenizerService } from './service';

const service = new TokenizerService((message, transfer = []) => {
	self.postMessage(message, { transfer });
});

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => service.handle(data));

void dropStaleVocabularies();
