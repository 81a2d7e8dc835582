import type { DecoderSpec } from '../spec';
import { concatenate } from '../structures/arrays';
import type { Extras } from '../text/extras';
import {
	byteLevelBytes,
	createByteFallback,
	createDecoder,
	flatten,
	readMetaspace,
	readSuffix,
	readWordPiece,
	type SimpleDecoder,
	type StreamStep
} from './decoder';

/** Decodes ids as they arrive. All texts up to an end together are what `decode` makes of all ids. */
export interface DecodeStream {
	/**
	 * Text that these ids complete. What later ids may change waits:
	 * - the bytes of an unfinished character, for the rest of it;
	 * - a run of SentencePiece's byte tokens, for its end, because one invalid byte makes all of it U+FFFD;
	 * - the last token if the decoder marks the ends of words (BPEDecoder), for the next one;
	 * - everything, until `end`, if the decoder replaces or strips at the end of the fused text.
	 * @throws RangeError for an id without a token; the ids are then ignored
	 */
	push(ids: ArrayLike<number>): string;
	/** The text that still waited. The next `push` begins a new text. */
	end(): string;
}

/** Creates the steps of a stream for the decoder of a spec. @throws Error if a pattern cannot be translated */
export function createDecodeSteps(
	spec: DecoderSpec | null,
	extras: Extras
): () => readonly StreamStep[] {
	if (spec === null) return () => [spaceBetween()];
	const decoders = flatten(spec);
	// From here on the tokens are parts of one string.
	const fused = decoders.findIndex(({ type }) => type === 'Fuse' || type === 'ByteLevel') + 1;
	const separate = fused === 0 ? decoders : decoders.slice(0, fused);
	const whole = fused === 0 ? [] : decoders.slice(fused).filter(({ type }) => type !== 'Fuse');
	const create = separate.map((decoder) => createStep(decoder, extras));
	for (const [i, decoder] of whole.entries()) {
		if (decoder.type === 'Strip' && decoder.stop === 0) {
			create.push(() => stripStart(decoder));
			continue;
		}
		const rest = whole.slice(i).map((one) => createDecoder(one, extras));
		create.push(() =>
			waitForAll((text) => rest.reduce<readonly string[]>((tokens, step) => step(tokens), [text]))
		);
		break;
	}
	return () => create.map((step) => step());
}

function createStep(decoder: SimpleDecoder, extras: Extras): () => StreamStep {
	switch (decoder.type) {
		case 'ByteLevel':
			return () => {
				const text = streamText();
				return (tokens, isEnd) => [text(tokens.map(byteLevelBytes), isEnd)];
			};
		case 'Fuse':
			return () => (tokens) => tokens;
		case 'ByteFallback':
			return createByteFallback;
		case 'Metaspace':
			return () => firstKnown((token, isFirst) => readMetaspace(token, decoder, isFirst));
		case 'WordPiece':
			return () => firstKnown((token, isFirst) => readWordPiece(token, decoder, isFirst));
		case 'BPEDecoder':
			return () => lastKnown((token, isLast) => readSuffix(token, decoder, isLast));
		case 'Replace':
		case 'Strip': {
			const step = createDecoder(decoder, extras);
			return () => step;
		}
	}
}

/** Decodes UTF-8 in parts. Each maximal ill-formed part becomes one U+FFFD. */
export function streamText(): (parts: readonly Uint8Array[], isEnd: boolean) => string {
	const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
	return (parts, isEnd) => decoder.decode(concatenate(parts), { stream: !isEnd });
}

/** Without a decoder the reference puts spaces between tokens. */
const spaceBetween = (): StreamStep =>
	firstKnown((token, isFirst) => (isFirst ? token : ` ${token}`));

/** A step to which only the first token is special. */
function firstKnown(read: (token: string, isFirst: boolean) => string): StreamStep {
	let isFirst = true;
	return (tokens) =>
		tokens.map((token) => {
			const text = read(token, isFirst);
			isFirst = false;
			return text;
		});
}

/** A step to which only the last token is special. */
function lastKnown(read: (token: string, isLast: boolean) => string): StreamStep {
	let last: string[] = [];
	return (tokens, isEnd) => {
		const all = [...last, ...tokens];
		last = isEnd ? [] : all.slice(-1);
		const known = isEnd ? all : all.slice(0, -1);
		return known.map((token, i) => read(token, isEnd && i === known.length - 1));
	};
}

/** Strips the start of a text that arrives in parts. */
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

/** A step that needs the whole text. */
function waitForAll(read: (text: string) => readonly string[]): StreamStep {
	let text = '';
	return (parts, isEnd) => {
		text += parts.join('');
		return isEnd ? read(text) : [];
	};
}
