import type { DecoderSpec } from '../spec';
import type { Extras } from '../text/extras';
import { createDecoder, createStep, firstKnown, flatten, type StreamStep } from './decoder';

/**
 * Decodes ids as they arrive. Concatenated, the returned texts (including the one from `end`) equal what `decode`
 * returns for all ids.
 */
export interface DecodeStream {
	/**
	 * Decodes the next ids and returns all text that later ids can't change. Holds back the rest:
	 * - the bytes of an incomplete character, until the rest of it arrives;
	 * - a run of SentencePiece's byte tokens, until it ends, because a single invalid byte turns the whole run into
	 *   U+FFFD;
	 * - the last token, until the next one arrives, if the decoder marks the ends of words (BPEDecoder);
	 * - everything, until `end`, if the decoder replaces text in the fused text or strips its end.
	 * @throws RangeError for an id without a token; in this case, none of the ids is decoded
	 */
	push(ids: ArrayLike<number>): string;
	/** Returns the text still held back. The next `push` begins a new text. */
	end(): string;
}

/** Creates the steps that decode a stream of token strings. @throws Error if a pattern cannot be translated */
export function createDecodeSteps(
	spec: DecoderSpec | null,
	extras: Extras
): () => readonly StreamStep[] {
	if (spec === null) return () => [spaceBetween()];
	const decoders = flatten(spec);
	const fused = decoders.findIndex(({ type }) => type === 'Fuse' || type === 'ByteLevel') + 1;
	const separate = fused === 0 ? decoders : decoders.slice(0, fused);
	const whole = fused === 0 ? [] : decoders.slice(fused).filter(({ type }) => type !== 'Fuse');
	const create = separate.map((decoder) => createStep(decoder, extras));
	for (const [i, decoder] of whole.entries()) {
		if (decoder.type === 'Strip' && decoder.stop === 0) {
			create.push(() => stripStart(decoder));
			continue;
		}
		const rest = createDecoder({ type: 'Sequence', decoders: whole.slice(i) }, extras);
		create.push(() => waitForAll((text) => rest([text])));
		break;
	}
	return () => create.map((step) => step());
}

/** Without a decoder, the reference joins tokens with spaces. */
const spaceBetween = (): StreamStep =>
	firstKnown((token, isFirst) => (isFirst ? token : ` ${token}`));

function stripStart({ content, start }: Extract<DecoderSpec, { type: 'Strip' }>): StreamStep {
	let left = content === '' ? 0 : start;
	let held = '';
	return (parts, isEnd) => {
		let text = held + parts.join('');
		held = '';
		for (; left > 0 && text.startsWith(content); left--) text = text.slice(content.length);
		if (left > 0 && !isEnd && content.startsWith(text)) {
			held = text;
			return [];
		}
		left = 0;
		return [text];
	};
}

function waitForAll(read: (text: string) => readonly string[]): StreamStep {
	let text = '';
	return (parts, isEnd) => {
		text += parts.join('');
		return isEnd ? read(text) : [];
	};
}
