import { formatCount, plural } from '../engine/text';
import type { Progress } from '../workers/protocol';

export { formatCount, formatRatio, formatShare, plural, reasonOf } from '../engine/text';

const significant3 = new Intl.NumberFormat('en', {
	minimumSignificantDigits: 3,
	maximumSignificantDigits: 3
});

/** US dollars with three significant digits: $0.000153, $0.0136, $12.3, $1,230 */
export const formatDollars = (value: number): string =>
	value === 0 ? '$0' : `$${significant3.format(value)}`;

/** Progress in whole percent, rounded down so that 100% means done. */
export const formatProgress = (share: number): string => `${Math.floor(share * 100)}%`;

const AND = new Intl.ListFormat('en-GB', { type: 'conjunction' });
const OR = new Intl.ListFormat('en-GB', { type: 'disjunction' });

/** "a", "a and b", "a, b and c" */
export const formatList = (items: readonly string[]): string => AND.format(items);

/** "a", "a or b", "a, b or c" */
export const formatChoice = (items: readonly string[]): string => OR.format(items);

/** "once", "twice", "4,102 times" */
export const formatTimes = (count: number): string =>
	count === 1 ? 'once' : count === 2 ? 'twice' : `${formatCount(count)} times`;

/**
 * Removes control characters, and characters that reorder the surrounding text (Bidi_Control), from a message that may
 * contain arbitrary names. Keeps the isolates added by {@link isolate}, because they reorder nothing.
 */
export const withoutControls = (message: string): string =>
	message.replace(/(?![\u2068\u2069])\p{Bidi_Control}/gu, '').replace(/\p{Cc}/gu, ' ');

/** Matches right-to-left scripts, such as Hebrew and Arabic, and the right-to-left mark. */
const RIGHT_TO_LEFT =
	/[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}\u200f]/u;

export const isRightToLeft = (text: string): boolean => RIGHT_TO_LEFT.test(text);

/** Isolates right-to-left text in a sentence, so that it doesn't reorder adjacent numbers and punctuation. */
export const isolate = (text: string): string =>
	isRightToLeft(text) ? `\u2068${text}\u2069` : text;

/** Formats a size in bytes: 158 bytes, 64 kB, 1.0 MB, 1.6 GB (1 kB = 1000 bytes) */
export function formatBytes(bytes: number): string {
	if (bytes < 1000) return plural(bytes, 'byte');
	const kilobytes = Math.round(bytes / 1000);
	if (kilobytes < 1000) return `${kilobytes} kB`;
	const megabytes = (bytes / 1e6).toFixed(1);
	return Number(megabytes) < 1000 ? `${megabytes} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

const MEASURING = {
	train: 'Training a small model on A’s ids',
	'serve-a': 'Serving it other text through A',
	'serve-b': 'Serving it the same text through B'
};

/** @param total 0 if unknown */
const formatDone = (bytes: number, total: number): string =>
	total > 0 ? `${formatBytes(bytes)} of ${formatBytes(total)}` : formatBytes(bytes);

export function describeProgress(progress: Progress): string {
	switch (progress.phase) {
		case 'download':
			return `Loading the vocabulary: ${formatDone(progress.received, progress.total)}`;
		case 'texts':
			return `Loading the texts: ${formatDone(progress.received, progress.total)}`;
		case 'open':
			return progress.step === 'read' ? 'Reading the file' : 'Building the tokenizer';
		case 'prepare':
			return 'Preparing the vocabulary';
		case 'encode':
			return `Counting: ${formatProgress(progress.share)}`;
		case 'count':
			return `Counting pre-tokens: ${formatDone(progress.bytes, progress.total)}`;
		case 'merge':
			return `Merging: ${formatCount(progress.merges)} of at most ${formatCount(progress.target)}, this pair occurs ${formatTimes(progress.count)}`;
		case 'measure':
			return `${MEASURING[progress.step]}: ${formatProgress(progress.share)}`;
	}
}
