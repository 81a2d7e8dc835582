import type { Progress } from '../workers/protocol';

const grouped = (value: number): string => value.toLocaleString('en');
const kB = (bytes: number): string => `${grouped(Math.round(bytes / 1000))} kB`;
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

const MEASURING = {
	train: 'Training a small model on A’s ids',
	'serve-a': 'Serving it other text through A',
	'serve-b': 'Serving it the same text through B'
};

/** What is being waited for. */
export function wordsOfProgress(progress: Progress): string {
	switch (progress.phase) {
		case 'download':
			return progress.total > 0
				? `Loading the vocabulary: ${kB(progress.received)} of ${kB(progress.total)}`
				: `Loading the vocabulary: ${kB(progress.received)}`;
		case 'prepare':
			return 'Preparing the vocabulary';
		case 'encode':
			return `Counting: ${Math.round(progress.share * 100)} %`;
		case 'count':
			return `Counting pre-tokens: ${megabytes(progress.bytes)} of ${megabytes(progress.total)}`;
		case 'merge':
			return `Merging: ${grouped(progress.merges)} of at most ${grouped(progress.target)}, this pair stands ${grouped(progress.count)} times`;
		case 'measure':
			return `${MEASURING[progress.step]}: ${Math.round(progress.share * 100)} %`;
	}
}
