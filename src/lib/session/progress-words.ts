import type { Progress } from '../workers/protocol';

const grouped = (value: number): string => value.toLocaleString('en');
const kB = (bytes: number): string => `${grouped(Math.round(bytes / 1000))} kB`;
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

const MEASURING = {
	train: 'Training a small model on A’s ids',
	'serve-a': 'Serving it other text through A',
	'serve-b': 'Serving it the same text through B'
};

const received = (of: { readonly received: number; readonly total: number }): string =>
	of.total > 0 ? `${kB(of.received)} of ${kB(of.total)}` : kB(of.received);

/** What is being waited for. */
export function wordsOfProgress(progress: Progress): string {
	switch (progress.phase) {
		case 'download':
			return `Loading the vocabulary: ${received(progress)}`;
		case 'texts':
			return `Loading the texts: ${received(progress)}`;
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
