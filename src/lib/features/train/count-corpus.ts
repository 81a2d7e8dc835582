import { differingRule, type CountingRules, type TrainingRules } from '../../engine/train';
import { countCharsOfUtf8, encodeUtf8 } from '../../engine/text';
import { reasonOf } from '../../session/format';
import type { TrainingWorkers, TrainParams } from '../../session/calls/training';
import { WorkerError, type RequestOptions } from '../../workers/client';
import type { Corpus, CorpusFile } from './corpus';
import { COUNTS_WITHOUT_ORDER, describeCountedOtherwise } from './messages';

/** A corpus in the form that training requires. */
export interface CountedCorpus {
	readonly corpus: TrainParams['corpus'];
	readonly bytes: number;
	/** Code points. */
	readonly chars: number;
	/** `false` if the pattern matches nothing. Always `true` for text, whose pre-tokens are counted during training. */
	readonly matched: boolean;
}

/**
 * Prepares a corpus for training. Text is only converted to UTF-8. For a file, several workers count the pre-tokens
 * and are then terminated.
 * @throws Error that begins with the file's name; WorkerError for an invalid rule
 */
export async function countCorpus(
	corpus: Corpus,
	rules: TrainingRules,
	workers: Pick<TrainingWorkers, 'count' | 'counters' | 'stopCounting'>,
	options: Required<RequestOptions>
): Promise<CountedCorpus> {
	if (corpus.kind === 'text') {
		const text = encodeUtf8(corpus.text);
		return {
			corpus: { text },
			bytes: text.length,
			chars: countCharsOfUtf8(text),
			matched: true
		};
	}
	if (corpus.format === 'counts' && rules.ties === 'first-seen') {
		throw new Error(COUNTS_WITHOUT_ORDER);
	}
	const differing = corpus.counted ? differingRule(corpus.counted, rules) : null;
	if (corpus.counted && differing !== null) {
		throw new Error(describeCountedOtherwise(corpus.file.name, corpus.counted, differing));
	}
	const { signal } = options;
	const stop = () => workers.stopCounting();
	// Stop immediately, because after the abort the workers may start counting for a different training run.
	signal.addEventListener('abort', stop, { once: true });
	try {
		return await countParts(corpus, rules, workers, options);
	} catch (error) {
		if (error instanceof WorkerError && error.rule !== null) throw error;
		throw new Error(`${corpus.file.name}: ${reasonOf(error)}`, { cause: error });
	} finally {
		signal.removeEventListener('abort', stop);
		if (!signal.aborted) stop();
	}
}

async function countParts(
	{ file, format }: Extract<Corpus, { kind: 'file' }>,
	{ pattern, feed }: TrainingRules,
	workers: Pick<TrainingWorkers, 'count' | 'counters'>,
	{ signal, onprogress }: Required<RequestOptions>
): Promise<CountedCorpus> {
	const rules = { pattern, feed };
	const parts =
		format === 'counts'
			? [{ byteStart: 0, bytes: file.slice(0, file.size) }]
			: await fileParts(file, rules, workers.counters);
	signal.throwIfAborted();
	const done = new Array<number>(parts.length).fill(0);
	const results = await Promise.all(
		parts.map(({ byteStart, bytes }, i) =>
			workers.count(
				{ corpus: bytes, format, rules, byteStart },
				{
					signal,
					onprogress: (progress) => {
						if (progress.phase !== 'count') return;
						done[i] = progress.bytes;
						const counted = done.reduce((sum, part) => sum + part, 0);
						onprogress({ phase: 'count', bytes: counted, total: file.size });
					}
				}
			)
		)
	);
	return {
		corpus: { parts: results.map(({ counts }) => counts) },
		bytes: results.reduce((sum, { bytes }) => sum + bytes, 0),
		chars: results.reduce((sum, { chars }) => sum + chars, 0),
		matched: results.some(({ matched }) => matched)
	};
}

interface FilePart {
	readonly byteStart: number;
	readonly bytes: Blob;
}

/** Minimum size of a part that is worth a separate worker, in bytes. */
const MIN_PART_BYTES = 4e6;
/** Number of bytes to search for a boundary, starting where an even split would be. */
const SEARCH_BYTES = 1 << 16;

const NEWLINE = 0x0a;
const isLetter = (byte: number | undefined) =>
	byte !== undefined && (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;

/**
 * Splits a file into at most `count` parts of about the same size, at boundaries that no pre-token crosses. If each
 * line of the file is a separate text, the file can be split after any newline. Otherwise, it can be split only after a
 * newline between two ASCII letters, where every named pattern splits. With any other pattern, it isn't split.
 * @param sizes minimum part size and size of the searched window, in bytes
 */
export async function fileParts(
	file: CorpusFile,
	{ pattern, feed }: CountingRules,
	count: number,
	{ minBytes, searchBytes } = { minBytes: MIN_PART_BYTES, searchBytes: SEARCH_BYTES }
): Promise<FilePart[]> {
	const isNamed = typeof pattern === 'string' && pattern !== 'none';
	const parts = feed === 'lines' || isNamed ? Math.min(count, Math.floor(file.size / minBytes)) : 1;
	const starts = [0];
	for (let part = 1; part < parts; part++) {
		const even = Math.round((file.size * part) / parts);
		const window = new Uint8Array(await file.slice(even, even + searchBytes).arrayBuffer());
		const at = boundaryIn(window, feed);
		if (at !== null && even + at > (starts.at(-1) ?? 0)) starts.push(even + at);
	}
	return starts.map((byteStart, i) => ({
		byteStart,
		bytes: file.slice(byteStart, starts[i + 1] ?? file.size)
	}));
}

/** Offset of the first boundary in a window; `null` if there is none. */
function boundaryIn(window: Uint8Array, feed: CountingRules['feed']): number | null {
	for (let at = window.indexOf(NEWLINE); at >= 0; at = window.indexOf(NEWLINE, at + 1)) {
		if (feed === 'lines' || (isLetter(window[at - 1]) && isLetter(window[at + 1]))) return at + 1;
	}
	return null;
}
