/**
 * The corpora, smallest first. `megabytes` is the target size; the largest corpus is smaller if the packages don't
 * contain enough text.
 */
export function corpora(): {
	readonly megabytes: number;
	readonly bytes: number;
	readonly file: string;
}[];
