import { formatCount, plural } from '../engine/text';
import type { Progress } from '../workers/protocol';

export { formatCount, plural, reasonOf } from '../engine/text';

const fixed2 = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const significant2 = new Intl.NumberFormat('en', {
	maximumSignificantDigits: 2,
	maximumFractionDigits: 12
});

const significant3 = new Intl.NumberFormat('en', {
	minimumSignificantDigits: 3,
	maximumSignificantDigits: 3
});

const upTo2 = new Intl.NumberFormat('en', { maximumSignificantDigits: 2 });
const upTo3 = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** Two decimals, or two significant digits below 0.1: 3.29, 0.0042 */
export const formatRatio = (value: number): string =>
	(Math.abs(value) < 0.1 && value !== 0 ? significant2 : fixed2).format(value);

/** US dollars with three significant digits: $0.000153, $0.0136, $12.3, $1,230 */
export const formatDollars = (value: number): string =>
	value === 0 ? '$0' : `$${significant3.format(value)}`;

/** Percentage with two significant digits, or three from 100 % on: 0.048 %, 12 %, 123 % */
export const formatShare = (share: number): string =>
	`${(share >= 1 ? upTo3 : upTo2).format(share * 100)} %`;

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
 * Removes control characters from a message that may contain arbitrary names, and the characters that reorder the
 * surrounding text (Bidi_Control). Keeps the isolates added by {@link isolate}, which reorder nothing.
 */
export const withoutControls = (message: string): string =>
	message.replace(/(?![\u2068\u2069])\p{Bidi_Control}/gu, '').replace(/\p{Cc}/gu, ' ');

/** Hebrew, Arabic and the other right-to-left scripts, and the right-to-left mark. */
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
			return `Counting: ${Math.round(progress.share * 100)} %`;
		case 'count':
			return `Counting pre-tokens: ${formatDone(progress.bytes, progress.total)}`;
		case 'merge':
			return `Merging: ${formatCount(progress.merges)} of at most ${formatCount(progress.target)}, this pair occurs ${formatTimes(progress.count)}`;
		case 'measure':
			return `${MEASURING[progress.step]}: ${Math.round(progress.share * 100)} %`;
	}
}
