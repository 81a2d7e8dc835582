import { parseTokenizerJson, type TokenizerSpec } from '../../engine';
import { createSpecialToken } from '../../engine/stages';

const HEADER = '#version';

/**
 * Whether text might be a merges.txt: it starts with the header or with a line of two words, unless they're a token and
 * its rank.
 */
export const isMergesText = (text: string): boolean =>
	text.startsWith(HEADER) || /^[^\s{[]\S* (?!\d+\r?\n)\S+\r?\n/.test(text);

function linesOf(mergesText: string): string[] {
	const lines = mergesText.split('\n');
	if (lines.at(-1) === '') lines.pop();
	return lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
}

/** Lines of a merges.txt without the header. */
export const mergeLines = (mergesText: string): string[] =>
	linesOf(mergesText).filter((line) => !line.startsWith(HEADER));

/** The end-of-text token in OpenAI's vocab.json, which transformers treats as special. */
const END_OF_TEXT = '<|endoftext|>';

/** Creates a ByteLevel stage as in GPT-2, because vocab.json and merges.txt don't specify any stages. */
const byteLevel = (trim_offsets: boolean) =>
	({ type: 'ByteLevel', add_prefix_space: false, trim_offsets, use_regex: true }) as const;

/**
 * Reads a vocab.json and its merges.txt as Hugging Face's library does, with GPT-2's stages.
 * @param vocab the parsed JSON of vocab.json
 * @param pattern regex that splits text; `null` for GPT-2's
 * @throws Error with a one-line message that names the line or the token
 */
export function specFromVocabAndMerges(
	vocab: object,
	mergesText: string,
	pattern: string | null
): TokenizerSpec {
	const merges = mergeLines(mergesText);
	linesOf(mergesText).forEach((text, i) => {
		if (!text.startsWith(HEADER) && text.split(' ').length !== 2) {
			throw new Error(
				`merges.txt line ${i + 1}: got ${JSON.stringify(text.slice(0, 40))}, expected two tokens with a space between them`
			);
		}
	});
	const affixed = Object.keys(vocab).filter((token) => token.endsWith('</w>')).length;
	if (affixed > 256) {
		throw new Error(
			'vocab.json: got tokens that end in "</w>", which require the stages in the model’s tokenizer.json; use that file'
		);
	}
	const hasEnd = Object.hasOwn(vocab, END_OF_TEXT);
	const split =
		pattern === null
			? null
			: { type: 'Split', pattern: { Regex: pattern }, behavior: 'Isolated', invert: false };
	return parseTokenizerJson({
		normalizer: null,
		pre_tokenizer:
			split === null
				? byteLevel(true)
				: {
						type: 'Sequence',
						pretokenizers: [split, { ...byteLevel(true), use_regex: false }]
					},
		post_processor: byteLevel(false),
		decoder: byteLevel(true),
		model: { type: 'BPE', vocab, merges },
		added_tokens: hasEnd ? [{ ...createSpecialToken(0, END_OF_TEXT), normalized: true }] : []
	});
}
