import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../../src/cli/main';
import type { Calls, Method } from '../../src/lib/app/calls';
import { concludeDrift } from '../../src/lib/drift';
import { tokenizerJsonText } from '../../src/lib/engine';
import { SavedTokenizers } from '../../src/lib/session/saved-tokenizers.svelte';
import { parseSession, writeSession } from '../../src/lib/session/session-file';
import { MemoryIo } from '../support/memory-io';
import { memoryStore } from '../support/memory-store';
import { resultOf, serve } from '../support/serve';
import { smallRanks } from '../support/small-specs';

const PAIRS = join(import.meta.dirname, '../oracle/drift-pairs');
const fromPairs = (name: string) =>
	['a', 'b'].map((side) => readFileSync(join(PAIRS, `${name}-${side}.json`), 'utf8'));

const A = tokenizerJsonText(smallRanks());
const edited = (change: (json: { model: object }) => object): string =>
	JSON.stringify(change(JSON.parse(A) as { model: object }));

type Files = Readonly<Record<string, string>>;
const folder = (config: object): Files => ({
	'tokenizer.json': A,
	'tokenizer_config.json': JSON.stringify(config)
});

/** Verdicts of the public pairs are known from Hugging Face's library: those with p differ, those with a do not. */
const CASES: readonly (readonly [
	name: string,
	a: string | Files,
	b: string | Files,
	verdict: RegExp
])[] = [
	...[
		'p09-padding-side',
		'p10-added-ids-swapped',
		'p11-unknown-top-level-key',
		'p13-duplicate-flag',
		'p29-padding-id',
		'p31-version-2',
		'p39-truncation-at-512'
	].map((name) => {
		const [a, b] = fromPairs(name);
		return [name, a, b, /^(silent|crash)$/] as const;
	}),
	...['a07-truncation-1e9', 'a24-merges-as-strings', 'a28-defaults-left-out'].map((name) => {
		const [a, b] = fromPairs(name);
		return [name, a, b, /^(formatting-only|harmless)$/] as const;
	}),
	['the same file', A, A, /^identical$/],
	['the same tokenizer in another file', A, `${A}\n`, /^formatting-only$/],
	[
		'dropout',
		A,
		edited((json) => ({ ...json, model: { ...json.model, dropout: 0.9 } })),
		/^silent$/
	],
	['an id of a wrong type', A, A.replace(': 0,', ': 0.0,'), /^crash$/],
	['a byte order mark', A, `\ufeff${A}`, /^crash$/],
	['half of a surrogate pair', A, A.replaceAll('<|end|>', '<|end\\ud800|>'), /^crash$/],
	[
		'a class beside it',
		folder({ eos_token: 'he' }),
		folder({ eos_token: 'he', tokenizer_class: 'LlamaTokenizerFast' }),
		/^silent$/
	],
	['a token added beside it', folder({}), folder({ eos_token: 'he' }), /^silent$/]
];

/** Files that cannot be read at all. */
const UNREADABLE: readonly (readonly [name: string, b: string])[] = [
	['JSON that ends early', A.slice(0, -10)],
	['JSON followed by junk', `${A}x`],
	['an unknown decoder', edited((json) => ({ ...json, decoder: { type: 'New' } }))],
	['a comment', `// a comment\n${A}`]
];

function page() {
	const { service, end } = serve();
	let id = 0;
	return async <M extends Method>(method: M, params: Calls[M]['params']) => {
		service.handle({ id: ++id, method, params });
		return resultOf(method, await end(id));
	};
}

const pathFiles = (files: string | Files) =>
	Object.entries(typeof files === 'string' ? { 'any.json': files } : files).map(([name, text]) => ({
		path: typeof files === 'string' ? name : `folder/${name}`,
		file: new Blob([text])
	}));

/** The bytes that a worker gets of a file that was opened, stored, loaded in another visit, and sent as a session. */
async function savedFile(files: string | Files): Promise<Uint8Array> {
	const opened = await page()('openTokenizer', { files: pathFiles(files) });
	if (opened.kind !== 'tokenizer') throw new Error(opened.message);
	const { vocabularySize, file } = opened;
	const { open } = memoryStore();
	await new SavedTokenizers(open).save({ name: 'mine', summary: '', vocabularySize, file });
	const visit = new SavedTokenizers(open);
	await visit.load();
	const session = { page: '', search: '', input: null, files: null, text: '' } as const;
	const text = writeSession({ ...session, tokenizers: visit.list });
	const [restored] = parseSession(JSON.parse(text))?.tokenizers ?? [];
	return restored.file;
}

async function pageVerdict(a: string | Files, b: string | Files): Promise<string> {
	const call = page();
	const pair = {
		a: { tokenizer: 'own-a', own: await savedFile(a) },
		b: { tokenizer: 'own-b', own: await savedFile(b) }
	};
	const { findings } = await call('drift', { ...pair, rows: null });
	const selfEncode = await call('selfEncode', pair);
	return concludeDrift({ ...findings, selfEncode, text: null, damage: null }).verdict;
}

async function commandLine(a: string | Files, b: string | Files) {
	const named = (side: string, files: string | Files) =>
		typeof files === 'string'
			? [[`${side}.json`, files]]
			: Object.entries(files).map(([name, text]) => [`${side}.json/${name}`, text]);
	const io = new MemoryIo(Object.fromEntries([...named('a', a), ...named('b', b)]));
	const code = await run(['diff', 'a.json', 'b.json', '--json', '--probes', 'quick'], io);
	const { verdict } = JSON.parse(io.output) as { verdict: string };
	return { code, verdict };
}

describe('the Diff page and the command line', () => {
	it.each(CASES)('give the same verdict: %s', async (_, a, b, expected) => {
		const verdict = await pageVerdict(a, b);
		expect(verdict).toMatch(expected);
		expect(await commandLine(a, b)).toEqual({ code: 0, verdict });
	});

	it.each(UNREADABLE)('say that B cannot be read: %s', async (_, b) => {
		await expect(page()('openTokenizer', { files: pathFiles(b) })).rejects.toThrow(/got/);
		expect(await commandLine(A, b)).toEqual({ code: 1, verdict: 'crash' });
	});
});
