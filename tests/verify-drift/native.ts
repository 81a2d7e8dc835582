/**
 * Labels pairs of files by whether they behave differently in Hugging Face's native library. A panic in the library
 * ends the process.
 */
import { existsSync } from 'node:fs';
import type { Outcome as Side, Witness } from '../../src/lib/drift';
import { execute } from '../support/launcher';
import { loadNative, type NativeTokenizer } from '../support/native-library';
import { baseProbes, differenceProbes } from './probes';
import { newestPython } from './resaves';
import type { Label, TokenizerJson } from './types';

/** What to encode or decode for a witness, without the results. */
export type Question = Omit<Witness, 'reference' | 'a' | 'b'>;

export type Ask = (question: Question) => Side | Promise<Side>;

interface OpenFile {
	readonly text: string;
	readonly json: TokenizerJson;
	readonly tokenizer: NativeTokenizer;
}

/** @throws the native library's error */
function open(text: string): OpenFile {
	const tokenizer = loadNative(text);
	return { text, tokenizer, json: JSON.parse(text) as TokenizerJson };
}

/** @throws the native library's error */
export function openNative(text: string): Ask {
	const file = open(text);
	return (question) => ask(file, question);
}

const ENCODE_AS_TEXT = `
import json, sys
from tokenizers import Tokenizer
file, inputs, add_special_tokens = json.load(sys.stdin)
tokenizer = Tokenizer.from_str(file)
tokenizer.encode_special_tokens = True
print(json.dumps(tokenizer.encode(*inputs, add_special_tokens=add_special_tokens).ids))
`;

/** Encodes an input, treating special tokens as ordinary text. Only the Python package has such a mode. */
async function idsAsText(
	{ text, json, tokenizer }: OpenFile,
	{ inputs, addSpecialTokens }: Question
): Promise<readonly number[]> {
	const python = newestPython();
	if (existsSync(python)) {
		const input = JSON.stringify([text, inputs, addSpecialTokens]);
		return JSON.parse(execute(python, ['-c', ENCODE_AS_TEXT], { input })) as number[];
	}
	// If the package isn't installed, remove the special tokens from the file. The resulting ids are the same as the
	// package's, unless another added token overlaps a special token.
	const added_tokens = json.added_tokens.filter((token) => !token.special);
	const plain = loadNative(JSON.stringify({ ...json, added_tokens }));
	const encoding = await plain.encode(inputs[0], inputs[1] ?? null, { addSpecialTokens });
	return encoding.getTokens().map((token) => tokenizer.tokenToId(token) ?? -1);
}

async function ask(file: OpenFile, question: Question): Promise<Side> {
	const { tokenizer, json } = file;
	const { does, inputs, addSpecialTokens, skipSpecial, special } = question;
	const idsOf = async () => {
		if (does === 'encode-batch')
			return (await tokenizer.encodeBatch([...inputs], { addSpecialTokens }))[0].getIds();
		const isSpecial = ({ special, content }: TokenizerJson['added_tokens'][number]) =>
			special && inputs.join('\n').includes(content);
		if (special === 'text' && json.added_tokens.some(isSpecial)) return idsAsText(file, question);
		return (await tokenizer.encode(inputs[0], inputs[1] ?? null, { addSpecialTokens })).getIds();
	};
	const ids = await idsOf();
	return { ids, text: await tokenizer.decode(ids, skipSpecial) };
}

export const sameIds = (a: readonly number[], b: readonly number[]): boolean =>
	a.length === b.length && a.every((id, i) => id === b[i]);

/** Number of texts that are also encoded with special tokens added; some of these texts are also encoded in pairs. */
const SHAPED = 150;
const BATCHES: readonly (readonly string[])[] = [
	['a', 'Hello world, this is 2024'],
	['Hello world', '', 'x'.repeat(40)],
	['one two three four five six seven eight nine ten', 'a b']
];
/** Texts that test truncation, with more tokens than any realistic limit. */
const LONG = ['word '.repeat(2600), 'Hello, world! 12345\n'.repeat(700), 'a1 '.repeat(9000)];

const PLAIN = { special: 'parse', addSpecialTokens: false, skipSpecial: false } as const;

