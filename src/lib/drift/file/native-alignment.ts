import { Field, parsePreTokenizer, Pretokens, createPreTokenizer } from '../../engine/stages';
import { decodeUtf8, encodeUtf8 } from '../../engine/text';
import { nativeRegex } from './native-regex';
import {
	flatten,
	type NativeNormalizer,
	type NativePreTokenizer,
	type NativeReplace
} from './native-stages';
import { outOfBounds, Undecided, type Panic } from './serde';

/** Letters stay together in every pre-tokenizer that does not split by length. */
const SAMPLES = ['ab', 'Hello', ' ab', 'ab '];

/**
 * A text and how many of its first characters stand for nothing of the original text. There are some
 * if a normalizer put them before the first character without replacing it. Native then takes the rest
 * for the whole text when it rewrites that, and runs past the end.
 */
interface Aligned {
	readonly text: readonly string[];
	readonly detached: number;
}

/**
 * Normalizes some texts and rewrites their pieces.
 * @throws Panic if native runs past the end of one
 */
export function panicInAlignment(
	normalizer: NativeNormalizer,
	preTokenizer: NativePreTokenizer | null
): void {
	const results = SAMPLES.map((sample) =>
		normalizeAligned(normalizer, { text: [...sample], detached: 0 })
	);
	if (results.some(({ detached }) => detached > 0)) panicInByteLevel(preTokenizer, results);
}

function normalizeAligned(normalizer: NativeNormalizer, aligned: Aligned): Aligned {
	const { text, detached } = aligned;
	if (text.length === 0) return aligned;
	switch (normalizer.type) {
		case 'Sequence':
			return normalizer.steps.reduce((current, step) => normalizeAligned(step, current), aligned);
		case 'Prepend': {
			const added = [...normalizer.prepend];
			if (added.length === 0) return { text, detached: Math.max(detached, 1) };
			return { text: [...added, ...text], detached: detached > 0 ? detached + added.length : 0 };
		}
		case 'Replace':
			return replaceAligned(normalizer, aligned);
		case 'Strip':
			return stripAligned(normalizer, aligned);
		case 'Precompiled':
			panicInTrie(normalizer.trie);
			if (detached > 0) throw new Undecided('Precompiled after detached text');
			return aligned;
		case 'whole':
			return rewriteAligned(aligned);
		case 'other':
			return aligned;
	}
}

/** Every character is looked up; its first byte must lead to a unit of the trie. */
function panicInTrie(trie: readonly number[]): void {
	if (trie.length === 0) throw outOfBounds(0, 0);
	const [root] = trie;
	const offset = (root >>> 10) << ((root & 0x200) >> 6);
	for (let letter = 0x61; letter <= 0x7a; letter++) {
		const index = offset ^ letter;
		if (index >= trie.length) throw outOfBounds(trie.length, index);
	}
}

function replaceAligned(replace: NativeReplace, { text, detached }: Aligned): Aligned {
	const whole = text.join('');
	const detachedEnd = text.slice(0, detached).join('').length;
	let replaced = '';
	let stillDetached = 0;
	let last = 0;
	const append = (part: string, isDetached: boolean): void => {
		replaced += part;
		if (isDetached) stillDetached += [...part].length;
	};
	const appendKept = (start: number, end: number): void => {
		const middle = Math.max(start, Math.min(end, detachedEnd));
		append(whole.slice(start, middle), true);
		append(whole.slice(middle, end), false);
	};
	for (const match of whole.matchAll(nativeRegex(replace.pattern))) {
		appendKept(last, match.index);
		const end = match.index + match[0].length;
		append(replace.content, end <= detachedEnd);
		last = end;
	}
	appendKept(last, whole.length);
	return { text: [...replaced], detached: stillDetached };
}

function stripAligned(
	{ strip_left, strip_right }: { readonly strip_left: boolean; readonly strip_right: boolean },
	{ text, detached }: Aligned
): Aligned {
	const whole = text.join('');
	const leading = strip_left ? whole.length - whole.trimStart().length : 0;
	const trailing = strip_right ? whole.length - whole.trimEnd().length : 0;
	if (leading + trailing === 0) return { text, detached };
	if (detached > trailing && detached < text.length) throw pastTheEnd(whole);
	if (detached > 0) throw new Undecided('Strip after detached text');
	return { text: text.slice(leading, text.length - trailing), detached };
}

function rewriteAligned(aligned: Aligned): Aligned {
	const { text, detached } = aligned;
	if (detached > 0 && detached < text.length) throw pastTheEnd(text.join(''));
	return aligned;
}

function pastTheEnd(text: string): Panic {
	const { length } = encodeUtf8(text);
	return outOfBounds(length, length);
}

/** ByteLevel rewrites each piece as a whole; only the first can have detached characters. */
function panicInByteLevel(
	preTokenizer: NativePreTokenizer | null,
	samples: readonly Aligned[]
): void {
	const steps = flatten(preTokenizer);
	const at = steps.findIndex(({ type }) => type === 'ByteLevel');
	if (at < 0) return;
	const before = steps.slice(0, at).map(({ json }) => json);
	const split = runnable(() => {
		const spec = parsePreTokenizer(new Field({ type: 'Sequence', pretokenizers: before }, ''));
		return spec && createPreTokenizer(spec);
	});
	if (!split || JSON.stringify(before).includes('"Metaspace"')) {
		throw new Undecided('pre-tokenizers after detached text');
	}
	for (const { text, detached } of samples) {
		const bytes = encodeUtf8(text.join(''));
		const whole = new Pretokens();
		whole.reset({ bytes, start: 0, end: bytes.length, origin: null }, false).add(0, bytes.length);
		const { text: pieces, starts, ends } = split(whole);
		const first = decodeUtf8(pieces.bytes.subarray(starts.data[0], ends.data[0]));
		if (/^[A-Za-z]+$/.test(first)) rewriteAligned({ text: [...first], detached });
	}
	throw new Undecided('no sample shows whether ByteLevel panics');
}

/** What the engine makes of a stage, or `null` if it cannot read or run it. */
export function runnable<T>(create: () => T): T | null {
	try {
		return create();
	} catch (unsupported) {
		if (unsupported instanceof Error) return null;
		throw unsupported;
	}
}
