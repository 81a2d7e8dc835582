import { beforeEach, expect, it, vi } from 'vitest';
import { fakeCalls, settle } from '../../../../tests/support/fake-calls';
import { memoryStore } from '../../../../tests/support/memory-store';
import { COMMIT, listingOf } from '../../../../tests/support/test-hub';
import type { HubFile, HubListing } from '../../session/tokenizers/hub/hub';
import type { HubProblem } from '../../session/tokenizers/hub/problem';
import { SavedTokenizers } from '../../session/tokenizers/saved-tokenizers.svelte';
import { HubVisit, type TakeLoaded } from './hub-visit.svelte';

const file = (path: string, size = 100): HubFile => ({ path, size, hash: null });
const LISTING = listingOf({
	tokenizers: [
		{ name: 'tokenizer.json', files: [file('tokenizer.json'), file('tokenizer_config.json')] },
		{ name: 'old/tokenizer.model', files: [file('old/tokenizer.model')] }
	]
});

/** The worker's answer to reading files. */
const OPENED = {
	kind: 'tokenizer',
	file: new Uint8Array(4),
	vocabularySize: 5,
	size: 200,
	fingerprint: 'bpe-lab-drift-v2:0',
	description: { files: ['tokenizer.json'], format: 'tokenizer.json' },
	chatTemplate: null
};

const nothing = () => undefined;

/** A visit that has found owner/name. */
async function lookedUp(found?: HubListing) {
	const hub = visitHub();
	hub.visit.repository = 'owner/name';
	void hub.visit.lookUp();
	await hub.answerLookUp(found);
	return hub;
}

/** A visit whose calls are answered by the test. */
function visitHub() {
	const lookUps = fakeCalls<'lookUpRepository'>();
	const downloads = fakeCalls<'downloadTokenizer'>();
	const stopHub = vi.fn();
	const openTokenizer = vi.fn(() => Promise.resolve(OPENED));
	const savedTokenizers = new SavedTokenizers(memoryStore().open);
	const opening = {
		openTokenizer,
		identify: () => Promise.resolve({ sentence: 'It is like no other.' }),
		stopOpening: nothing,
		stopIdentifying: nothing
	};
	const visit = new HubVisit({
		hub: { lookUpRepository: lookUps.method, downloadTokenizer: downloads.method, stopHub },
		opening: opening as never,
		savedTokenizers
	});
	const onloaded = vi.fn<TakeLoaded>();
	visit.begin(onloaded);
	return {
		visit,
		onloaded,
		openTokenizer,
		stopHub,
		savedTokenizers,
		lookUps: lookUps.calls,
		downloads: downloads.calls,
		async answerLookUp(found: HubListing | HubProblem = LISTING) {
			lookUps.calls
				.at(-1)
				?.resolve('kind' in found ? { problem: found } : { problem: null, value: found });
			await settle();
		},
		async answerDownload(problem: HubProblem | null = null) {
			const value = [{ path: 'tokenizer.json', file: new Blob(['{}']) }];
			downloads.calls.at(-1)?.resolve(problem ? { problem } : { problem: null, value });
			await vi.waitFor(() => expect(visit.isLoading).toBe(false));
		}
	};
}

beforeEach(() => {
	vi.stubGlobal('navigator', { onLine: true });
	return () => vi.unstubAllGlobals();
});

it('asks nothing with a name that is none, and says what is wrong with it', async () => {
	const { visit, lookUps } = visitHub();
	visit.repository = 'owner/name/x';
	await visit.lookUp();
	expect(visit.problem).toMatch(/^Got "owner\/name\/x", expected owner\/name/);
	expect(lookUps).toEqual([]);
	visit.forget();
	expect(visit.problem).toBeNull();
});

it.each([
	['owner/name', 'main'],
	['owner/name@v2', 'v2'],
	['https://huggingface.co/owner/name/tree/v3', 'v3']
])('looks up %s at %s', (repository, revision) => {
	const { visit, lookUps } = visitHub();
	visit.repository = repository;
	void visit.lookUp();
	const params = { repository: 'owner/name', revision, token: null };
	expect(lookUps).toMatchObject([{ params }]);
});