/** Lists what to encode: single texts, pairs of texts, and batches. Long texts come last. */
function questionsOf(probes: readonly string[], isLong: boolean): Question[] {
	const texts = probes.slice(0, SHAPED);
	const pairs = texts.slice(0, 40).map((text, i) => [text, texts[(i * 7 + 3) % texts.length]]);
	// Rotate each batch so that each of its texts comes first once.
	const batches = BATCHES.flatMap((batch) =>
		batch.map((_, i) => [...batch.slice(i), ...batch.slice(0, i)])
	);
	const of = (does: Witness['does'], all: readonly (readonly string[])[], flags: object = {}) =>
		all.map((inputs): Question => ({ ...PLAIN, ...flags, does, inputs }));
	const singles = texts.map((text) => [text]);
	const special = { addSpecialTokens: true };
	return [
		...[{}, special].flatMap((flags) => [
			...of('encode', singles, flags),
			...of('encode-pair', pairs, flags),
			...of('encode-batch', batches, flags)
		]),
		...(isLong
			? of(
					'encode',
					LONG.map((text) => [text]),
					special
				)
			: [])
	];
}

async function answersOf(file: OpenFile, questions: readonly Question[]): Promise<Side[]> {
	const answers: Side[] = [];
	for (const question of questions) answers.push(await ask(file, question));
	return answers;
}

/** Type ids and overflowing ids, by name. */
async function besideIds(tokenizer: NativeTokenizer): Promise<Record<string, string>> {
	const options = { addSpecialTokens: true };
	const inputs = [['Hello world'], ['Hello world', 'a b'], ['one two three '.repeat(12)]];
	const encodings = await Promise.all(
		inputs.map(([text, pair]) => tokenizer.encode(text, pair ?? null, options))
	);
	const typeIds = encodings.map((one) => one.getTypeIds());
	const overflow = encodings.map((one) => one.getOverflowing().map((rest) => rest.getIds()));
	return { 'type ids': JSON.stringify(typeIds), overflow: JSON.stringify(overflow) };
}

function disableBatches(tokenizer: NativeTokenizer): void {
	tokenizer.disablePadding();
	tokenizer.disableTruncation();
}

/** Single ids and pairs of ids to decode, including pairs that no text encodes to. */
function idSequences(size: number): number[][] {
	const step = Math.max(1, Math.floor(size / 3000));
	const sequences: number[][] = [];
	for (let id = 0; id < size; id += step) {
		sequences.push([id], [id, (id * 7 + 1) % size, (id * 13 + 5) % size]);
	}
	return sequences;
}

interface Chunk {
	readonly ids: readonly number[][];
	readonly all: readonly string[];
	readonly skipped: readonly string[];
}

const CHUNK = 1024;

async function chunkOf(
	tokenizer: NativeTokenizer,
	texts: readonly string[],
	decodes: boolean
): Promise<Chunk> {
	const encoded = await tokenizer.encodeBatch([...texts], { addSpecialTokens: false });
	const ids = encoded.map((encoding) => encoding.getIds());
	const decode = (skip: boolean) => (decodes ? tokenizer.decodeBatch(ids, skip) : []);
	return { ids, all: await decode(false), skipped: await decode(true) };
}

/** Results for file A, cached until the next pair with a different A. */
interface Known extends OpenFile {
	readonly probes: readonly string[];
	readonly answers: readonly Side[];
	readonly beside: Readonly<Record<string, string>>;
	/** Results for the probes, computed only as needed, since most pairs differ on the first few probes. */
	readonly chunks: Chunk[];
	readonly sequences: readonly number[][];
	readonly sequenceTexts: readonly string[];
}
let known: Known | null = null;

async function read(text: string): Promise<Known> {
	if (known?.text === text) return known;
	known = null;
	const file = open(text);
	const { tokenizer, json } = file;
	const probes = baseProbes(json);
	const answers = await answersOf(file, questionsOf(probes, true));
	const beside = await besideIds(tokenizer);
	disableBatches(tokenizer);
	const sequences = idSequences(tokenizer.getVocabSize(true));
	const sequenceTexts = await tokenizer.decodeBatch(sequences, false);
	known = { ...file, probes, answers, beside, chunks: [], sequences, sequenceTexts };
	return known;
}

