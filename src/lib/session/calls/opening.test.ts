import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { randomTokenizerJson } from '../../../../tests/support/random-specs';
import { randomFrom } from '../../../../tests/support/random-texts';
import { packedSpec } from '../../../../tests/support/packed-tokenizers';
import { sized } from '../../../../tests/support/size';
import { addedToken, BYTE_LETTERS, byteLevel, vocabOf } from '../../../../tests/support/spec-parts';
import {
	BYTE_PIECES,
	ggufFile,
	sentencePieceFile
} from '../../../../tests/support/tokenizer-files';
import {
	fromByteLevel,
	listOfPairs,
	parseTokenizerJson,
	specFromTiktoken,
	type TokenizerSpec
} from '../../engine';
import { preTokenizerSteps } from '../../engine/stages';
import { readPacked, writePacked } from '../../engine/packed';
import { hasLibraryReader } from '../../tokenizers/files/recognize';
import type { Job } from '../../workers/job';
import type { Progress } from '../../workers/protocol';
import { writeSession } from '../session-file';
import { createOpeningHandlers, recognizeJson } from './opening';

const PAIRS = new URL('../../../../tests/oracle/drift-pairs/', import.meta.url);
const { openTokenizer, checkReading } = createOpeningHandlers((id) =>
	Promise.resolve(packedSpec(id))
);

/** A job that is never cancelled. */
const jobThat = (progress: (progress: Progress) => void = () => undefined): Job => ({
	progress,
	build: (make) => make(),
	exclusive: async (work) => work(),
	checkpoint: () => Promise.resolve()
});

const files = (contents: Readonly<Record<string, string | Uint8Array<ArrayBuffer>>>) =>
	Object.entries(contents).map(([path, content]) => ({ path, file: new Blob([content]) }));

/** A spec with its merges as pairs, because packed files represent them differently. */
const withPairs = ({ model, ...stages }: TokenizerSpec) => ({
	...stages,
	model: { ...model, merges: model.merges?.pairs }
});

async function open(contents: Parameters<typeof files>[0], pattern?: string) {
	const { result } = await openTokenizer({ files: files(contents), pattern }, jobThat());
	if (result.kind !== 'tokenizer') throw new Error(result.message);
	return { ...result, spec: readPacked(result.file).spec };
}

describe('a tokenizer.json', () => {
	/**
	 * Expects a packed file to keep the whole spec. `opens` also opens the JSON file, which is slow because it computes
	 * a fingerprint.
	 */
	async function expectKept(json: unknown, opens: boolean) {
		const spec = parseTokenizerJson(json);
		expect(withPairs(readPacked(writePacked('any', spec)).spec)).toEqual(withPairs(spec));
		if (!opens) return;
		const opened = await open({ 'any.json': JSON.stringify(json) });
		expect(withPairs(opened.spec)).toEqual(withPairs(spec));
	}

	it('keeps its whole spec in the packed file', async () => {
		for (let seed = 1; seed <= sized(40, 300); seed++)
			await expectKept(randomTokenizerJson(randomFrom(seed), BYTE_LETTERS), seed <= sized(5, 300));
	});

	it('keeps the spec of real pairs that differ in one field', async () => {
		const names = readdirSync(PAIRS).filter((name) => name.endsWith('.json'));
		expect(names.length).toBeGreaterThan(10);
		for (const [i, name] of names.entries()) {
			const json: unknown = JSON.parse(readFileSync(new URL(name, PAIRS), 'utf8'));
			await expectKept(json, i % sized(20, 1) === 0);
		}
	});

	it('is described with the settings of its folder, the size of what was read, and a fingerprint', async () => {
		const json = JSON.stringify(randomTokenizerJson(randomFrom(1), BYTE_LETTERS));
		const config = '{"chat_template":"{{ messages }}"}';
		const opened = await open({
			'model/tokenizer.json': json,
			'model/tokenizer_config.json': config,
			'model/README.md': 'not read'
		});
		expect(opened.description.files).toEqual(['tokenizer.json', 'tokenizer_config.json']);
		expect(opened.chatTemplate).toBe('{{ messages }}');
		expect(opened.size).toBe(Buffer.byteLength(json) + config.length);
		expect(opened.fingerprint).toMatch(/^bpe-lab-drift-v2:[0-9a-f]{64}$/);
	});

	it('is refused in the words of its reader', async () => {
		const unigram = JSON.stringify({ model: { type: 'Unigram', unk_id: 0, vocab: [['a', 0]] } });
		await expect(open({ 'unigram.json': unigram })).rejects.toThrow(
			'model.type: got "Unigram", expected "BPE"; Unigram chooses the most probable split'
		);
	});
});