it('loads the chosen tokenizer, and saves it with its origin', async () => {
	const hub = await lookedUp();
	hub.visit.chosen = 1;
	hub.visit.token = ' hf_secret ';
	void hub.visit.load();
	const reference = { repository: 'owner/name', commit: COMMIT };
	const files = [file('old/tokenizer.model')];
	expect(hub.downloads[0].params).toEqual({ reference, files, token: 'hf_secret' });
	await hub.answerDownload();
	expect(hub.onloaded).toHaveBeenCalledOnce();
	const [[saved, isNew]] = hub.onloaded.mock.calls;
	expect(isNew).toBe(true);
	const origin = { kind: 'hub', ...reference, files: ['old/tokenizer.model'] };
	expect(saved).toMatchObject({ name: 'owner/name (old/tokenizer.model)', origin });
	expect(JSON.stringify(hub.savedTokenizers.list)).not.toContain('hf_secret');
});

it('offers the tokenizer that is saved already', async () => {
	const hub = await lookedUp();
	void hub.visit.load();
	await hub.answerDownload();
	const [saved] = hub.savedTokenizers.list;
	expect(hub.visit.existing).toBe(saved);
	hub.visit.chosen = 1;
	expect(hub.visit.existing).toBeNull();
	hub.visit.chosen = 0;
	hub.visit.useExisting();
	expect(hub.onloaded).toHaveBeenLastCalledWith(saved, false);
});

it('shows problems in words, and asks for a token where one may help', async () => {
	const hub = visitHub();
	hub.visit.repository = 'owner/name';
	void hub.visit.lookUp();
	await hub.answerLookUp({ kind: 'no-repository', repository: 'owner/name', withToken: false });
	expect(hub.visit.problem).toContain('no public model owner/name');
	expect(hub.visit.needsToken).toBe(true);
	// A repeated look-up is sent again.
	void hub.visit.lookUp();
	expect(hub.lookUps).toHaveLength(2);
	await hub.answerLookUp();
	expect([hub.visit.problem, hub.visit.needsToken]).toEqual([null, false]);
	void hub.visit.load();
	await hub.answerDownload({ kind: 'gated', repository: 'owner/name', withToken: false });
	expect(hub.visit.problem).toContain('is gated');
	expect(hub.visit.needsToken).toBe(true);
	expect(hub.visit.listing).not.toBeNull();
});

it('ends the worker when it is stopped', async () => {
	const hub = await lookedUp();
	void hub.visit.load();
	hub.visit.stop();
	expect(hub.stopHub).toHaveBeenCalledOnce();
	expect(hub.downloads[0].options.signal?.aborted).toBe(true);
	expect([hub.visit.isLoading, hub.visit.problem]).toEqual([false, 'Stopped.']);
	await hub.answerDownload();
	expect(hub.onloaded).not.toHaveBeenCalled();
	expect(hub.savedTokenizers.list).toEqual([]);
});

it('knows that the worker cannot be fetched without a network', async () => {
	vi.stubGlobal('navigator', { onLine: false });
	const hub = visitHub();
	hub.visit.repository = 'owner/name';
	void hub.visit.lookUp();
	hub.lookUps[0].reject(new Error('could not be started'));
	await settle();
	expect(hub.visit.problem).toBe('This browser is offline. Go online and try again.');
});

it('asks for a pattern if the files do not say how text is split', async () => {
	const hub = await lookedUp();
	hub.openTokenizer.mockResolvedValueOnce({ kind: 'pattern', message: 'no pattern' } as never);
	void hub.visit.load();
	await hub.answerDownload();
	expect(hub.visit.patternQuestion).toBe('owner/name: no pattern');
	expect(hub.visit.problem).toBeNull();
	void hub.visit.load('\\S+');
	await hub.answerDownload();
	const [params] = (hub.openTokenizer.mock.lastCall ?? []) as unknown[];
	expect(params).toMatchObject({ pattern: '\\S+' });
	expect(hub.onloaded).toHaveBeenCalledOnce();
});

it('loads nothing that is too large to be read, and forgets it once something else is typed', async () => {
	const files = [file('tokenizer.json', 90e6)];
	const hub = await lookedUp(listingOf({ tokenizers: [{ name: 'tokenizer.json', files }] }));
	expect(hub.visit.tooLarge).toContain('tokenizer.json is 90.0 MB.');
	hub.visit.repository = 'owner/other';
	hub.visit.forget();
	expect(hub.visit.listing).toBeNull();
});
