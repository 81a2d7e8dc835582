/**
 * Compares pairs of files with Hugging Face's native library. Runs in its own process, because a panic of the library
 * ends the process.
 */
import { existsSync, readFileSync } from 'node:fs';
import { execute } from '../support/launcher';
import { nativeLibrary, type NativeTokenizer as Tokenizer } from '../support/native-library';
import { newestPython } from './resaves';
import { baseProbes, differenceProbes } from './probes';
import type { Label, NativeWitness, Side, TokenizerJson } from './types';

if (!nativeLibrary) throw new Error('expected the native library');
const { Tokenizer: Native } = nativeLibrary;

/** Two files, and what is asked about them. */
export type NativeRequest = { readonly a: string; readonly b: string } & (
	| { readonly kind: 'label'; readonly probes: readonly string[] }
	| { readonly kind: 'reproduce'; readonly witnesses: readonly NativeWitness[] }
);
type Request<K extends NativeRequest['kind']> = Extract<NativeRequest, { kind: K }>;

/** Texts of one kind, and A's output for each. */
interface Answers {
	readonly inputs: readonly (readonly string[])[];
	readonly does: NativeWitness['does'];
	readonly addSpecialTokens: boolean;
	readonly sides: readonly Side[];
}

const BATCHES: readonly (readonly string[])[] = [
	['a', 'Hello world, this is 2024'],
	['Hello world', '', 'x'.repeat(40)],
	['one two three four five six seven eight nine ten', 'a b']
];

const pairsOf = (texts: readonly string[]): string[][] =>
	texts.slice(0, 40).map((text, i) => [text, texts[(i * 7 + 3) % texts.length]]);

/** A text for truncation: more tokens than any realistic length in a file. */
const LONG = ['word '.repeat(2600), 'Hello, world! 12345\n'.repeat(700), 'a1 '.repeat(9000)];

async function shaped(
	tokenizer: Tokenizer,
	texts: readonly string[],
	long: boolean
): Promise<Answers[]> {
	const answers: Answers[] = [];
	for (const addSpecialTokens of [false, true]) {
		const options = { addSpecialTokens };
		const add = async (
			does: NativeWitness['does'],
			inputs: readonly (readonly string[])[],
			ask: (input: readonly string[]) => Promise<Side>
		) => {
			const sides: Side[] = [];
			for (const input of inputs) sides.push(await ask(input));
			answers.push({ does, addSpecialTokens, inputs, sides });
		};
		const encode = async ([text, pair = null]: readonly (string | null)[]) => {
			const ids = (await tokenizer.encode(text ?? '', pair, options)).getIds();
			return { ids, text: await tokenizer.decode(ids, false) };
		};
		const singles = [...texts, ...(addSpecialTokens && long ? LONG : [])].map((text) => [text]);
		await add('encode', singles, encode);
		await add('encode-pair', pairsOf(texts), encode);
		await add('encode-batch', BATCHES, async (batch) => {
			const ids = (await tokenizer.encodeBatch([...batch], options)).map((row) => row.getIds());
			const text = (await tokenizer.decodeBatch(ids, false)).join('\n');
			return { ids: ids.flat(), text };
		});
	}
	return answers;
}

interface Chunk {
	readonly texts: readonly string[];
	readonly ids: readonly number[][];
	readonly all: readonly string[];
	readonly skipped: readonly string[];
}

const CHUNK = 1024;
/** Files up to this many UTF-16 code units are loaded again to confirm a difference. */
const SMALL = 1_000_000;

interface OpenFile {
	readonly text: string;
	readonly json: TokenizerJson;
	readonly tokenizer: Tokenizer;
}

/** Answers to texts. They are computed when they are asked for, because most pairs differ in the first ones. */
interface LazyChunks {
	readonly chunks: Chunk[];
	readonly more: AsyncGenerator<Chunk>;
}

async function* chunks(
	tokenizer: Tokenizer,
	texts: readonly string[],
	decodes = true
): AsyncGenerator<Chunk> {
	for (let at = 0; at < texts.length; at += CHUNK) {
		const some = texts.slice(at, at + CHUNK);
		const encoded = await tokenizer.encodeBatch(some, { addSpecialTokens: false });
		const ids = encoded.map((encoding) => encoding.getIds());
		const decode = (skip: boolean) => (decodes ? tokenizer.decodeBatch(ids, skip) : []);
		yield { texts: some, ids, all: await decode(false), skipped: await decode(true) };
	}
}

