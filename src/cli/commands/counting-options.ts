import { InvalidArgumentError, Option, type Command } from 'commander';
import { PATTERNS, type CountingRules, type TrainingPattern } from '../../lib/engine/train';

/** What `train` and `count` are told about pre-tokens, with the names of {@link CountingRules}. */
export type CountingFlags = CountingRules;

export function addCountingOptions(command: Command): Command {
	return command
		.addOption(
			new Option(
				'--pattern <pattern>',
				`how text is cut before pairs are counted: ${Object.keys(PATTERNS).join(', ')}, or /regex/`
			)
				.argParser(parsePattern)
				.default('gpt2')
		)
		.addOption(
			new Option(
				'--feed <unit>',
				'what the pattern sees at once: a line with its newline, or a file'
			)
				.choices(['lines', 'whole'])
				.default('lines')
		);
}

/** @throws InvalidArgumentError for what is neither the name of a pattern nor `/regex/` */
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

/** @throws InvalidArgumentError for what is not a whole number */
export function parseWholeNumber(text: string): number {
	const value = /^\d+$/.test(text) ? Number(text) : NaN;
	if (Number.isSafeInteger(value)) return value;
	throw new InvalidArgumentError('Expected a whole number.');
}
