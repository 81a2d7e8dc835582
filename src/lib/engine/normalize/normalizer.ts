import type { NormalizerSpec, PatternSpec } from '../spec';
import { IntBuffer } from '../structures/int-buffer';
import { AlignedBuilder, slice, type AlignedText } from '../text/aligned';
import { createMatcher } from '../text/pattern';
import { codePointAt, encodeUtf8, sequenceLength } from '../text/utf8';
import { skipWhiteSpace, skipWhiteSpaceBack } from '../text/white-space';
import { createUnicodeNormalizer } from './unicode-forms';

/**
 * Rewrites a text and tracks the origin of every byte. Returns its argument if nothing changes. A changed text
 * is valid until the next call.
 */
export type Normalizer = (text: AlignedText) => AlignedText;

/** Builds the normalizer of a spec. @throws Error if a pattern cannot be translated */
export function createNormalizer(spec: NormalizerSpec): Normalizer {
	switch (spec.type) {
		case 'NFC':
		case 'NFD':
		case 'NFKC':
		case 'NFKD':
			return createUnicodeNormalizer(spec.type, spec.unicode ?? '9.0');
		case 'Lowercase':
			return createLowercaser();
		case 'Strip':
			return createStripper(spec.strip_left, spec.strip_right);
		case 'Replace':
			return createReplacer(spec.pattern, spec.content);
		case 'Prepend':
			return createPrepender(spec.prepend);
		case 'Sequence': {
			const steps = spec.normalizers.map(createNormalizer);
			return (text) => steps.reduce((current, step) => step(current), text);
		}
	}
}

/** Creates a normalizer that removes white space at the start or end. */
function createStripper(left: boolean, right: boolean): Normalizer {
	return (text) => {
		const { bytes, start, end } = text;
		const from = left ? skipWhiteSpace(bytes, start, end) : start;
		const to = right ? skipWhiteSpaceBack(bytes, from, end) : end;
		return from === start && to === end ? text : slice(text, from, to);
	};
}

/** Creates a normalizer that prepends a string to every text that is not empty. */
function createPrepender(prefix: string): Normalizer {
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

/** Creates a normalizer that replaces every match with `content`, taken literally. */
function createReplacer(pattern: PatternSpec, content: string): Normalizer {
	const matcher = createMatcher(pattern);
	const replacement = encodeUtf8(content);
	const matches = new IntBuffer(256);
	const builder = new AlignedBuilder();

	return (text) => {
		const { bytes, start, end } = text;
		matches.clear();
		matcher.begin(end - start);
		matcher.findInBytes(bytes, start, end, matches);
		if (matches.length === 0) return text;
		const growth = (matches.length / 2) * replacement.length;
		builder.begin(text, end - start + growth);
		let copied = start;
		for (let i = 0; i < matches.length; i += 2) {
			builder.copy(copied, matches.data[i]);
			copied = matches.data[i + 1];
			builder.replace(replacement, matches.data[i], copied);
		}
		builder.copy(copied, end);
		return builder.finish();
	};
}

/**
 * Creates a normalizer that lowercases each character by itself, as Rust's `char::to_lowercase` does: no final
 * sigma, and `İ` becomes two characters.
 */
function createLowercaser(): Normalizer {
	const builder = new AlignedBuilder();
	return (text) => {
		const { bytes, start, end } = text;
		let changed = false;
		let copied = start;
		for (let at = start; at < end;) {
			const lead = bytes[at];
			if (lead < 0x41 || (lead > 0x5a && lead < 0x80)) {
				at++;
				continue;
			}
			const next = at + sequenceLength(lead);
			const character = String.fromCodePoint(codePointAt(bytes, at));
			const lower = character.toLowerCase();
			if (lower !== character) {
				if (!changed) builder.begin(text);
				changed = true;
				builder.copy(copied, at);
				builder.replace(encodeUtf8(lower), at, next);
				copied = next;
			}
			at = next;
		}
		if (!changed) return text;
		builder.copy(copied, end);
		return builder.finish();
	};
}
