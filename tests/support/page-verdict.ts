import {
	createDriftHandlers,
	type DriftPair,
	type DriftProbes
} from '../../src/lib/features/drift/worker';
import { makeReport } from '../../src/lib/drift/report';
import { fromBase64Url, toBase64Url } from '../../src/lib/session/documents/link-codec';
import { LoadedTokenizers } from '../../src/lib/session/calls/tokenizing';
import { createOpeningHandlers } from '../../src/lib/session/calls/opening';
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

/** A tokenizer.json, or the files of a folder by name. */
export type TokenizerFiles = string | Readonly<Record<string, string>>;

const entriesOf = (files: TokenizerFiles, folder: string) =>
	typeof files === 'string'
		? [[`${folder}.json`, files] as const]
		: Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text] as const);

/**
 * Opens a tokenizer, and returns its packed file after a round trip through storage and a session file; `null` if the
 * page shows an error.
 */
async function opened(tokenizer: TokenizerFiles): Promise<Uint8Array | null> {
	const files = entriesOf(tokenizer, 'opened').map(([path, text]) => ({
		path,
		file: new Blob([text])
	}));
	try {
		const { result } = await createOpeningHandlers(noCatalogue).openTokenizer({ files }, job);
		if (result.kind !== 'tokenizer') return null;
		return fromBase64Url(toBase64Url(structuredClone(result.file)));
	} catch {
		return null;
	}
}

/** The Diff page's verdict on two tokenizers; `null` unless the page can open both. */
export async function pageVerdict(
	a: TokenizerFiles,
	b: TokenizerFiles,
	probes: 'quick' | 'deep' = 'deep'
): Promise<string | null> {
	const [fileA, fileB] = [await opened(a), await opened(b)];
	if (!fileA || !fileB) return null;
	const handlers = createDriftHandlers(new LoadedTokenizers(noCatalogue));
	const pair: DriftPair = {
		a: { tokenizer: 'a', savedFile: fileA },
		b: { tokenizer: 'b', savedFile: fileB }
	};
	const params = { ...pair, rows: null };
	const { findings } = (await handlers.drift(params, job)).result;
	let { share, ...found } = { ...findings, selfEncode: null, share: 0 } as DriftProbes;
	while (probes === 'deep' && share < 1) {
		({ share, ...found } = (await handlers.driftProbes(params, job)).result);
	}
	return makeReport({ ...findings, ...found, text: null, damage: null }).verdict;
}

/** The verdict of `diff --json` on two tokenizers; `null` unless the command can read both. */
export async function commandLineVerdict(
	a: TokenizerFiles,
	b: TokenizerFiles,
	probes: 'quick' | 'deep' = 'deep'
): Promise<string | null> {
	const io = new MemoryIo(Object.fromEntries([...entriesOf(a, 'a'), ...entriesOf(b, 'b')]));
	const [nameA, nameB] = [a, b].map(
		(files, i) => 'ab'[i] + (typeof files === 'string' ? '.json' : '')
	);
	if ((await run(['diff', nameA, nameB, '--json', '--probes', probes], io)) === 2) return null;
	const report = JSON.parse(io.output) as { verdict: string; config?: unknown };
	return report.config ? report.verdict : null;
}
