/**
 * How a tokenizer normalizes and splits texts before the model: a fixed set of texts in which characters of every kind
 * meet, and what of the result can matter.
 */
import type { TokenizerSpec, Vocabulary } from '../../engine';
import { EXTRAS, Walk, type WalkVisitor } from '../../engine/stages';
import { encodeUtf8 } from '../../engine/text';
import { KINDS } from '../probes/telling';

/** Code points that are tried one by one: `[first, last, step]`. Of large alphabets that every pattern treats alike, a few. */
const SWEPT: readonly (readonly [number, number, number])[] = [
	[0x0, 0x33ff, 1],
	[0x3400, 0x4dbf, 0x7f],
	[0x4dc0, 0x4dff, 1],
	[0x4e00, 0x9fff, 0x7f],
	[0x9fa0, 0x9fff, 1],
	[0xa000, 0xa48f, 0x1f],
	[0xa490, 0xabff, 1],
	[0xac00, 0xd7a3, 0x7f],
	[0xd7a0, 0xd7ff, 1],
	[0xe000, 0xf8ff, 0x3ff],
	[0xf8ff, 0x10fff, 1],
	[0x11000, 0x12fff, 7],
	[0x13000, 0x1afff, 0x3f],
	[0x1b000, 0x1cfff, 0x1f],
	[0x1d000, 0x1d7ff, 5],
	[0x1d7ce, 0x1d7ff, 1],
	[0x1d800, 0x1e7ff, 0x1f],
	[0x1e800, 0x1ffff, 3],
	[0x20000, 0x3ffff, 0xfff],
	[0xe0000, 0xe01ff, 0xf]
];

/** Characters beside a swept one: whether it joins a word, a number, a space or a capital. */
const NEIGHBOURS = ['a', ' ', '1', 'A'];
/** Code points per text. */
const ROW = 32;

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];
const ASCII = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i));
const RUN_UNITS = [...' \n\taA10.-_=é中\u3000'];
const RUN_LENGTHS = [
	...Array.from({ length: 20 }, (_, i) => i + 2),
	...[31, 32, 33, 63, 64, 65, 99, 100, 101, 127, 128, 129, 255, 256, 257]
];

/** All texts, always the same. */
function* splitTexts(): Generator<string> {
	for (const neighbour of NEIGHBOURS) {
		let row = '';
		let count = 0;
		for (const [first, last, step] of SWEPT) {
			for (let code = first; code <= last; code += step) {
				const character = String.fromCodePoint(code);
				row += neighbour + character + character;
				if (++count % ROW > 0) continue;
				yield row + neighbour;
				row = '';
			}
		}
		yield row + neighbour;
	}
	for (const one of KINDS) {
		for (const two of KINDS) for (const three of KINDS) yield one + two + three;
	}
	for (const one of ASCII) for (const two of ASCII) yield `${one}${two}a`;
	yield* strings([...' \n\r\ta.'], 5);
	for (const one of LETTERS) {
		for (const quote of ["'", '’']) yield `I${quote}${one}x I${quote}${one.toUpperCase()}x`;
		for (const two of LETTERS) {
			yield `I'${one}${two}x`;
			yield `I'${one.toUpperCase()}${two.toUpperCase()}X`;
		}
	}
	for (const unit of RUN_UNITS) {
		for (const length of RUN_LENGTHS) yield `${unit.repeat(length)}b`;
	}
}

/** Every string of 1 to `maxLength` of these characters. */
function* strings(characters: readonly string[], maxLength: number): Generator<string> {
	if (maxLength === 0) return;
	for (const first of characters) {
		yield first;
		for (const rest of strings(characters, maxLength - 1)) yield first + rest;
	}
}

/** The texts as UTF-8, back to back, and the end of each. */
let encoded: Vocabulary | null = null;

function encodedTexts(): Vocabulary {
	if (encoded) return encoded;
	const texts = [...splitTexts()].map((text) => encodeUtf8(text));
	const ends = new Uint32Array(texts.length);
	const bytes = new Uint8Array(texts.reduce((sum, { length }) => sum + length, 0));
	let at = 0;
	for (const [i, text] of texts.entries()) {
		bytes.set(text, at);
		ends[i] = at += text.length;
	}
	return (encoded = { bytes, ends });
}

/** Bytes that UTF-8 does not have, between pre-tokens and after a text. */
const BOUNDARY = 0xff;
const END = 0xfe;

/**
 * What the model gets of each text: the bytes of all pre-tokens, and the boundaries that matter. A boundary does not if no
 * token has the two bytes around it side by side, because then no merge crosses it anyway.
 */
export function splitBytes(spec: TokenizerSpec): Uint8Array<ArrayBuffer> {
	const walk = new Walk({ ...spec, added_tokens: [] }, EXTRAS);
	const meets = meetingBytes(spec);
	const { bytes, ends } = encodedTexts();
	let output = new Uint8Array(2 * bytes.length);
	let length = 0;
	const visitor: WalkVisitor = {
		added: () => undefined,
		pretokens(text, start, boundaries, from, to) {
			const needed = length + 2 * (boundaries.data[to - 1] - start) + 2;
			if (needed > output.length) {
				const longer = new Uint8Array(2 * needed);
				longer.set(output.subarray(0, length));
				output = longer;
			}
			let at = start;
			for (let i = from; i < to; i++) {
				const end = boundaries.data[i];
				if (at === end) continue;
				if (length > 0 && meets[(output[length - 1] << 8) | text.bytes[at]] === 1) {
					output[length++] = BOUNDARY;
				}
				while (at < end) output[length++] = text.bytes[at++];
			}
		}
	};
	for (let i = 0, start = 0; i < ends.length; start = ends[i++]) {
		const text = bytes.subarray(start, ends[i]);
		walk.run({ bytes: text, start: 0, end: text.length, origin: null }, 'text', visitor);
		output[length++] = END;
	}
	return output.slice(0, length);
}

/** By two bytes, the first in the higher half: 1 if some token has them side by side, or pre-tokens matter otherwise. */
function meetingBytes({ model, added_tokens }: TokenizerSpec): Uint8Array {
	const meets = new Uint8Array(1 << 16);
	const { vocabulary, unk_token, fuse_unk, byte_fallback } = model;
	// Affixes depend on where a pre-token begins and ends, fused unknown tokens on what is beside them.
	const matters =
		model.continuing_subword_prefix ??
		model.end_of_word_suffix ??
		(unk_token !== null && fuse_unk && !byte_fallback && !model.byte_level);
	if (matters) return meets.fill(1, 0, BOUNDARY << 8);
	const added = new Set(added_tokens.map(({ id }) => id));
	for (let id = 0, at = 0; id < vocabulary.ends.length; id++) {
		if (added.has(id)) {
			at = vocabulary.ends[id];
			continue;
		}
		for (const end = vocabulary.ends[id]; at < end; at++) {
			if (at + 1 < end) meets[(vocabulary.bytes[at] << 8) | vocabulary.bytes[at + 1]] = 1;
		}
	}
	return meets;
}
