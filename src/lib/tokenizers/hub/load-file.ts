import { env } from '@xenova/transformers/src/env.js';
import { getModelFile } from '@xenova/transformers/src/utils/hub.js';
import type { HubReference } from './repository';

export interface HubRequests {
	/** Origin of the Hub. */
	readonly hub: string;
	/** Answers with the response of a server. What it throws ends the loading. */
	readonly fetch: (address: string) => Promise<unknown>;
	/** @param received bytes so far */
	readonly onprogress: (received: number) => void;
}

/**
 * Loads a file of a repository with the loading code of @xenova/transformers, without its caches. That code calls the
 * global `fetch` and can set neither headers nor a referrer policy, so the global is replaced until that call: use this in a
 * worker that does nothing else, for one file at a time.
 */
export async function loadHubFile(
	{ repository, commit }: HubReference,
	path: string,
	{ hub, fetch, onprogress }: HubRequests
): Promise<Uint8Array<ArrayBuffer>> {
	Object.assign(env, {
		allowLocalModels: false,
		allowRemoteModels: true,
		useBrowserCache: false,
		useFSCache: false,
		useCustomCache: false,
		remoteHost: hub
	});
	const host = globalThis as { fetch?: unknown };
	const before = host.fetch;
	host.fetch = (address: string) => {
		host.fetch = before;
		return fetch(address);
	};
	try {
		const encoded = path.split('/').map(encodeURIComponent).join('/');
		return await getModelFile(repository, encoded, true, {
			revision: commit,
			progress_callback: ({ status, loaded }) => {
				if (status === 'progress' && loaded !== undefined) onprogress(loaded);
			}
		});
	} finally {
		host.fetch = before;
	}
}
