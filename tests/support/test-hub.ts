import { afterAll, beforeAll, beforeEach } from 'vitest';
import { Hub, type HubListing } from '../../src/lib/session/tokenizers/hub/hub';
import { HubError, type HubProblem } from '../../src/lib/session/tokenizers/hub/problem';
import type { DownloadProgress } from '../../src/lib/session/downloads/fetch-bytes';
import { serveHub, type HubServer } from './hub-server';

export const COMMIT = '607a30d783dfa663caf39e06633721c8d4cfcd7e';
export const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
export const JSON_TEXT = `{"model":{"vocab":{}},"padding":"${'x'.repeat(200_000)}"}`;
export const JSON_BYTES = utf8(JSON_TEXT);
const CONFIG_TEXT = '{"tokenizer_class":"GPT2Tokenizer"}';
export const CONFIG = utf8(CONFIG_TEXT);
/** Contents of the files to download from `owner/name`. */
export const TEXTS = { 'tokenizer.json': JSON_TEXT, 'tokenizer_config.json': CONFIG_TEXT };

/** Listing of `owner/name`, by default without tokenizers. */
export const listingOf = (found: Partial<HubListing>): HubListing => ({
	repository: 'owner/name',
	commit: COMMIT,
	revision: 'main',
	isGated: false,
	tokenizers: [],
	...found
});

/**
 * A local stand-in for the Hub that serves the model `owner/name`, whose tokenizer.json is stored in Git LFS. Before
 * each test, the server is reset and a new client is created.
 */
export class TestHub {
	server!: HubServer;
	hub!: Hub;

	constructor() {
		beforeAll(async () => {
			this.server = await serveHub();
		});
		afterAll(() => this.server.close());
		beforeEach(() => {
			const { server } = this;
			server.repositories.clear();
			server.moved.clear();
			server.requests.length = 0;
			server.intercept = null;
			server.repositories.set('owner/name', {
				commit: COMMIT,
				revisions: ['v1', 'refs/pr/1'],
				files: {
					'README.md': utf8('# name'),
					'tokenizer.json': JSON_BYTES,
					'tokenizer_config.json': CONFIG
				},
				large: ['tokenizer.json']
			});
			this.hub = new Hub(server.origins.hub);
		});
	}

	lookUp(repository = 'owner/name', revision = 'main', token: string | null = null) {
		return this.hub.lookUp(repository, revision, token);
	}

	/** Downloads the first tokenizer in a listing. */
	download(
		listing: HubListing,
		token: string | null = null,
		onprogress: (progress: DownloadProgress) => void = () => undefined
	) {
		return this.hub.download(listing, listing.tokenizers[0].files, token, onprogress);
	}
}

/** Returns the problem that makes `work` fail, or `none` if it succeeds. */
export async function problemOf(work: Promise<unknown>): Promise<HubProblem | 'none'> {
	try {
		await work;
		return 'none';
	} catch (error) {
		if (error instanceof HubError) return error.problem;
		throw error;
	}
}

export const textsOf = async (
	files: readonly { readonly path: string; readonly file: Blob }[]
): Promise<Record<string, string>> =>
	Object.fromEntries(
		await Promise.all(files.map(async ({ path, file }) => [path, await file.text()] as const))
	);
