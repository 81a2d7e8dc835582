/** The answers to every call. A feature's code is fetched with the first call to it. */
import { DRIFT_ROUTES } from '../features/drift/worker';
import { INFLATION_ROUTES } from '../features/inflation/worker';
import { STRAWBERRY_ROUTES } from '../features/strawberry/worker';
import { LoadedTokenizers, type SpecSource } from '../session/worker/loaded-tokenizers';
import { createTokenizingHandlers } from '../session/worker/tokenizing';
import { TRAINING_ROUTES } from '../session/worker/training';
import type { Handlers } from '../workers/job';
import { lazyHandlers } from '../workers/service';
import type { Calls } from './calls';

/** @param source where the catalogue's specs come from */
export function createHandlers(source: SpecSource): Handlers<Calls> {
	const tokenizers = new LoadedTokenizers(source);
	return {
		...createTokenizingHandlers(tokenizers),
		...lazyHandlers(TRAINING_ROUTES, async () => {
			const { createTrainingHandlers } = await import('../session/worker/training');
			return createTrainingHandlers();
		}),
		...lazyHandlers(STRAWBERRY_ROUTES, async () => {
			const { createStrawberryHandlers } = await import('../features/strawberry/worker');
			return createStrawberryHandlers(tokenizers);
		}),
		...lazyHandlers(INFLATION_ROUTES, async () => {
			const { createInflationHandlers } = await import('../features/inflation/worker');
			return createInflationHandlers(tokenizers);
		}),
		...lazyHandlers(DRIFT_ROUTES, async () => {
			const { createDriftHandlers } = await import('../features/drift/worker');
			return createDriftHandlers(tokenizers);
		})
	};
}
