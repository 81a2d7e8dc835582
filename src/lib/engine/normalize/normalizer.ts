import type { NormalizerSpec } from '../spec';
import { AlignedBuilder, slice, type AlignedText } from '../text/aligned';
import { encodeUtf8 } from '../text/utf8';
import { skipWhiteSpace, skipWhiteSpaceBack } from '../text/white-space';
import { lowercaser } from './lowercase';
import { replacer } from './replace';
import { unicodeNormalizer } from './unicode-forms';

/**
 * Rewrites text and keeps track of where every byte came from. Returns its argument when nothing
 * changes; else the result is valid until the next call.
 */
export type Normalizer = (text: AlignedText) => AlignedText;

/** Builds the normalizer of a spec. Throws an error when a pattern cannot be translated. */
export function createNormalizer(spec: NormalizerSpec): Normalizer {
	switch (spec.type) {
		case 'NFC':
		case 'NFD':
		case 'NFKC':
		case 'NFKD':
			return unicodeNormalizer(spec.type, spec.unicode ?? '9.0');
		case 'Lowercase':
			return lowercaser();
		case 'Strip':
			return stripper(spec.strip_left, spec.strip_right);
		case 'Replace':
			return replacer(spec.pattern, spec.content);
		case 'Prepend':
			return prepender(spec.prepend);
		case 'Sequence': {
			const steps = spec.normalizers.map(createNormalizer);
			return (text) => steps.reduce((current, step) => step(current), text);
		}
	}
}

/** Removes white space at the ends. */
function stripper(left: boolean, right: boolean): Normalizer {
	return (text) => {
		const { bytes, start, end } = text;
		const from = left ? skipWhiteSpace(bytes, start, end) : start;
		const to = right ? skipWhiteSpaceBack(bytes, from, end) : end;
		return from === start && to === end ? text : slice(text, from, to);
	};
}

/** Puts a string before the text, except before an empty one. */
function prepender(prefix: string): Normalizer {
	const content = encodeUtf8(prefix);
	const builder = new AlignedBuilder();
	return (text) => {
		const { start, end } = text;
		if (start === end || content.length === 0) return text;
		builder.begin(text, end - start + content.length);
		builder.replace(content, start, start);
		builder.copy(start, end);
		return builder.finish();
	};
}