const batchFields = ({ truncation, padding }: TokenizerJson): string =>
	JSON.stringify([truncation, padding]);

/** Everything that decoding depends on. If it is the same, equal ids decode to equal texts. */
const decodingOf = ({ decoder, added_tokens, model }: TokenizerJson): string =>
	JSON.stringify([decoder, added_tokens, model.vocab]);

/** Answers of one side, cached while the file is the A of the following pairs. */
interface Known extends OpenFile, LazyChunks {
	readonly probes: readonly string[];
	readonly shaped: readonly Answers[];
	readonly beside: Readonly<Record<string, string>>;
	readonly sequences: readonly number[][];
	readonly sequenceTexts: readonly string[];
}
let known: Known | null = null;

/** Other fields of an encoding besides its ids, by name. */
async function besideIds(tokenizer: Tokenizer): Promise<Record<string, string>> {
	const options = { addSpecialTokens: true };
	const encodings = [
		await tokenizer.encode('Hello world', null, options),
		await tokenizer.encode('Hello world', 'a b', options),
		await tokenizer.encode('one two three '.repeat(12), null, options)
	];
	const typeIds = encodings.map((one) => one.getTypeIds());
	const overflow = encodings.map((one) => one.getOverflowing().map((rest) => rest.getIds()));
	return { 'type ids': JSON.stringify(typeIds), overflow: JSON.stringify(overflow) };
}

/** Ids, alone and in pairs, that need not come from a text. */
function idSequences(size: number): number[][] {
	const step = Math.max(1, Math.floor(size / 3000));
	const sequences: number[][] = [];
	for (let id = 0; id < size; id += step) {
		sequences.push([id], [id, (id * 7 + 1) % size, (id * 13 + 5) % size]);
	}
	return sequences;
}

async function read(path: string): Promise<Known> {
	const text = readFileSync(path, 'utf8');
	if (known?.text === text) return known;
	known = null;
	const json = JSON.parse(text) as TokenizerJson;
	const tokenizer = Native.fromString(text);
	const probes = baseProbes(json);
	const answers = await shaped(tokenizer, probes.slice(0, SHAPED), true);
	const beside = await besideIds(tokenizer);
	tokenizer.disablePadding();
	tokenizer.disableTruncation();
	const sequences = idSequences(tokenizer.getVocabSize(true));
	known = {
		...{ text, json, tokenizer, probes, shaped: answers, beside, sequences },
		...{ chunks: [], more: chunks(tokenizer, probes) },
		sequenceTexts: await tokenizer.decodeBatch(sequences, false)
	};
	return known;
}

async function chunkAt({ chunks, more }: LazyChunks, at: number): Promise<Chunk> {
	while (chunks.length <= at) {
		const next = await more.next();
		if (next.done) throw new Error(`there is no chunk ${at} of probes`);
		chunks.push(next.value);
	}
	return chunks[at];
}

const sameIds = (a: readonly number[], b: readonly number[]): boolean =>
	a.length === b.length && a.every((id, i) => id === b[i]);

const common = { reference: 'native', special: 'parse' } as const;

function firstDifference(a: readonly Answers[], b: readonly Answers[]): NativeWitness | null {
	for (const [k, { does, addSpecialTokens, inputs, sides }] of a.entries()) {
		for (const [i, side] of sides.entries()) {
			const other = b[k].sides[i];
			// Long texts, which B has not encoded.
			if (!other) break;
			if (sameIds(side.ids, other.ids)) continue;
			const found = { does, inputs: inputs[i], addSpecialTokens, a: side, b: other };
			return { ...common, ...found, skipSpecial: false };
		}
	}
	return null;
}

function chunkDifference(a: Chunk, b: Chunk): NativeWitness | null {
	for (const [i, text] of a.texts.entries()) {
		const quote = (does: NativeWitness['does'], decoded: 'all' | 'skipped'): NativeWitness => {
			const side = (chunk: Chunk): Side => ({ ids: chunk.ids[i], text: chunk[decoded][i] });
			const base = { ...common, inputs: [text], addSpecialTokens: false };
			return { ...base, does, skipSpecial: decoded === 'skipped', a: side(a), b: side(b) };
		};
		if (!sameIds(a.ids[i], b.ids[i])) return quote('encode', 'all');
		if (b.all.length === 0) continue;
		for (const decoded of ['all', 'skipped'] as const)
			if (a[decoded][i] !== b[decoded][i]) return quote('decode', decoded);
	}
	return null;
}

