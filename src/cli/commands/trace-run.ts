import type { MergeTrace, TracedPretoken } from '../../lib/engine';
import { encodeUtf8 } from '../../lib/engine/text';
import { chunkText } from '../../lib/tokenizers/chunks/chunks';
import { Lab } from '../../lib/tokenizers/runtimes/lab';
import { readText } from '../input';
import { BufferedOutput, type Io } from '../io';
import { loadTokenizer, type NamedTokenizer } from '../tokenizer';
import { finalIds } from '../trace-replay';
import type { TraceFlags } from './trace';

type Part = MergeTrace[number];

/** Runs `bpe-lab trace`. @throws UserError for bad input */
export async function trace(
	files: readonly string[],
	{ tokenizer: name }: TraceFlags,
	io: Io
): Promise<void> {
	const tokenizer = await loadTokenizer(name, io);
	const text = await readText(io, files);
	const output = new BufferedOutput(io);
	let separator = '[\n';
	for (const part of traceParts(tokenizer, text)) {
		await output.write(separator + partJson(part));
		separator = ',\n';
	}
	await output.write(separator === '[\n' ? '[]\n' : '\n]\n');
	await output.flush();
}

/** The trace of a text; of a long one chunk by chunk, for a trace is a hundred times as large. */
export function* traceParts({ spec, entry }: NamedTokenizer, text: string): Generator<Part> {
	const { tokenizer } = new Lab(spec);
	// Cutting is exact for the pre-tokenizers of the catalogue only.
	const whole = [{ start: 0, end: text.length, spaceBefore: false }];
	let byte = 0;
	for (const { start, end, spaceBefore } of entry ? chunkText(text, spec) : whole) {
		const chunk = text.slice(start, end);
		if (spaceBefore) byte++;
		let first = true;
		for (const part of tokenizer.trace(chunk)) {
			// The ▁ put before the chunk is the space that was left out between the two.
			const space = spaceBefore && first ? 1 : 0;
			first = false;
			yield {
				...part,
				byteStart: part.byteStart + byte - space,
				byteEnd: part.byteEnd + byte
			};
		}
		byte += encodeUtf8(chunk).length;
	}
}

function partJson(part: Part): string {
	if (part.kind === 'added') return JSON.stringify(part);
	const { kind, byteStart, byteEnd, bytes, initialIds, initialEnds, whole } = part;
	return JSON.stringify({
		kind,
		byteStart,
		byteEnd,
		bytes: Array.from(bytes),
		initialIds: Array.from(initialIds),
		initialEnds: Array.from(initialEnds),
		whole,
		merges: mergeList(part),
		ids: finalIds(part)
	});
}

const mergeList = ({ ranks, lefts, rights, products, positions }: TracedPretoken) =>
	Array.from(ranks, (rank, i) => ({
		rank,
		left: lefts[i],
		right: rights[i],
		product: products[i],
		position: positions[i]
	}));
