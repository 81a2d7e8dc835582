import { InvalidArgumentError } from 'commander';

export interface ReadLimits {
	readonly seconds: number;
	/** In units of 2^20 bytes. */
	readonly megabytes: number;
}

/** Reading 64 MB of JSON takes about 5 s and 700 MB of memory. */
export const DEFAULT_LIMITS: ReadLimits = { seconds: 60, megabytes: 2048 };

export const LIMITS_HELP =
	`limits on time and memory for reading and building a tokenizer, such as 10s,512MB; ` +
	`${DEFAULT_LIMITS.seconds}s,${DEFAULT_LIMITS.megabytes}MB by default`;

/** Parses one or both limits, as in `10s,512MB`. @throws InvalidArgumentError */
export function parseLimits(text: string): ReadLimits {
	const found: { seconds?: number; megabytes?: number } = {};
	for (const part of text.split(',')) {
		const [, number, unit] = /^(\d+(?:\.\d+)?)(s|MB)$/.exec(part) ?? [];
		const key = unit === 's' ? 'seconds' : 'megabytes';
		if (!(Number(number) > 0) || key in found) {
			throw new InvalidArgumentError('expected seconds, megabytes or both, such as 10s,512MB');
		}
		found[key] = Number(number);
	}
	return { ...DEFAULT_LIMITS, ...found };
}

export const describeLimit = (limit: string): string =>
	`reading this tokenizer exceeded the limit of ${limit}; if you trust the file, raise the limit with --limits`;
