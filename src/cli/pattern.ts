import { InvalidArgumentError } from 'commander';
import { parsePattern as parse, PATTERNS, type TrainingPattern } from '../lib/engine/train';

/** @throws InvalidArgumentError for text that is neither the name of a pattern nor `/regex/` */
export function parsePattern(text: string): TrainingPattern {
	const pattern = parse(text);
	if (pattern) return pattern;
	throw new InvalidArgumentError(
		`Expected ${Object.keys(PATTERNS).join(', ')}, or a regular expression between slashes.`
	);
}