function chunkDifference(texts: readonly string[], a: Chunk, b: Chunk): Witness | null {
	for (const [i, text] of texts.entries()) {
		const quote = (does: Witness['does'], decoded: 'all' | 'skipped'): Witness => {
			const side = (chunk: Chunk): Side => ({ ids: chunk.ids[i], text: chunk[decoded][i] ?? '' });
			const question = { ...PLAIN, does, inputs: [text], skipSpecial: decoded === 'skipped' };
			return { reference: 'native', ...question, a: side(a), b: side(b) };
		};
		if (!sameIds(a.ids[i], b.ids[i])) return quote('encode', 'all');
		for (const decoded of ['all', 'skipped'] as const)
			if (b[decoded].length > 0 && a[decoded][i] !== b[decoded][i]) return quote('decode', decoded);
	}
	return null;
}

/** Compares two files. @param given strings that may reveal a difference */
export async function labelOf(a: string, b: string, given: readonly string[]): Promise<Label> {
	const known = await read(a);
	try {
		return await compare(known, open(b), given);
	} catch (error) {
		return { truth: 'refused', words: wordsOf(error) };
	}
}

const batchFields = ({ truncation, padding }: TokenizerJson): string =>
	JSON.stringify([truncation, padding]);

/** Everything that decoding depends on. If this string is the same for two files, equal ids decode to equal text. */
const decodingOf = ({ decoder, added_tokens, model }: TokenizerJson): string =>
	JSON.stringify([decoder, added_tokens, model.vocab]);

async function compare(known: Known, other: OpenFile, given: readonly string[]): Promise<Label> {
	const { json, tokenizer } = other;
	const questions = questionsOf(known.probes, batchFields(json) !== batchFields(known.json));
	const answers = await answersOf(other, questions);
	const beside = await besideIds(tokenizer);
	for (const [i, question] of questions.entries()) {
		const [a, b] = [known.answers[i], answers[i]];
		if (!sameIds(a.ids, b.ids))
			return { truth: 'real', witness: { reference: 'native', ...question, a, b } };
	}
	disableBatches(tokenizer);
	const decodes = decodingOf(json) !== decodingOf(known.json);
	const search = async (texts: readonly string[], ofA: Chunk[], decodesA: boolean) => {
		for (let at = 0; at < texts.length; at += CHUNK) {
			const some = texts.slice(at, at + CHUNK);
			const chunk = (ofA[at / CHUNK] ??= await chunkOf(known.tokenizer, some, decodesA));
			const witness = chunkDifference(some, chunk, await chunkOf(tokenizer, some, decodes));
			if (witness) return await confirmed(witness, known, other);
		}
		return null;
	};
	const extra = [...given, ...differenceProbes(known.json, json)];
	const found =
		(await search(extra, [], decodes)) ?? (await search(known.probes, known.chunks, true));
	if (found) return found;
	const differing = Object.keys(beside).find((name) => beside[name] !== known.beside[name]);
	if (differing) return { truth: 'aside', words: differing };
	const size = tokenizer.getVocabSize(true);
	const sequences = known.sequences.map((ids) => ids.filter((id) => id < size));
	const texts = await tokenizer.decodeBatch(sequences, false);
	const first = texts.findIndex((decoded, i) => decoded !== known.sequenceTexts[i]);
	if (first < 0) return { truth: 'innocent' };
	const words = `ids ${JSON.stringify(known.sequences[first])} decode differently`;
	return { truth: 'aside', words };
}

/** Files up to this length in UTF-16 code units are loaded again to confirm a difference. */
const SMALL = 1_000_000;

/**
 * Confirms a difference, or rejects it if a side's results change when the side is loaded again. The library chooses
 * randomly between added tokens that normalize to the same text.
 */
async function confirmed(witness: Witness, a: OpenFile, b: OpenFile): Promise<Label> {
	const isRandom = [a, b].some(({ json }) => Number(json.model.dropout ?? 0) > 0);
	for (const [file, quoted] of [[a, witness.a] as const, [b, witness.b] as const]) {
		if (file.text.length > SMALL || isRandom) continue;
		const again = { ...file, tokenizer: loadNative(file.text) };
		disableBatches(again.tokenizer);
		const isQuoted = async (one: OpenFile) => sameIds((await ask(one, witness)).ids, quoted.ids);
		if (!(await isQuoted(again)) && (await isQuoted(file)))
			return { truth: 'aside', words: 'ids change from one load to the next' };
	}
	return { truth: 'real', witness };
}

export const wordsOf = (error: unknown): string =>
	error instanceof Error ? error.message : String(error);
