import { AlignedBuilder, type AlignedText } from '../text/aligned';
import { unassignedInUnicode9 } from '../text/unicode-9';
import { decodeUtf8, encodeUtf8, utf8Length } from '../text/utf8';

export type UnicodeForm = 'NFC' | 'NFD' | 'NFKC' | 'NFKD';

/** Text up to this many bytes is looked at as a whole before it is taken apart. */
const CHUNK = 1024;

/**
 * What may join the character before it: marks, the vowels and final consonants of Hangul, and
 * letters whose compatibility decompositions are such (halfwidth kana marks, compatibility and
 * halfwidth Hangul). More than needed does no harm: a segment only gets longer.
 */
const JOINING = '\\p{M}\\u1160-\\u11FF\\u3131-\\u318E\\uD7B0-\\uD7FF\\uFF9E\\uFF9F\\uFFA0-\\uFFDC';

/** Segments that normalize independently of each other. */
const SEGMENTS = new RegExp(`[^${JOINING}][${JOINING}]*|[${JOINING}]+`, 'gsu');

let segmentsOfUnicode9: RegExp | undefined;

/** The same, where a code point that Unicode 9.0 does not assign stands alone and stays as it is. */
function unicode9Segments(): RegExp {
	if (segmentsOfUnicode9) return segmentsOfUnicode9;
	const ranges = unassignedInUnicode9();
	let unassigned = '';
	for (let i = 0; i < ranges.length; i += 2) {
		unassigned += `\\u{${ranges[i].toString(16)}}-\\u{${(ranges[i + 1] - 1).toString(16)}}`;
	}
	const joining = `(?![${unassigned}])[${JOINING}]`;
	const source = `(?<later>[${unassigned}])|[^${JOINING}](?:${joining})*|(?:${joining})+`;
	return (segmentsOfUnicode9 = new RegExp(source, 'gsu'));
}

/**
 * A Unicode normalization form. `'9.0'` is what Hugging Face's Rust library does: code points that
 * Unicode 9.0 does not assign are left alone and separate what is around them. `'latest'` follows
 * the JavaScript engine. Text that the form does not change is returned as it is.
 */
export function unicodeNormalizer(form: UnicodeForm, unicode: '9.0' | 'latest') {
	// Below this lead byte no character changes or joins: U+0300 for NFC, U+00A0 for the others.
	const quietBelow = form === 'NFC' ? 0xcc : 0xc2;
	const builder = new AlignedBuilder();

	return (text: AlignedText): AlignedText => {
		const { bytes, start, end } = text;
		let first = start;
		while (first < end && bytes[first] < quietBelow) first++;
		if (first === end) return text;
		const whole = decodeUtf8(bytes.subarray(start, end));
		// V8 returns the same string when ICU's quick check passes, so this costs little.
		if (whole.normalize(form) === whole) return text;

		builder.begin(text);
		for (let at = start; at < end;) {
			let cut = Math.min(at + CHUNK, end);
			// Nothing ASCII joins what is before it, so ASCII is where text may be cut.
			while (cut < end && bytes[cut] >= 0x80) cut++;
			normalizeChunk(bytes, at, cut);
			at = cut;
		}
		return builder.finish();
	};

	function normalizeChunk(bytes: Uint8Array, start: number, end: number) {
		const chunk = decodeUtf8(bytes.subarray(start, end));
		if (chunk.normalize(form) === chunk) {
			builder.copy(start, end);
			return;
		}
		let at = start;
		for (const match of chunk.matchAll(unicode === '9.0' ? unicode9Segments() : SEGMENTS)) {
			const segment = match[0];
			const next = at + utf8Length(segment);
			const normalized = match.groups?.later ? segment : segment.normalize(form);
			if (normalized === segment) builder.copy(at, next);
			else replaceMiddle(builder, at, next, segment, normalized);
			at = next;
		}
	}
}

/** Replaces a segment, keeping the alignment of the characters it begins and ends with unchanged. */
function replaceMiddle(
	builder: AlignedBuilder,
	start: number,
	end: number,
	before: string,
	after: string
): void {
	const from = [...before];
	const to = [...after];
	let head = 0;
	while (head < from.length && head < to.length && from[head] === to[head]) head++;
	let tail = 0;
	const most = Math.min(from.length, to.length) - head;
	while (tail < most && from[from.length - 1 - tail] === to[to.length - 1 - tail]) tail++;
	const middleStart = start + utf8Length(from.slice(0, head).join(''));
	const middleEnd = end - utf8Length(from.slice(from.length - tail).join(''));
	builder.copy(start, middleStart);
	const middle = encodeUtf8(to.slice(head, to.length - tail).join(''));
	builder.replace(middle, middleStart, middleEnd);
	builder.copy(middleEnd, end);
}
