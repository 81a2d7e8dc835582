import { InvalidArgumentError } from 'commander';
import { PATTERNS, type TrainingPattern } from '../lib/engine/train';

/** @throws InvalidArgumentError for text that is neither the name of a pattern nor `/regex/` */
export function parsePattern(text: string): TrainingPattern {
	if (isPatternName(text)) return text;
	const regex = /^\/(.+)\/$/s.exec(text);
	if (regex) return { regex: regex[1] };
	throw new InvalidArgumentError(
		`Expected ${Object.keys(PATTERNS).join(', ')}, or a regular expression between slashes.`
	);
}

const isPatternName = (text: string): text is keyof typeof PATTERNS =>
	Object.hasOwn(PATTERNS, text);
