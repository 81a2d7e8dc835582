/** The corpora, smallest first. `megabytes`: target; the last has fewer bytes if the packages do not have enough. */
export function corpora(): {
	readonly megabytes: number;
	readonly bytes: number;
	readonly file: string;
}[];
