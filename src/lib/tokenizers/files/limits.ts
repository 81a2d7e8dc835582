import type { SlicedFile } from './types';

/** Bounds on reading a tokenizer. */
export interface ReadLimits {
	/** Time from the start, in seconds. */
	readonly seconds: number;
	/** Memory, in units of 2^20 bytes. */
	readonly megabytes: number;
}

/** A file of 64 MB of JSON takes about 5 s and 700 MB. */
export const DEFAULT_LIMITS: ReadLimits = { seconds: 60, megabytes: 2048 };

/** Thrown when a limit is reached. */
export class LimitError extends Error {
	override readonly name = 'LimitError';
}

export const describeTimeLimit = ({ seconds }: ReadLimits): string =>
	`reading and building this tokenizer takes more than ${seconds} s, which is the limit; if you trust the file, set a higher one`;

export const describeMemoryLimit = ({ megabytes }: ReadLimits): string =>
	`reading and building this tokenizer takes more than ${megabytes} MB, which is the limit; if you trust the file, set a higher one`;

/**
 * Wraps files so that reading them stops at the limits: each slice asks for the time, and counts the bytes that are read.
 * Nothing stops a reader between two slices. For a limit that always holds, read in a thread that can be ended.
 * @throws LimitError when a slice is read
 */
export function withinLimits(
	files: readonly SlicedFile[],
	limits: ReadLimits
): readonly SlicedFile[] {
	const deadline = Date.now() + 1000 * limits.seconds;
	let room = limits.megabytes * 2 ** 20;
	return files.map((file) => ({
		...file,
		async read(start, end) {
			room -= Math.min(end, file.size) - start;
			if (room < 0) throw new LimitError(describeMemoryLimit(limits));
			const bytes = await file.read(start, end);
			if (Date.now() > deadline) throw new LimitError(describeTimeLimit(limits));
			return bytes;
		}
	}));
}