async function label({ a, b, probes }: Request<'label'>): Promise<Label> {
	const known = await read(a);
	const text = readFileSync(b, 'utf8');
	try {
		const tokenizer = Native.fromString(text);
		const json = JSON.parse(text) as TokenizerJson;
		return await compare(known, { text, json, tokenizer }, probes);
	} catch (error) {
		return { truth: 'refused', words: wordsOf(error), probes: 0 };
	}
}

/** Texts that are encoded with special tokens, in pairs and in batches as well. */
const SHAPED = 150;

async function compare(known: Known, other: OpenFile, given: readonly string[]): Promise<Label> {
	const { json, tokenizer } = other;
	const extra = [...given, ...differenceProbes(known.json, json)];
	const long = batchFields(json) !== batchFields(known.json);
	const shapedB = await shaped(tokenizer, known.probes.slice(0, SHAPED), long);
	const beside = await besideIds(tokenizer);
	const shape = firstDifference(known.shaped, shapedB);
	if (shape) return { truth: 'real', witness: shape, probes: SHAPED };
	tokenizer.disablePadding();
	tokenizer.disableTruncation();
	let probes = SHAPED;
	const decodes = decodingOf(json) !== decodingOf(known.json);
	const search = async (texts: readonly string[], ofA: LazyChunks): Promise<Label | null> => {
		let at = 0;
		for await (const chunk of chunks(tokenizer, texts, decodes)) {
			const witness = chunkDifference(await chunkAt(ofA, at++), chunk);
			probes += chunk.texts.length;
			if (witness) return await confirmed(witness, known, other, probes);
		}
		return null;
	};
	const found =
		(await search(extra, { chunks: [], more: chunks(known.tokenizer, extra, decodes) })) ??
		(await search(known.probes, known));
	if (found) return found;
	const differing = Object.keys(beside).find((name) => beside[name] !== known.beside[name]);
	if (differing) return { truth: 'aside', words: differing, probes };
	const size = tokenizer.getVocabSize(true);
	const sequences = known.sequences.map((ids) => ids.filter((id) => id < size));
	const texts = await tokenizer.decodeBatch(sequences, false);
	const first = texts.findIndex((decoded, i) => decoded !== known.sequenceTexts[i]);
	if (first < 0) return { truth: 'innocent', probes };
	const words = `ids ${JSON.stringify(known.sequences[first])} decode differently`;
	return { truth: 'aside', words, probes };
}

/**
 * A difference with the texts of both sides, or none if a side answers differently when it is loaded again: the library
 * chooses at random between added tokens that a normalizer makes equal.
 */
async function confirmed(
	witness: NativeWitness,
	a: OpenFile,
	b: OpenFile,
	probes: number
): Promise<Label> {
	const isRandom = [a, b].some(({ json }) => Number(json.model.dropout ?? 0) > 0);
	const idsOf = async (tokenizer: Tokenizer) =>
		(await tokenizer.encode(witness.inputs[0], null, { addSpecialTokens: false })).getIds();
	for (const [{ text, tokenizer }, quoted] of [
		[a, witness.a],
		[b, witness.b]
	] as const) {
		if (text.length > SMALL || isRandom) continue;
		const again = Native.fromString(text);
		again.disablePadding();
		again.disableTruncation();
		if (sameIds(await idsOf(again), quoted.ids)) continue;
		if (sameIds(await idsOf(tokenizer), quoted.ids))
			return { truth: 'aside', words: 'ids change from one load to the next', probes };
	}
	if (witness.does === 'decode') return { truth: 'real', witness, probes };
	const decoded = async ({ tokenizer }: OpenFile, { ids }: Side) => ({
		ids,
		text: await tokenizer.decode(ids, false)
	});
	const sides = { a: await decoded(a, witness.a), b: await decoded(b, witness.b) };
	return { truth: 'real', witness: { ...witness, ...sides }, probes };
}

const wordsOf = (error: unknown): string =>
	error instanceof Error ? error.message : String(error);

/** For each witness the reason why it does not reproduce; `null` if it does. */
async function reproduce(request: Request<'reproduce'>): Promise<(string | null)[]> {
	const { a, b, witnesses } = request;
	const texts = [readFileSync(a, 'utf8'), readFileSync(b, 'utf8')];
	const open = texts.map((text) => Native.fromString(text));
	const result: (string | null)[] = [];
	for (const witness of witnesses) {
		const sides: Side[] = [];
		for (const [i, tokenizer] of open.entries())
			sides.push(await asked(tokenizer, texts[i], witness, i === 0 ? witness.a : witness.b));
		result.push(disagreement(witness, sides[0], sides[1]));
	}
	return result;
}

