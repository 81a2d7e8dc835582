import { EXTRAS, createNormalizer } from '../../engine/stages';
import type { NormalizerSpec, TokenizerSpec } from '../../engine';
import {
	byteLength,
	decodeUtf8,
	encodeUtf8,
	escapeRegex,
	originEnd,
	originStart,
	slice,
	type AlignedText
} from '../../engine/text';
import type { Section } from './align';

export interface SplitText {
	readonly sections: readonly Section[];
	/** The text after normalization, with its added tokens unchanged. */
	readonly normalizedText: string;
}

/**
 * Splits text at its added tokens and normalizes each section between them separately, as transformers.js does. If
 * `normalizesFirst` is set, normalizes the whole text and finds added tokens in the result, as users of js-tiktoken do.
 * @param parse whether to recognise special tokens; other added tokens are always recognised
 */
export function splitAtAddedTokens(
	text: string,
	spec: TokenizerSpec,
	parse: boolean,
	{ normalizesFirst = false } = {}
): SplitText {
	const added = addedTokenRegex(spec, parse);
	const normalize = spec.normalizer
		? createNormalizer(withLatestUnicode(spec.normalizer), EXTRAS)
		: null;
	let whole = wholeText(text);
	if (normalize && normalizesFirst) {
		whole = copyAligned(normalize(whole));
		text = decodeUtf8(whole.bytes.subarray(whole.start, whole.end));
	}
	const sections: Section[] = [];
	let normalizedText = '';
	const push = (start: number, end: number) => {
		if (start === end) return;
		const section = slice(whole, start, end);
		const normalized = normalize && !normalizesFirst ? copyAligned(normalize(section)) : section;
		sections.push({ text: normalized });
		normalizedText += decodeUtf8(normalized.bytes.subarray(normalized.start, normalized.end));
	};
	let unit = 0;
	let byte = whole.start;
	for (const match of added ? text.matchAll(added.regex) : []) {
		const [content] = match;
		const start = byte + byteLength(text, unit, match.index);
		push(byte, start);
		const end = start + byteLength(content);
		sections.push({
			added: added?.ids.get(content) ?? -1,
			start: originStart(whole, start),
			end: originEnd(whole, end)
		});
		normalizedText += content;
		unit = match.index + content.length;
		byte = end;
	}
	push(byte, whole.end);
	return { sections, normalizedText };
}

function wholeText(text: string): AlignedText {
	const bytes = encodeUtf8(text);
	return { bytes, start: 0, end: bytes.length, origin: null };
}

/** Copies a normalizer's result, which is valid only until the next call. */
function copyAligned({ bytes, start, end, origin }: AlignedText): AlignedText {
	if (!origin) return { bytes, start, end, origin };
	const { starts, ends } = origin;
	return {
		bytes: bytes.slice(start, end),
		start: 0,
		end: end - start,
		origin: { starts: starts.slice(start, end), ends: ends.slice(start, end) }
	};
}

interface AddedTokenRegex {
	/** Matches the longest added token first, as the reference implementations do. */
	readonly regex: RegExp;
	readonly ids: ReadonlyMap<string, number>;
}

/** Creates a regex for the added tokens that are recognised in text; `null` if there are none. */
export function addedTokenRegex(
	{ added_tokens }: TokenizerSpec,
	parse: boolean
): AddedTokenRegex | null {
	const tokens = added_tokens.filter(({ special }) => parse || !special);
	if (tokens.length === 0) return null;
	const contents = tokens.map(({ content }) => content).sort((a, b) => b.length - a.length);
	return {
		regex: new RegExp(contents.map(escapeRegex).join('|'), 'g'),
		ids: new Map(tokens.map(({ content, id }) => [content, id]))
	};
}

/**
 * Makes a normalizer use JavaScript's Unicode version, as both libraries do. The reference implementations use Unicode
 * 9.0.
 */
function withLatestUnicode(spec: NormalizerSpec): NormalizerSpec {
	if (spec.type === 'Sequence') {
		return { ...spec, normalizers: spec.normalizers.map(withLatestUnicode) };
	}
	return spec.type === 'NFC' || spec.type === 'NFD' || spec.type === 'NFKC' || spec.type === 'NFKD'
		? { ...spec, unicode: 'latest' }
		: spec;
}