const PIECES = ['<unk>', '<s>', '</s>', ...BYTE_PIECES, '▁', 'a', 'b', 'ab'];
const GGUF = ggufFile({
	'tokenizer.ggml.model': 'gpt2',
	'tokenizer.ggml.pre': 'gpt-2',
	'tokenizer.ggml.tokens': [...BYTE_LETTERS, 'ab'],
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
	const ranks = BYTE_LETTERS.map((_, byte) => `${btoa(String.fromCharCode(byte))} ${byte}\n`).join(
		''
	);
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

describe('the check of what was read', () => {
	type Contents = Parameters<typeof files>[0];

	/** Runs the reading check on files, as if the lab had read `spec` from them. */
	async function check(contents: Contents, { spec, pattern }: Misreading = {}) {
		const opened = await open(contents, pattern);
		const { format, files: names } = opened.description;
		const read = names.flatMap((name) =>
			files(contents).filter(({ path }) => path.split('/').at(-1) === name)
		);
		const original = hasLibraryReader(format) ? { format, files: read } : null;
		const file = writePacked('x', spec?.(opened.spec) ?? opened.spec);
		return (await checkReading({ file, original }, jobThat())).result;
	}
	interface Misreading {
		readonly spec?: (spec: TokenizerSpec) => TokenizerSpec;
		readonly pattern?: string;
	}

	const tokens = [...BYTE_LETTERS, 'th', 'the', 'Ġthe'];
	const vocab = vocabOf(tokens);
	const json = (changes: object = {}, model: object = {}) =>
		JSON.stringify({
			version: '1.0',
			added_tokens: [],
			normalizer: { type: 'Lowercase' },
			pre_tokenizer: byteLevel(),
			post_processor: null,
			decoder: byteLevel(),
			model: { type: 'BPE', vocab, merges: ['t h', 'th e', 'Ġ the'], ...model },
			...changes
		});
	const withoutLastMerge = (spec: TokenizerSpec): TokenizerSpec => {
		const pairs = spec.model.merges?.pairs.slice(0, 4) ?? [];
		return { ...spec, model: { ...spec.model, merges: listOfPairs(Uint32Array.from(pairs)) } };
	};
	const ADDED = addedToken(259, 'quick', { special: false });
	const ranks = tokens
		.map((token, rank) => `${btoa(String.fromCharCode(...(fromByteLevel(token) ?? [])))} ${rank}\n`)
		.join('');
	const GPT2 = "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

	/** tiktoken's own JSON format, with these ranks. */
	const tiktoken = (bpe_ranks: string) => ({ bpe_ranks, pat_str: GPT2, special_tokens: {} });
	const PAIRS = ['t h', 'th e', 'Ġ the'].map((pair) => pair.split(' '));
	const VOCAB_MERGES = {
		'm/merges.txt': '#version: 0.2\nt h\nth e\nĠ the\n',
		'm/vocab.json': JSON.stringify(vocab)
	};

	it.each<[string, Contents, 'files' | 'tables' | 'conversion', string, Misreading?]>([
		['a tokenizer.json', { 'a.json': json() }, 'files', 'transformers.js 2.17.2'],
		['pairs', { 'a.json': json({}, { merges: PAIRS }) }, 'files', 'transformers.js 2.17.2'],
		['tiktoken', { 'a.json': JSON.stringify(tiktoken(ranks)) }, 'files', 'js-tiktoken 1.0.21'],
		['ranks', { 'a.tiktoken': ranks }, 'tables', 'js-tiktoken 1.0.21', { pattern: GPT2 }],
		['vocab.json and merges.txt', VOCAB_MERGES, 'tables', 'transformers.js 2.17.2'],
		['GGUF', { 'model.gguf': GGUF }, 'conversion', 'transformers.js 2.17.2']
	])('runs %s in a library', async (_, contents, read, program, misreading) => {
		const found = await check(contents, misreading);
		expect(found).toMatchObject({ read, program, differing: [], unanswered: 0 });
		expect(found.equal).toBe(found.tried);
		expect(found.tried).toBeGreaterThan(100);
	});

	it.each<[string, Contents, Misreading]>([
		['a normalizer', { 'a.json': json() }, { spec: (spec) => ({ ...spec, normalizer: null }) }],
		['a merge', { 'a.json': json() }, { spec: withoutLastMerge }],
		[
			'an added token',
			{ 'a.json': json({ added_tokens: [ADDED] }) },
			{ spec: (spec) => ({ ...spec, added_tokens: [] }) }
		],
		[
			'an id of .tiktoken',
			{ 'a.tiktoken': ranks },
			{ pattern: GPT2, spec: () => specFromTiktoken(tiktoken(ranks.replace(/ 258\n$/, ' 300\n'))) }
		],
		['a merge of merges.txt', VOCAB_MERGES, { spec: withoutLastMerge }]
	])('shows that %s was misread', async (_, contents, misreading) => {
		const { differing, equal, tried } = await check(contents, misreading);
		expect(differing.length).toBeGreaterThan(0);
		expect(equal).toBeLessThan(tried);
	});

	it('says where the ids differ, and what is between the equal ones', async () => {
		const spec = (read: TokenizerSpec) => ({ ...read, normalizer: null });
		const { differing } = await check({ 'a.json': json() }, { spec });
		// "T" is "t" in the file's own normalizer, and "the" is one token.
		expect(differing[0]).toEqual({
			text: expect.stringMatching(/^The quick/) as string,
			difference: {
				byte: 0,
				character: 'T',
				lab: [vocab.T, vocab.h, vocab.e],
				library: [vocab.the]
			}
		});
	});

	it('knows the tokens that settings add, and needs no normalizer in the file', async () => {
		const contents = {
			'm/tokenizer.json': json({ normalizer: undefined }),
			'm/tokenizer_config.json': JSON.stringify({
				added_tokens_decoder: { 259: { content: '<|im_start|>', special: true } }
			})
		};
		expect(await check(contents)).toMatchObject({ read: 'files', differing: [], unanswered: 0 });
	});

	it('runs what was saved if a file can no longer be read', async () => {
		const { file } = await open({ 'a.json': json() });
		const gone = {
			size: 10,
			slice: () => ({ arrayBuffer: () => Promise.reject(new Error('gone')) })
		} as unknown as Blob;
		const original = { format: 'tokenizer.json', files: [{ path: 'a.json', file: gone }] } as const;
		const { result } = await checkReading({ file, original }, jobThat());
		expect(result).toMatchObject({ read: 'conversion', differing: [] });
	});

	it('leaves out texts with a token of whole words, which the library finds inside of words', async () => {
		const whole = { ...ADDED, content: 'he', single_word: true };
		const { differing, unanswered } = await check({ 'a.json': json({ added_tokens: [whole] }) });
		expect(differing).toEqual([]);
		expect(unanswered).toBeGreaterThan(0);
	});

	it.each<[string, Contents, Misreading]>([
		// JavaScript has no possessive groups.
		['js-tiktoken', { 'a.tiktoken': ranks }, { pattern: '(?:a)++|.' }],
		['transformers.js', { 'a.json': json({ pre_tokenizer: { type: 'UnicodeScripts' } }) }, {}]
	])('names %s if it cannot run the files', async (library, contents, misreading) => {
		const problem = new RegExp(`^${library} [\\d.]+ can't run the tokenizer: (?!Invalid regular)`);
		await expect(check(contents, misreading)).rejects.toThrow(problem);
	});
});

const recognize = (text: string) => recognizeJson(new TextEncoder().encode(text));

it('recognizes a session file', async () => {
	const nothing = { search: '', input: null, files: null, tokenizers: [] };
	const session = { ...nothing, page: 'train', text: 'a' } as const;
	expect(await recognize(writeSession(session))).toEqual({ kind: 'session', session });
});

it.each([
	['{"model":{"type":"BPE","vocab":{}}}', { kind: 'tokenizer' }],
	['{"bpe_ranks":"","pat_str":""}', { kind: 'tokenizer' }],
	['{"config":{"pattern":"."},"vocab":[]}', { kind: 'tokenizer' }],
	['{"a":1}', null],
	['{"vocab":["a"]}', null],
	['{', null],
	['', null],
	['{"model":"gpt2"}', null],
	['{"model":{"type":"BPE"}}', null]
])('recognizes in %j %j', async (text, found) => {
	expect(await recognize(text)).toEqual(found);
});
