import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { smallUnigram, smallWordPiece } from '../../../../tests/support/library-files';
import { randomTokenizerJson } from '../../../../tests/support/random-specs';
import { randomFrom } from '../../../../tests/support/random-texts';
import { packedSpec } from '../../../../tests/support/packed-tokenizers';
import {
	BYTE_PIECES,
	ggufFile,
	sentencePieceFile
} from '../../../../tests/support/tokenizer-files';
import { parseTokenizerJson, toByteLevel } from '../../engine';
import { preTokenizerSteps } from '../../engine/stages';
import { readPacked } from '../../engine/packed';
import { readLibraryFile } from '../../tokenizers/files/library-file';
import type { Job } from '../../workers/job';
import type { Progress } from '../../workers/protocol';
import { writeSession } from '../session-file';
import { createOpeningHandlers, recognizeJson } from './opening';

const PAIRS = new URL('../../../../tests/oracle/drift-pairs/', import.meta.url);
const BYTE_ALPHABET = Array.from({ length: 256 }, (_, byte) => toByteLevel(Uint8Array.of(byte)));
const { openTokenizer } = createOpeningHandlers((id) => Promise.resolve(packedSpec(id)));

/** A job that is never cancelled. */
const jobThat = (progress: (progress: Progress) => void = () => undefined): Job => ({
	progress,
	build: (make) => make(),
	exclusive: async (work) => work(),
	checkpoint: () => Promise.resolve()
});

const files = (contents: Readonly<Record<string, string | Uint8Array<ArrayBuffer>>>) =>
	Object.entries(contents).map(([path, content]) => ({ path, file: new Blob([content]) }));

async function open(contents: Parameters<typeof files>[0], pattern?: string) {
	const { result } = await openTokenizer({ files: files(contents), pattern }, jobThat());
	if (result.kind !== 'tokenizer') throw new Error(result.message);
	return { ...result, spec: readPacked(result.file).spec };
}

describe('a tokenizer.json', () => {
	it('keeps its whole spec in the packed file', async () => {
		for (let seed = 1; seed <= 300; seed++) {
			const json = randomTokenizerJson(randomFrom(seed), BYTE_ALPHABET);
			const { spec } = await open({ 'any.json': JSON.stringify(json) });
			expect(spec).toEqual(parseTokenizerJson(json));
		}
	});

	it('keeps the spec of real pairs that differ in one field', async () => {
		const names = readdirSync(PAIRS).filter((name) => name.endsWith('.json'));
		expect(names.length).toBeGreaterThan(10);
		for (const name of names) {
			const text = readFileSync(new URL(name, PAIRS), 'utf8');
			expect((await open({ [name]: text })).spec).toEqual(parseTokenizerJson(JSON.parse(text)));
		}
	});

	it('is described with the settings of its folder, the size of what was read, and a fingerprint', async () => {
		const json = JSON.stringify(randomTokenizerJson(randomFrom(1), BYTE_ALPHABET));
		const config = '{"chat_template":"{{ messages }}"}';
		const opened = await open({
			'model/tokenizer.json': json,
			'model/tokenizer_config.json': config,
			'model/README.md': 'not read'
		});
		expect(opened.description.files).toEqual(['tokenizer.json', 'tokenizer_config.json']);
		expect(opened.chatTemplate).toBe('{{ messages }}');
		expect(opened.size).toBe(Buffer.byteLength(json) + config.length);
		expect(opened.fingerprint).toMatch(/^bpe-lab-drift-v1:[0-9a-f]{64}$/);
	});

	it('is refused in the words of its reader', async () => {
		const wordLevel = JSON.stringify({ model: { type: 'WordLevel', vocab: { a: 0 } } });
		await expect(open({ 'words.json': wordLevel })).rejects.toThrow(
			'model.type: got "WordLevel", expected "BPE"; WordLevel needs whole words instead of merges'
		);
	});
});

