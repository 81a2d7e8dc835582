import type {
	BertNormalizerSpec,
	DecoderSpec,
	NormalizerSpec,
	PatternSpec,
	PostProcessorSpec,
	PreTokenizerSpec,
	SplitBehavior
} from '../../engine';

/** Describes stages: one sentence per step, without a full stop. */

/** Quotes at most 200 code units of text, with control characters and invisible spaces as escapes. */
export const quote = (text: string): string =>
	JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text).replace(
		/[\p{C}\p{Z}]/gu,
		(character) =>
			character === ' ' ? ' ' : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
	);

const MAX_EXAMPLES = 3;

export const quoteAll = (texts: readonly string[]): string =>
	texts.slice(0, MAX_EXAMPLES).map(quote).join(', ');

const describePattern = (pattern: PatternSpec): string =>
	'String' in pattern
		? `the text ${quote(pattern.String)}`
		: `the regular expression ${quoteRegex(pattern.Regex)}`;

/** Quotes a regular expression between slashes, in full because users compare patterns. */
const quoteRegex = (regex: string): string =>
	`/${regex.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (c) => `\\x{${(c.codePointAt(0) ?? 0).toString(16)}}`)}/`;

export function describeNormalizer(spec: NormalizerSpec | null): string[] {
	if (spec === null) return [];
	switch (spec.type) {
		case 'NFC':
		case 'NFD':
		case 'NFKC':
		case 'NFKD':
			return [`Unicode normalization ${spec.type}`];
		case 'Lowercase':
			return ['Converts letters to lower case'];
		case 'StripAccents':
			return ['Removes combining marks'];
		case 'Nmt':
			return ['Removes control characters and replaces rare white space with spaces'];
		case 'ByteLevel':
			return ['Writes bytes in GPT-2’s byte alphabet'];
		case 'BertNormalizer':
			return [describeBert(spec)];
		case 'Precompiled':
			return ['Replaces graphemes and characters listed in SentencePiece’s table'];
		case 'SentencePiece':
			return [
				...(spec.precompiled_charsmap === ''
					? []
					: ['Replaces the longest strings listed in SentencePiece’s table']),
				...(spec.user_defined_symbols.length === 0
					? []
					: [
							`Leaves user-defined symbols such as ${quoteAll(spec.user_defined_symbols)} unchanged`
						]),
				...(spec.remove_extra_whitespaces
					? ['Removes repeated spaces and spaces at the start and end of the text']
					: []),
				...(spec.add_dummy_prefix ? ['Puts a space before the text'] : []),
				...(spec.escape_whitespaces ? ['Writes spaces as "▁"'] : [])
			];
		case 'Strip':
			return [`Removes white space ${describeSides(spec.strip_left, spec.strip_right)} the text`];
		case 'Replace':
			return [`Replaces ${describePattern(spec.pattern)} with ${quote(spec.content)}`];
		case 'Prepend':
			return [`Puts ${quote(spec.prepend)} before the text`];
		case 'Sequence':
			return spec.normalizers.flatMap(describeNormalizer);
	}
}

function describeSides(left: boolean, right: boolean): string {
	if (left && right) return 'before and after';
	return left ? 'before' : right ? 'after' : 'neither before nor after';
}

function describeBert(spec: BertNormalizerSpec): string {
	const parts = [
		...(spec.clean_text ? ['removes control characters'] : []),
		...(spec.handle_chinese_chars ? ['puts spaces around Chinese characters'] : []),
		...((spec.strip_accents ?? spec.lowercase) ? ['removes accents'] : []),
		...(spec.lowercase ? ['converts letters to lower case'] : [])
	];
	return `BERT’s rules: ${parts.length > 0 ? parts.join(', ') : 'none enabled'}`;
}

