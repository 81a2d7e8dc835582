import { AlignedBuilder, type AlignedText } from '../text/aligned';
import { unassignedInUnicode9 } from '../text/unicode-9';
import { byteLength, decodeUtf8, encodeUtf8, isHighSurrogate, isLowSurrogate } from '../text/utf8';

type UnicodeForm = 'NFC' | 'NFD' | 'NFKC' | 'NFKD';

/** Approximate size of the chunks in which text is normalized. Only chunks that change are split further. */
const CHUNK_BYTES = 1024;

/**
 * Characters that may combine with the previous one: marks, Hangul vowels and final consonants, letters that decompose
 * to these (halfwidth kana marks, compatibility and halfwidth Hangul), and a vowel of Kirat Rai. Including characters
 * that never combine is harmless, because it only makes segments longer.
 */
const JOINING =
	'\\p{M}\\u1160-\\u11FF\\u3131-\\u318E\\uD7B0-\\uD7FF\\uFF9E\\uFF9F\\uFFA0-\\uFFDC\\u{16D67}';

/** Matches segments that can be normalized independently. */
const SEGMENTS = new RegExp(`[^${JOINING}][${JOINING}]*|[${JOINING}]+`, 'gsu');

interface Unicode9 {
	/** Matches a code point that is unassigned in Unicode 9.0. */
	readonly later: RegExp;
	/** Like {@link SEGMENTS}, but each unassigned code point is a separate segment, in the `later` group. */
	readonly segments: RegExp;
}

let unicode9: Unicode9 | undefined;

function unicode9Patterns(): Unicode9 {
	if (unicode9) return unicode9;
	let unassigned = '';
	for (const [first, last] of unassignedInUnicode9())
		unassigned += `\\u{${first.toString(16)}}-\\u{${last.toString(16)}}`;
	const joining = `(?![${unassigned}])[${JOINING}]`;
	const source = `(?<later>[${unassigned}])|[^${JOINING}](?:${joining})*|(?:${joining})+`;
	unicode9 = { later: new RegExp(`[${unassigned}]`, 'u'), segments: new RegExp(source, 'gsu') };
	return unicode9;
}

/**
 * Creates the normalizer for a Unicode normalization form. `'9.0'` behaves like Hugging Face's Rust library: code
 * points that are unassigned in Unicode 9.0 stay unchanged, and the text on either side is normalized separately.
 * `'latest'` behaves like the JavaScript engine.
 */
export function createUnicodeNormalizer(form: UnicodeForm, unicode: '9.0' | 'latest') {
	// Characters before U+0300 (NFC) or U+00A0 (other forms) neither change nor combine.
	const firstActiveLead = form === 'NFC' ? 0xcc : 0xc2;
	const builder = new AlignedBuilder();

	return (text: AlignedText): AlignedText => {
		const { bytes, start, end } = text;
		let first = start;
		while (first < end && bytes[first] < firstActiveLead) first++;
		if (first === end) return text;
		const whole = decodeUtf8(bytes.subarray(start, end));
		// This is cheap, because V8 returns the same string if ICU's quick check passes.
		if (normalizeByHost(whole, form) === whole) return text;

		builder.begin(text);
		for (let at = start; at < end;) {
			let chunkEnd = Math.min(at + CHUNK_BYTES, end);
			// A chunk may end before an ASCII character, which never combines with the previous character.
			while (chunkEnd < end && bytes[chunkEnd] >= 0x80) chunkEnd++;
			normalizeChunk(bytes, at, chunkEnd);
			at = chunkEnd;
		}
		return builder.finish();
	};

	function normalizeChunk(bytes: Uint8Array, start: number, end: number) {
		const chunk = decodeUtf8(bytes.subarray(start, end));
		if (normalizeByHost(chunk, form) === chunk) return;
		// Few texts contain code points unassigned in Unicode 9.0, and the pattern without a group for them is faster.
		const hasLater = unicode === '9.0' && unicode9Patterns().later.test(chunk);
		let at = start;
		for (const match of chunk.matchAll(hasLater ? unicode9Patterns().segments : SEGMENTS)) {
			const segment = match[0];
			const next = at + byteLength(segment);
			const normalized = match.groups?.later ? segment : normalizeByHost(segment, form);
			if (normalized !== segment) replaceMiddle(builder, at, next, segment, normalized);
			at = next;
		}
	}
}

/**
 * Normalizes with the Unicode version of the JavaScript engine. The result is the same on every host with Unicode 9.0
 * or newer for text whose characters are all assigned in 9.0, because Unicode guarantees the stability of normal forms.
 */
function normalizeByHost(text: string, form: UnicodeForm): string {
	// eslint-disable-next-line no-restricted-syntax -- hosts differ only as described above
	return text.normalize(form);
}

/** Replaces a segment, preserving the alignment of unchanged characters at its start and end. */
function replaceMiddle(
	builder: AlignedBuilder,
	start: number,
	end: number,
	before: string,
	after: string
): void {
	let head = 0;
	const shorter = Math.min(before.length, after.length);
	while (head < shorter && before.charCodeAt(head) === after.charCodeAt(head)) head++;
	if (head > 0 && isHighSurrogate(before.charCodeAt(head - 1))) head--;
	let tail = 0;
	const unit = (text: string, back: number) => text.charCodeAt(text.length - back);
	while (tail < shorter - head && unit(before, tail + 1) === unit(after, tail + 1)) tail++;
	if (tail > 0 && isLowSurrogate(unit(before, tail))) tail--;

	const middleStart = head === 0 ? start : start + byteLength(before.slice(0, head));
	const middleEnd = tail === 0 ? end : end - byteLength(before.slice(before.length - tail));
	const middle = encodeUtf8(after.slice(head, after.length - tail));
	builder.replace(middle, middleStart, middleEnd);
}
