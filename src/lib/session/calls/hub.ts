/**
 * Calls to the worker that talks to the Hugging Face Hub: types, routes and handlers. All requests go through one
 * worker, so terminating it cancels them.
 */
import type { HubReference } from '../tokenizers/hub/repository';
import type { Handlers } from '../../workers/job';
import type { Routes, Workers } from '../../workers/pool';
import { Hub, type HubFile, type HubListing } from '../tokenizers/hub/hub';
import { HubError, type HubProblem } from '../tokenizers/hub/problem';

/** A value, or the reason why there is no value. */
export type HubAnswer<T> =
	{ readonly problem: null; readonly value: T } | { readonly problem: HubProblem };

export interface HubCalls {
	/** Resolves a revision and lists a repository's tokenizers. */
	lookUpRepository: {
		params: {
			readonly repository: string;
			readonly revision: string;
			/** The visitor's access token; `null` if there is none. */
			readonly token: string | null;
		};
		result: HubAnswer<HubListing>;
	};
	/** Downloads files from a repository. Progress counts the bytes of all files. */
	downloadTokenizer: {
		params: {
			readonly reference: HubReference;
			readonly files: readonly HubFile[];
			readonly token: string | null;
		};
		result: HubAnswer<readonly { readonly path: string; readonly file: Blob }[]>;
	};
}

export interface HubWorkers extends Workers<HubCalls> {
	/** Terminates the worker, cancelling all requests. */
	stopHub(): void;
}

export const HUB_ROUTES: Routes<HubCalls> = {
	lookUpRepository: 'hub',
	downloadTokenizer: 'hub'
};

/** @param origin origin of the Hub; tests use their own server */
export function createHubHandlers(origin?: string): Handlers<HubCalls> {
	const hub = new Hub(origin);
	return {
		lookUpRepository: async ({ repository, revision, token }) => ({
			result: await answer(() => hub.lookUp(repository, revision, token))
		}),
		// One download at a time, because the library that loads the files doesn't support parallel downloads.
		downloadTokenizer: async ({ reference, files, token }, job) => ({
			result: await answer(() =>
				hub.download(reference, files, token, (progress) =>
					job.progress({ phase: 'download', ...progress })
				)
			)
		})
	};
}

async function answer<T>(work: () => Promise<T>): Promise<HubAnswer<T>> {
	try {
		return { problem: null, value: await work() };
	} catch (error) {
		if (error instanceof HubError) return { problem: error.problem };
		throw error;
	}
}
