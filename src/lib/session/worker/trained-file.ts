import {
	createTokenizer,
	tokenizerJsonText,
	writeTiktoken,
	writeVocabAndMerges
} from '../../engine';
import {
	trainedSpec,
	writeCountsTsv,
	type PretokenCounts,
	type Training
} from '../../engine/train';
import { writePacked } from '../../engine/packed';
import { encodeUtf8 } from '../../engine/text';
import type { TrainedFile, TrainedFileParams } from './training';

/**
 * The tokenizer of a training's first merges as a file.
 * @throws Error where the format cannot give the same ids
 */
export function trainedFile(
	training: Training,
	counts: PretokenCounts,
	{ merges, name, format }: TrainedFileParams
): TrainedFile {
	const spec = trainedSpec(training, merges);
	const { vocabularySize } = createTokenizer(spec);
	const files = (contents: Record<string, string | Uint8Array<ArrayBuffer>>): TrainedFile => ({
		vocabularySize,
		files: Object.entries(contents).map(([file, content]) => ({
			name: file,
			bytes: typeof content === 'string' ? encodeUtf8(content) : content
		}))
	});
	switch (format) {
		case 'packed':
			return files({ [`${name}.bin`]: writePacked(name, spec) });
		case 'tokenizer.json':
			return files({ [`${name}.json`]: tokenizerJsonText(spec) });
		case 'tiktoken':
			return files({ [`${name}.tiktoken`]: writeTiktoken(spec) });
		case 'counts':
			return files({ [`${name}.tsv`]: [...writeCountsTsv(counts)].join('') });
		case 'vocab-merges': {
			const { vocab, merges: lines } = writeVocabAndMerges(spec);
			return files({ [`${name}-vocab.json`]: vocab, [`${name}-merges.txt`]: lines });
		}
	}
}
