/**
 * A text split at its added tokens. Each stretch between them is normalized on its own, as the
 * references do before they merge.
 */
import { createNormalizer } from '../../engine/stages';
import type { AddedTokenSpec, NormalizerSpec, TokenizerSpec } from '../../engine';
import type { AlignedText } from '../../engine/text';
import type { Section } from './align';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

export interface SplitText {
	readonly sections: readonly Section[];
	/** The text after normalization, with its added tokens unchanged. */
	readonly normalizedText: string;
}

/** @param parse whether special tokens are recognised; other added tokens always are */
export function splitAtAddedTokens(text: string, spec: TokenizerSpec, parse: boolean): SplitText {
	const bytes = encoder.encode(text);
	const added = findAddedTokenPattern(spec, parse);
	const normalize = spec.normalizer ? createNormalizer(withLatestUnicode(spec.normalizer)) : null;
	const sections: Section[] = [];
	let normalizedText = '';
	const push = (start: number, end: number, original: string) => {
		if (start === end) return;
		const whole: AlignedText = { bytes, start, end, origin: null };
		const normalized = normalize ? copyAligned(normalize(whole), whole) : whole;
		sections.push({ text: normalized });
		normalizedText +=
			normalized === whole
				? original
				: decoder.decode(normalized.bytes.subarray(normalized.start, normalized.end));
	};
	let unit = 0;
	let byte = 0;
	for (const match of added ? text.matchAll(added.pattern) : []) {
		const [content] = match;
		const before = text.slice(unit, match.index);
		const start = byte + encoder.encode(before).length;
		push(byte, start, before);
		const end = start + encoder.encode(content).length;
		sections.push({ added: added?.ids.get(content) ?? -1, start, end });
		normalizedText += content;
		unit = match.index + content.length;
		byte = end;
	}
	push(byte, bytes.length, text.slice(unit));
	return { sections, normalizedText };
}

/** A normalizer's result is valid only until its next call. */
function copyAligned(normalized: AlignedText, whole: AlignedText): AlignedText {
	if (normalized === whole) return whole;
	const { bytes, start, end, origin } = normalized;
	return {
		bytes: bytes.slice(start, end),
		start: 0,
		end: end - start,
		origin: origin && {
			starts: origin.starts.slice(start, end),
			ends: origin.ends.slice(start, end)
		}
	};
}

interface AddedTokenPattern {
	/** Alternatives with the longest token first, as in the references. */
	readonly pattern: RegExp;
	readonly ids: ReadonlyMap<string, number>;
}

const patterns = new WeakMap<TokenizerSpec, Map<boolean, AddedTokenPattern | null>>();

/** Pattern of the added tokens that a text is searched for, or `null` if there are none. Cached per spec. */
export function findAddedTokenPattern(
	spec: TokenizerSpec,
	parse: boolean
): AddedTokenPattern | null {
	const known = patterns.get(spec) ?? new Map<boolean, AddedTokenPattern | null>();
	patterns.set(spec, known);
	const found = known.get(parse);
	if (found !== undefined) return found;
	const built = buildPattern(spec.added_tokens.filter(({ special }) => parse || !special));
	known.set(parse, built);
	return built;
}

function buildPattern(tokens: readonly AddedTokenSpec[]): AddedTokenPattern | null {
	if (tokens.length === 0) return null;
	const contents = tokens.map(({ content }) => content).sort((a, b) => b.length - a.length);
	const escaped = contents.map((content) => content.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
	return {
		pattern: new RegExp(escaped.join('|'), 'g'),
		ids: new Map(tokens.map(({ content, id }) => [content, id]))
	};
}

/** Both libraries normalize with JavaScript's Unicode, not with version 9.0 as the references do. */
function withLatestUnicode(spec: NormalizerSpec): NormalizerSpec {
	if (spec.type === 'Sequence') {
		return { ...spec, normalizers: spec.normalizers.map(withLatestUnicode) };
	}
	return spec.type === 'NFC' || spec.type === 'NFD' || spec.type === 'NFKC' || spec.type === 'NFKD'
		? { ...spec, unicode: 'latest' }
		: spec;
}
