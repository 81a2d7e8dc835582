import {
	tokenizerJsonText,
	writeTiktoken,
	writeVocabAndMerges,
	type TokenizerSpec
} from '../../engine';
import { GPT2_PATTERN, preTokenizerSteps } from '../../engine/stages';
import { plural } from '../../engine/text';
import type { ReadOptions } from './read';
import { knownRanksOf } from './tiktoken';

/** Formats that a tokenizer can be written in. `vocab-merges` is vocab.json with merges.txt. */
export const TOKENIZER_FORMATS = ['tokenizer.json', 'tiktoken', 'vocab-merges'] as const;
export type TokenizerFormat = (typeof TOKENIZER_FORMATS)[number];

export interface WrittenFile {
	readonly name: string;
	readonly text: string;
}

/** Writes a tokenizer in a format. @throws Error if the format can't express the tokenizer's ids */
export function writeTokenizer(
	spec: TokenizerSpec,
	format: TokenizerFormat
): readonly WrittenFile[] {
	switch (format) {
		case 'tokenizer.json':
			return [{ name: 'tokenizer.json', text: tokenizerJsonText(spec) }];
		case 'tiktoken':
			return [{ name: 'tokenizer.tiktoken', text: writeTiktoken(spec) }];
		case 'vocab-merges': {
			const { vocab, merges } = writeVocabAndMerges(spec);
			return [
				{ name: 'vocab.json', text: vocab },
				{ name: 'merges.txt', text: merges }
			];
		}
	}
}

/** Functions that recognise built-in tokenizers. If either function is absent, .tiktoken files aren't recognised. */
type Catalogue = Pick<ReadOptions, 'sha256' | 'loadKnown'>;

/**
 * Lists, as noun phrases, the parts of a tokenizer that affect ids but that the format can't express. Parts that make
 * writing impossible aren't listed, because the writer throws an error for them.
 */
export async function lossesOf(
	spec: TokenizerSpec,
	format: TokenizerFormat,
	catalogue: Catalogue
): Promise<string[]> {
	if (format === 'tokenizer.json') {
		return [
			...(hasNewerUnicode(spec) ? ['the Unicode version of its normalizer'] : []),
			...sentencePieceLosses(spec)
		];
	}
	if (format === 'tiktoken' && (await isRecognised(spec, catalogue))) return [];
	const losses: string[] = [];
	const special = spec.added_tokens.length;
	const steps = preTokenizerSteps(spec.pre_tokenizer);
	const patterns = steps.flatMap((step) =>
		step.type === 'Split' && 'Regex' in step.pattern
			? [step.pattern.Regex]
			: step.type === 'ByteLevel' && step.use_regex
				? [GPT2_PATTERN]
				: []
	);
	const others = steps.filter(
		(step) => step.type !== 'ByteLevel' && !(step.type === 'Split' && 'Regex' in step.pattern)
	);
	const isGpt2 = patterns.length === 1 && patterns[0] === GPT2_PATTERN;
	if (others.length > 0)
		losses.push(`the pre-tokenizer ${others.map(({ type }) => type).join(', ')}`);
	if (patterns.length > 0 ? format === 'tiktoken' || !isGpt2 : others.length === 0)
		losses.push(describePatterns(patterns));
	if (steps.some((step) => step.type === 'ByteLevel' && step.add_prefix_space))
		losses.push('the space added before the text');
	if (format === 'tiktoken' && special > 0) {
		losses.push(plural(special, 'added token'));
	}
	if (format === 'vocab-merges' && special > 0)
		losses.push('which tokens are added tokens, and their flags');
	if (format === 'vocab-merges' && spec.normalizer)
		losses.push(`the normalizer ${spec.normalizer.type}`);
	if (format === 'vocab-merges' && spec.model.ignore_merges) losses.push('ignore_merges');
	if (
		/TemplateProcessing|RobertaProcessing|BertProcessing/.test(JSON.stringify(spec.post_processor))
	)
		losses.push('the special tokens added around the text');
	return losses;
}

const describePatterns = (patterns: readonly string[]): string =>
	patterns.length === 0
		? "that it doesn't split text"
		: patterns.length === 1
			? `the pattern /${patterns[0]}/`
			: `its ${patterns.length} patterns`;

const hasNewerUnicode = ({ normalizer }: TokenizerSpec): boolean =>
	JSON.stringify(normalizer).includes('"unicode":"latest"');

function sentencePieceLosses({ normalizer }: TokenizerSpec): string[] {
	if (normalizer?.type !== 'SentencePiece') return [];
	return normalizer.user_defined_symbols.length === 0
		? []
		: ['how SentencePiece matches user-defined symbols'];
}

/**
 * Describes in one sentence why the written file gives different ids than the tokenizer for some rare text; `null` if
 * it never does. A tokenizer.json (`Precompiled`) rewrites several characters together only if they're a grapheme of up
 * to 5 bytes, while SentencePiece rewrites the longest match.
 */
export const conversionNote = (
	{ normalizer }: TokenizerSpec,
	format: TokenizerFormat
): string | null =>
	format === 'tokenizer.json' &&
	normalizer?.type === 'SentencePiece' &&
	normalizer.precompiled_charsmap !== ''
		? 'its Precompiled normalizer rewrites CR LF and letters with several accents differently from SentencePiece'
		: null;

/** Whether the lab would read the written ranks as exactly this tokenizer. */
async function isRecognised(
	spec: TokenizerSpec,
	{ sha256, loadKnown }: Catalogue
): Promise<boolean> {
	if (!sha256 || !loadKnown) return false;
	const known = await knownRanksOf(spec, sha256);
	if (known === undefined) return false;
	const stages = ({
		normalizer,
		pre_tokenizer,
		post_processor,
		decoder,
		added_tokens
	}: TokenizerSpec) =>
		JSON.stringify([normalizer, pre_tokenizer, post_processor, decoder, added_tokens]);
	return stages(await loadKnown(known)) === stages(spec);
}