export function describePreTokenizer(spec: PreTokenizerSpec | null): string[] {
	if (spec === null) return [];
	switch (spec.type) {
		case 'ByteLevel':
			return [
				[
					'Writes bytes in GPT-2’s byte alphabet',
					...(spec.use_regex ? ['splits with GPT-2’s pattern'] : []),
					...(spec.add_prefix_space ? ['puts a space before the text'] : [])
				].join(', ')
			];
		case 'Split':
			return [describeSplit(describePattern(spec.pattern), spec.behavior, spec.invert)];
		case 'Metaspace':
			return [
				`Writes spaces as ${quote(spec.replacement)}${spec.split ? ' and splits before each one' : ''}; adds a space before the text: ${spec.prepend_scheme}`
			];
		case 'Digits':
			return [spec.individual_digits ? 'Splits off each digit' : 'Splits off runs of digits'];
		case 'Punctuation':
			return [describeSplit('punctuation', spec.behavior, false)];
		case 'CharDelimiterSplit':
			return [describeSplit(quote(spec.delimiter), 'Removed', false)];
		case 'FixedLength':
			return [`Splits into pre-tokens of ${spec.length.toLocaleString('en')} code points`];
		case 'Whitespace':
			return ['Splits into words and runs of other characters, and removes white space'];
		case 'WhitespaceSplit':
			return [describeSplit('white space', 'Removed', false)];
		case 'BertPreTokenizer':
			return ['Splits at white space and removes it, then splits off each punctuation mark'];
		case 'UnicodeScripts':
			return ['Splits where the script changes; Hiragana and Katakana count as Han'];
		case 'Sequence':
			return spec.pretokenizers.flatMap(describePreTokenizer);
	}
}

function describeSplit(matched: string, behavior: SplitBehavior, invert: boolean): string {
	const what = invert ? `text that ${matched} does not match` : matched;
	switch (behavior) {
		case 'Isolated':
			return `Splits at ${what}; the matches and the text between them become pre-tokens`;
		case 'Removed':
			return `Splits at ${what} and removes it`;
		case 'Contiguous':
			return `Splits at ${what}; consecutive matches form one pre-token`;
		case 'MergedWithPrevious':
			return `Splits after ${what}`;
		case 'MergedWithNext':
			return `Splits before ${what}`;
	}
}

export function describePostProcessor(spec: PostProcessorSpec | null): string[] {
	if (spec === null) return [];
	switch (spec.type) {
		case 'TemplateProcessing': {
			const pieces = spec.single.map((piece) =>
				'SpecialToken' in piece ? quote(piece.SpecialToken.id) : 'the text'
			);
			return [`If special tokens are added: ${pieces.join(', ')}`];
		}
		case 'RobertaProcessing':
		case 'BertProcessing': {
			const { cls, sep } = spec;
			const tokens = `If special tokens are added: ${quote(cls[0])}, the text, ${quote(sep[0])}`;
			return 'trim_offsets' in spec && spec.trim_offsets ? [TRIMMED, tokens] : [tokens];
		}
		case 'ByteLevel':
			return [spec.trim_offsets ? TRIMMED : 'Token spans include spaces'];
		case 'Sequence':
			return spec.processors.flatMap(describePostProcessor);
	}
}

const TRIMMED = 'Token spans leave out spaces at both ends';

export function describeDecoder(spec: DecoderSpec | null): string[] {
	if (spec === null) return [];
	switch (spec.type) {
		case 'ByteLevel':
			return ['Turns characters of GPT-2’s byte alphabet into bytes'];
		case 'ByteFallback':
			return ['Turns <0xNN> into bytes'];
		case 'SentencePiece':
			return [
				'Turns "▁" into a space' +
					(spec.add_dummy_prefix || spec.remove_extra_whitespaces
						? ` and removes that space from the ${spec.remove_extra_whitespaces ? 'start of the text' : 'first token'}`
						: ''),
				...(spec.unk_token === null
					? []
					: [`Turns ${quote(spec.unk_token)} into ${quote(spec.unk_surface)}`])
			];
		case 'Fuse':
			return ['Joins all tokens'];
		case 'BPEDecoder':
			return [`Turns ${quote(spec.suffix)} into a space or, in the last token, removes it`];
		case 'WordPiece':
			return [
				`Joins tokens that begin with ${quote(spec.prefix)} to the previous token and joins all others with spaces` +
					(spec.cleanup ? '; removes spaces before punctuation' : '')
			];
		case 'Metaspace':
			return [
				`Turns ${quote(spec.replacement)} into a space` +
					(spec.prepend_scheme === 'never' ? '' : ' and removes that space from the first token')
			];
		case 'Replace':
			return [`Replaces ${describePattern(spec.pattern)} with ${quote(spec.content)}`];
		case 'Strip': {
			const sides = [
				...(spec.start > 0 ? [`up to ${spec.start.toLocaleString('en')} at the start`] : []),
				...(spec.stop > 0 ? [`up to ${spec.stop.toLocaleString('en')} at the end`] : [])
			];
			return [`Removes ${quote(spec.content)} from each token: ${sides.join(', ') || 'none'}`];
		}
		case 'Sequence':
			return spec.decoders.flatMap(describeDecoder);
	}
}