describe('a tokenizer.json whose model the engine lacks', () => {
	const openAny = async (contents: Parameters<typeof files>[0]) =>
		(await openTokenizer({ files: files(contents) }, jobThat())).result;

	it.each([
		['WordPiece', smallWordPiece()],
		['Unigram', smallUnigram()]
	] as const)('is opened for transformers.js: %s', async (model, json) => {
		const text = JSON.stringify(json);
		const opened = await openAny({
			'model/tokenizer.json': text,
			'model/tokenizer_config.json': '{"do_lower_case":true}',
			'model/README.md': 'not read'
		});
		if (opened.kind !== 'tokenizer') throw new Error(opened.message);
		expect(opened.runtime).toBe('transformers.js');
		expect(readLibraryFile(opened.file)).toMatchObject({
			model,
			config: '{"do_lower_case":true}'
		});
		expect(opened.size).toBe(Buffer.byteLength(text) + 22);
		expect(opened.fingerprint).toMatch(/^bpe-lab-files-v1:[0-9a-f]{64}$/);
		expect(opened.description.files).toEqual(['tokenizer.json', 'tokenizer_config.json']);
		const steps = opened.description.stages.find(({ stage }) => stage === 'model')?.steps;
		expect(steps?.[0]).toMatch(new RegExp(`^${model}: `));
	});

	it('is refused if transformers.js cannot run it', async () => {
		const json = { ...smallWordPiece(), pre_tokenizer: { type: 'UnicodeScripts' } };
		await expect(openAny({ 'tokenizer.json': JSON.stringify(json) })).rejects.toThrow(
			'transformers.js 2.17.2 cannot run the tokenizer: Unknown PreTokenizer type: UnicodeScripts'
		);
	});
});

const PIECES = ['<unk>', '<s>', '</s>', ...BYTE_PIECES, '▁', 'a', 'b', 'ab'];
const GGUF = ggufFile({
	'tokenizer.ggml.model': 'gpt2',
	'tokenizer.ggml.pre': 'gpt-2',
	'tokenizer.ggml.tokens': [...BYTE_ALPHABET, 'ab'],
	'tokenizer.ggml.merges': ['a b']
});

it.each([
	['GGUF', { 'model.gguf': GGUF }],
	[
		'SentencePiece model',
		{
			'tokenizer.model': sentencePieceFile({
				pieces: PIECES.map((piece, i) => [piece, -i, i < 3 ? 3 : i < 259 ? 6 : 1]),
				byteFallback: true
			})
		}
	],
	['vocab.json and merges.txt', { 'vocab.json': '{"a":0,"b":1,"ab":2}', 'merges.txt': 'a b\n' }]
])('%s is opened', async (format, contents) => {
	expect((await open(contents)).description.format).toBe(format);
});

it('asks for a pattern if ranks do not say how text is split, and uses it', async () => {
	const ranks = Array.from(
		{ length: 256 },
		(_, byte) => `${btoa(String.fromCharCode(byte))} ${byte}\n`
	).join('');
	const contents = { 'mine.tiktoken': ranks };
	const { result } = await openTokenizer({ files: files(contents) }, jobThat());
	expect(result).toMatchObject({
		kind: 'pattern',
		message: expect.stringContaining('choose a pattern') as string
	});
	const { spec, description } = await open(contents, '\\d+|\\D+');
	const [split] = preTokenizerSteps(spec.pre_tokenizer);
	expect(split).toMatchObject({ type: 'Split', pattern: { Regex: '\\d+|\\D+' } });
	expect(description.assumed).toContain('Text is split by the chosen pattern.');
});

it('reads the header alone of a GGUF file of 40 GB', async () => {
	let read = 0;
	const large = {
		size: 40e9,
		slice(start: number, end: number) {
			read += end - start;
			const bytes = new Uint8Array(end - start);
			bytes.set(GGUF.subarray(start, end));
			return new Blob([bytes]);
		}
	} as Blob;
	const progress: Progress[] = [];
	const job = jobThat((step) => progress.push(step));
	const { result } = await openTokenizer({ files: [{ path: 'a.gguf', file: large }] }, job);
	expect(result).toMatchObject({ kind: 'tokenizer', size: 40e9, vocabularySize: 257 });
	expect(read).toBeLessThan(3e6);
	expect(progress).toContainEqual({ phase: 'open', step: 'read' });
	expect(progress.at(-1)).toEqual({ phase: 'open', step: 'build' });
});

const recognize = (text: string) => recognizeJson(new TextEncoder().encode(text));

it('recognizes a session file', () => {
	const session = {
		page: 'train',
		search: '',
		input: null,
		files: null,
		text: 'a',
		tokenizers: []
	} as const;
	expect(recognize(writeSession(session))).toEqual({ kind: 'session', session });
});

it.each(['{"model":{"type":"BPE","vocab":{}}}', '{"bpe_ranks":"","pat_str":""}'])(
	'recognizes the tokenizer %s',
	(text) => {
		expect(recognize(text)).toEqual({ kind: 'tokenizer' });
	}
);

it.each(['{"a":1}', '{', '', '{"model":"gpt2"}', '{"model":{"type":"BPE"}}'])(
	'%j is neither',
	(text) => {
		expect(recognize(text)).toBeNull();
	}
);
