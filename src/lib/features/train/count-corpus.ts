import type { TrainingRules } from '../../engine/train';
import { countCharsOfUtf8, encodeUtf8 } from '../../engine/text';
import type { TrainParams } from '../../session/worker/training';
import { WorkerError, type RequestOptions } from '../../workers/client';
import type { Corpus } from '../../session/corpus';
import { fileParts } from './file-parts';
import type { TrainingWorkers } from '../../session/worker/training';

/** A corpus in the form that training takes. */
export interface CountedCorpus {
	readonly corpus: TrainParams['corpus'];
	readonly bytes: number;
	/** Code points. */
	readonly chars: number;
	/** False if the pattern matches nowhere, as far as that is known before training. */
	readonly matched: boolean;
}

/**
 * Prepares a corpus for training: a text is sent as it is, a file is counted by several workers, which are
 * stopped afterwards.
 * @throws Error that begins with the file's name; WorkerError for a rule that cannot be followed
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
		throw new Error(
			'A table of counts does not say what was seen first: let ties go to the smaller pair of ids.'
		);
	}
	const { signal } = options;
	const stop = () => workers.stopCounting();
	// At once: after the abort the workers may be counting for another training.
	signal.addEventListener('abort', stop, { once: true });
	try {
		return await countParts(corpus, rules, workers, options);
	} catch (error) {
		if (error instanceof WorkerError && error.rule !== null) throw error;
		const why = error instanceof Error ? error.message : String(error);
		throw new Error(`${corpus.file.name}: ${why}`, { cause: error });
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