/** Native's output, or its message if it stops with an error. */
async function asked(...input: Parameters<typeof ask>): Promise<Side> {
	try {
		return await ask(...input);
	} catch (error) {
		return { ids: [], text: '', error: wordsOf(error) };
	}
}

const ENCODE_AS_TEXT = `
import json, sys
from tokenizers import Tokenizer
file, inputs, add_special_tokens = json.load(sys.stdin)
tokenizer = Tokenizer.from_str(file)
tokenizer.encode_special_tokens = True
print(json.dumps(tokenizer.encode(*inputs, add_special_tokens=add_special_tokens).ids))
`;

/** Ids with special tokens read as text, an option that only the Python package has; `null` if it is not installed. */
function idsAsText(file: string, inputs: readonly string[], addSpecial: boolean): number[] | null {
	const python = newestPython();
	if (!existsSync(python)) return null;
	const input = JSON.stringify([file, inputs, addSpecial]);
	return JSON.parse(execute(python, ['-c', ENCODE_AS_TEXT], { input })) as number[];
}

async function ask(
	tokenizer: Tokenizer,
	file: string,
	witness: NativeWitness,
	quoted: Side
): Promise<Side> {
	const { does, inputs, addSpecialTokens, skipSpecial, special } = witness;
	const options = { addSpecialTokens };
	if (does === 'encode-batch') {
		const rows = (await tokenizer.encodeBatch([...inputs], options)).map((row) => row.getIds());
		const text = (await tokenizer.decodeBatch(rows, skipSpecial)).join('\n');
		// A witness may quote the whole batch or the row that differs.
		const row = rows.find((ids) => sameIds(ids, quoted.ids));
		return { ids: row ?? rows.flat(), text };
	}
	const json = special === 'text' ? (JSON.parse(file) as TokenizerJson) : null;
	const present = json?.added_tokens.some(
		({ special, content }) => special && inputs.join('\n').includes(content)
	);
	if (json && present) {
		const ids = idsAsText(file, inputs, addSpecialTokens);
		if (ids) return { ids, text: await tokenizer.decode(ids, skipSpecial) };
		// Without Python, special tokens are removed from the file. The ids are the same unless another added token overlaps one.
		const added_tokens = json.added_tokens.filter((token) => !token.special);
		const plain = Native.fromString(JSON.stringify({ ...json, added_tokens }));
		const tokens = (await plain.encode(inputs[0], inputs[1] ?? null, options)).getTokens();
		const found = tokens.map((token) => tokenizer.tokenToId(token) ?? -1);
		return { ids: found, text: await tokenizer.decode(found, skipSpecial) };
	}
	const ids = (await tokenizer.encode(inputs[0], inputs[1] ?? null, options)).getIds();
	return { ids, text: await tokenizer.decode(ids, skipSpecial) };
}

function disagreement(witness: NativeWitness, a: Side, b: Side): string | null {
	if (a.error !== undefined || b.error !== undefined) {
		const isQuoted = (quoted: Side, { error }: Side) =>
			(quoted.error === undefined) === (error === undefined);
		if (isQuoted(witness.a, a) && isQuoted(witness.b, b) && a.error !== b.error) return null;
		return `native says ${a.error ?? 'ids'} and ${b.error ?? 'ids'}`;
	}
	const decodes = witness.does === 'decode';
	if (decodes ? a.text === b.text : sameIds(a.ids, b.ids)) return 'both sides agree';
	for (const [name, quoted, real] of [['A', witness.a, a] as const, ['B', witness.b, b] as const]) {
		if (decodes ? quoted.text !== real.text : !sameIds(quoted.ids, real.ids)) {
			return `${name} gives ${JSON.stringify(decodes ? real.text : real.ids).slice(0, 120)}`;
		}
	}
	return null;
}

process.on('message', (request: NativeRequest) => {
	const answer = request.kind === 'label' ? label(request) : reproduce(request);
	void answer.then(
		(value) => process.send?.({ value }),
		(error: unknown) => process.send?.({ error: wordsOf(error) })
	);
});
process.send?.({ value: 'ready' });
