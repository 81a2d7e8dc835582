/** Entry point of every worker: answers calls from the page. */
import type { DriftCalls } from '../features/drift/worker';
import type { InflationCalls } from '../features/inflation/worker';
import type { StrawberryCalls } from '../features/strawberry/worker';
import type { VocabularyCalls } from '../features/vocabulary/worker';
import type { HubCalls } from '../session/calls/hub';
import type { OpeningCalls } from '../session/calls/opening';
import {
	createTokenizingHandlers,
	LoadedTokenizers,
	type SpecSource,
	type TokenizingCalls
} from '../session/calls/tokenizing';
import type { TrainingCalls } from '../session/calls/training';
import { downloadSpec } from '../session/downloads/vocabularies';
import { lockWhileWorking } from '../workers/end-of-worker';
import type { Handlers } from '../workers/job';
import type { FromWorker, ToWorker } from '../workers/protocol';
import { lazyHandlers, WorkerService } from '../workers/service';

export type Calls = TokenizingCalls &
	OpeningCalls &
	HubCalls &
	TrainingCalls &
	StrawberryCalls &
	InflationCalls &
	DriftCalls &
	VocabularyCalls;
export type Method = keyof Calls;

/**
 * Handlers for all calls. Each feature's code is loaded with the first call to it, so this module imports only its
 * types.
 * @param source provides the specs of the built-in tokenizers
 */
export function createHandlers(source: SpecSource): Handlers<Calls> {
	const tokenizers = new LoadedTokenizers(source);
	return {
		...createTokenizingHandlers(tokenizers),
		...lazyHandlers<OpeningCalls>(
			{ recognizeJson: true, openTokenizer: true, identify: true, checkReading: true },
			async () => {
				const { createOpeningHandlers } = await import('../session/calls/opening');
				return createOpeningHandlers(source);
			}
		),
		...lazyHandlers<HubCalls>({ lookUpRepository: true, downloadTokenizer: true }, async () => {
			const { createHubHandlers } = await import('../session/calls/hub');
			return createHubHandlers();
		}),
		...lazyHandlers<TrainingCalls>(
			{
				count: true,
				train: true,
				steps: true,
				encodeTrained: true,
				pairs: true,
				trainedFile: true
			},
			async () => {
				const { createTrainingHandlers } = await import('../session/calls/training');
				return createTrainingHandlers();
			}
		),
		...lazyHandlers<StrawberryCalls>({ splitVariants: true, traceWord: true }, async () => {
			const { createStrawberryHandlers } = await import('../features/strawberry/worker');
			return createStrawberryHandlers(tokenizers);
		}),
		...lazyHandlers<InflationCalls>({ measureDeclarations: true }, async () => {
			const { createInflationHandlers } = await import('../features/inflation/worker');
			return createInflationHandlers(tokenizers);
		}),
		...lazyHandlers<DriftCalls>(
			{
				drift: true,
				driftProbes: true,
				driftText: true,
				damage: true,
				driftCase: true
			},
			async () => {
				const { createDriftHandlers } = await import('../features/drift/worker');
				return createDriftHandlers(tokenizers);
			}
		),
		...lazyHandlers<VocabularyCalls>({ vocabulary: true, reach: true }, async () => {
			const { createVocabularyHandlers } = await import('../features/vocabulary/worker');
			return createVocabularyHandlers(tokenizers);
		})
	};
}

function answerCalls(): void {
	const post = (message: FromWorker, transfer: Transferable[] = []) =>
		self.postMessage(message, { transfer });
	const handlers = createHandlers(downloadSpec);
	const service = new WorkerService(post, handlers, lockWhileWorking(self.name, post));
	self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => service.handle(data));
}

// Tests create the handlers outside a worker.
if ('WorkerGlobalScope' in globalThis) answerCalls();
