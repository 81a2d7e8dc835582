import { InvalidArgumentError } from 'commander';
import { DEFAULT_LIMITS, type ReadLimits } from '../lib/tokenizers/files/limits';

export const LIMITS_HELP =
	`time and memory for reading and building a tokenizer file, such as 10s,512MB; ` +
	`${DEFAULT_LIMITS.seconds}s,${DEFAULT_LIMITS.megabytes}MB by default`;

/** Reads `10s,512MB`, or one of the two. @throws InvalidArgumentError */
export function parseLimits(text: string): ReadLimits {
	const found: { seconds?: number; megabytes?: number } = {};
	for (const part of text.split(',')) {
		const [, number, unit] = /^(\d+(?:\.\d+)?)(s|MB)$/.exec(part) ?? [];
		const key = unit === 's' ? 'seconds' : 'megabytes';
		if (!(Number(number) > 0) || key in found) {
			throw new InvalidArgumentError('Expected seconds, megabytes or both, such as 10s,512MB.');
		}
		found[key] = Number(number);
	}
	return { ...DEFAULT_LIMITS, ...found };
}
