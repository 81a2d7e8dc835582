import type { EncodeOptions, Encoding } from '../../lib/engine';
import { encodeInChunks } from '../../lib/tokenizers/chunks/encode-chunks';
import type { Runtime } from '../../lib/tokenizers/runtimes/types';
import { bosIds, withBos } from '../bos';
import { oneLine, UserError } from '../failure';
import { readText } from '../input';
import { BufferedOutput, type Io } from '../io';
import { convertLines, jsonString } from '../json-lines';
import { loadTokenizer, startRuntime, type NamedTokenizer } from '../tokenizer';
import type { EncodeFlags } from './encode';

/** Ids joined at once: a join of millions would hold its string twice. */
const IDS_AT_ONCE = 1 << 14;

/** Runs `bpe-lab encode`. @throws UserError for bad input, or text that a library cannot encode */
export async function encode(files: readonly string[], flags: EncodeFlags, io: Io): Promise<void> {
	const tokenizer = await loadTokenizer(flags.tokenizer, io);
	const encodeText = await createEncoder(tokenizer, flags, io);
	if (flags.jsonl) {
		await convertLines(io, files, (line) =>
			jsonResult(encodeText(jsonString(line), line.name), flags)
		);
		return;
	}
	const { ids } = encodeText(await readText(io, files), 'the text');
	if (flags.count) await io.write(`${ids.length}\n`);
	else await writeIds(ids, io);
}

async function createEncoder(
	tokenizer: NamedTokenizer,
	{ runtime: runtimeName, special, bos: wantsBos }: EncodeFlags,
	io: Io
): Promise<(text: string, name: string) => Encoding> {
	const runtime = await startRuntime(tokenizer, runtimeName);
	const bos = wantsBos ? bosIds(tokenizer) : [];
	if (wantsBos && bos.length === 0) {
		io.warn(`${tokenizer.name} has no BOS: --bos added nothing`);
	}
	return (text, name) => {
		try {
			const encoding = encodeWhole(runtime, tokenizer, text, { special });
			return bos.length === 0 ? encoding : withBos(encoding, bos);
		} catch (error) {
			throw new UserError(`${name}: ${oneLine(error)}`, { cause: error });
		}
	};
}

function encodeWhole(
	runtime: Runtime,
	{ spec, entry }: NamedTokenizer,
	text: string,
	options: EncodeOptions
): Encoding {
	// Cutting is exact for the pre-tokenizers of the catalogue; the lab needs none.
	if (runtime.name === 'lab' || !entry) return runtime.encode(text, options);
	const chunks = encodeInChunks(runtime, spec, text, options);
	for (let step = chunks.next(); ; step = chunks.next()) if (step.done) return step.value;
}

async function writeIds(ids: Uint32Array, io: Io): Promise<void> {
	const output = new BufferedOutput(io);
	for (let from = 0; from < ids.length; from += IDS_AT_ONCE) {
		const separator = from === 0 ? '' : ' ';
		await output.write(separator + ids.subarray(from, from + IDS_AT_ONCE).join(' '));
	}
	await output.write('\n');
	await output.flush();
}

function jsonResult(
	{ ids, byteStarts, byteEnds }: Encoding,
	{ offsets, count }: EncodeFlags
): string {
	if (count) return String(ids.length);
	if (!offsets) return jsonNumbers(ids);
	return `{"ids":${jsonNumbers(ids)},"byteStarts":${jsonNumbers(byteStarts)},"byteEnds":${jsonNumbers(byteEnds)}}`;
}

/** A typed array as a JSON array; JSON.stringify would make an object of it. */
const jsonNumbers = (numbers: Uint32Array): string => `[${numbers.join(',')}]`;
