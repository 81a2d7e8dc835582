import { createDriftHandlers, type DriftPair } from '../../src/lib/features/drift/worker';
import { concludeDrift } from '../../src/lib/drift/conclude';
import { fromBase64Url, toBase64Url } from '../../src/lib/session/links/link-codec';
import { LoadedTokenizers } from '../../src/lib/session/worker/loaded-tokenizers';
import { createOpeningHandlers } from '../../src/lib/session/worker/opening';
import type { Job } from '../../src/lib/workers/job';
import { run } from '../../src/cli/main';
import { MemoryIo } from './memory-io';

const noCatalogue = () => Promise.reject(new Error('no tokenizer of the catalogue is expected'));

const job: Job = {
	progress: () => undefined,
	build: (make) => make(),
	exclusive: async (work) => work(),
	checkpoint: () => Promise.resolve()
};

/** The packed file of an opened tokenizer after a store and a session file; `null` if the page shows an error. */
async function opened(text: string): Promise<Uint8Array | null> {
	const files = [{ path: 'tokenizer.json', file: new Blob([text]) }];
	try {
		const { result } = await createOpeningHandlers(noCatalogue).openTokenizer({ files }, job);
		if (result.kind !== 'tokenizer') return null;
		return fromBase64Url(toBase64Url(structuredClone(result.file)));
	} catch {
		return null;
	}
}

/** The Diff page's verdict on two tokenizer.json files; `null` if it can open only one or none. */
export async function pageVerdict(a: string, b: string): Promise<string | null> {
	const [fileA, fileB] = [await opened(a), await opened(b)];
	if (!fileA || !fileB) return null;
	const handlers = createDriftHandlers(new LoadedTokenizers(noCatalogue));
	const pair: DriftPair = {
		a: { tokenizer: 'a', own: fileA },
		b: { tokenizer: 'b', own: fileB }
	};
	const params = { ...pair, rows: null };
	const { findings } = (await handlers.drift(params, job)).result;
	let { output, config, share } = { ...findings, share: 0 };
	while (output.depth === 'quick' && share < 1) {
		({ output, config, share } = (await handlers.driftProbes(params, job)).result);
	}
	const { result: selfEncode } = await handlers.selfEncode(pair, job);
	return concludeDrift({ ...findings, output, config, selfEncode, text: null, damage: null })
		.verdict;
}

/** The verdict of `diff --json` on two tokenizer.json files; `null` if it can read only one or none. */
export async function commandLineVerdict(a: string, b: string): Promise<string | null> {
	const io = new MemoryIo({ 'a.json': a, 'b.json': b });
	if ((await run(['diff', 'a.json', 'b.json', '--json'], io)) === 2) return null;
	const report = JSON.parse(io.output) as { verdict: string; config?: unknown };
	return report.config ? report.verdict : null;
}
