import type { Encoding, TokenizerSpec } from '../../engine';
import {
	createDecoder,
	createNormalizer,
	Pretokens,
	createPreTokenizer
} from '../../engine/stages';
import { byteLength, decodeUtf8, encodeUtf8 } from '../../engine/text';
import { tokenString } from '../token-texts';
import type { Stage, StageSpecs } from './steps';

/** What a stage makes of an input, as texts that can be compared and shown. */
export type StageRun = (input: string) => readonly string[];

/** The ids of a text. */
export type Encode = (text: string) => Pick<Encoding, 'ids'>;

/**
 * Runs one stage by itself: a normalizer gives a text, a pre-tokenizer pieces, a decoder the text of
 * the tokens that `encode` gives with the vocabulary of `base`.
 * @param before what stands before the input in its text and is not cut, such as an added token
 * @throws Error for a pattern that cannot be translated
 */
export function runStage<S extends Stage>(
	stage: S,
	spec: StageSpecs[S] | null,
	base: TokenizerSpec,
	encode: Encode,
	before = ''
): StageRun {
	switch (stage) {
		case 'normalizer':
			return runNormalizer(spec as StageSpecs['normalizer'] | null);
		case 'pre_tokenizer':
			return runPreTokenizer(spec as StageSpecs['pre_tokenizer'] | null, before);
		default:
			return runDecoder(spec as StageSpecs['decoder'] | null, base, encode);
	}
}

function asText(input: string) {
	const bytes = encodeUtf8(input);
	return { bytes, start: 0, end: bytes.length, origin: null };
}

function runNormalizer(spec: StageSpecs['normalizer'] | null): StageRun {
	if (spec === null) return (input) => [input];
	const normalize = createNormalizer(spec);
	return (input) => {
		const { bytes, start, end } = normalize(asText(input));
		return [decodeUtf8(bytes.subarray(start, end))];
	};
}

function runPreTokenizer(spec: StageSpecs['pre_tokenizer'] | null, before: string): StageRun {
	if (spec === null) return (input) => [input];
	const cut = createPreTokenizer(spec);
	const whole = new Pretokens();
	const start = byteLength(before);
	return (input) => {
		const text = asText(before + input);
		whole.reset(text, false).add(start, text.end);
		const { text: cutText, starts, ends } = cut(whole);
		const pieces: string[] = [];
		for (let i = 0; i < starts.length; i++) {
			pieces.push(decodeUtf8(cutText.bytes.subarray(starts.data[i], ends.data[i])));
		}
		return pieces;
	};
}

function runDecoder(
	spec: StageSpecs['decoder'] | null,
	base: TokenizerSpec,
	encode: Encode
): StageRun {
	const decode = spec && createDecoder(spec);
	return (input) => {
		const tokens = Array.from(encode(input).ids, (id) => tokenString(base, id) ?? '');
		return [decode ? decode(tokens).join('') : tokens.join(' ')];
	};
}
