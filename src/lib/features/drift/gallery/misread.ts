/** Finds what a model reads if its input ids come from the wrong tokenizer. */
import type { Encoding } from '../../../engine';

/** A token that the model reads as a different token. */
interface Misread {
	/** Text that the id stands for in B, without surrounding spaces. */
	readonly text: string;
	readonly id: number;
	/** Text that the id stands for in A, without surrounding spaces. */
	readonly reads: string;
}

export interface SentenceReading {
	/** The clearest misread token; `null` if no token with letters is misread. */
	readonly example: Misread | null;
	/** What the model reads, divided into correct and wrong parts. */
	readonly parts: readonly { readonly text: string; readonly isWrong: boolean }[];
}

const WORD = /^ \p{L}{3,}$/u;
const LETTER = /\p{L}/u;

/**
 * Compares B's tokens with what the same ids mean in A.
 * @param document UTF-8 of the text that B encoded
 * @param read the same ids decoded by A, with the bytes of their tokens
 */
export function readSentence(
	document: Uint8Array,
	{ ids, byteStarts, byteEnds }: Encoding,
	read: { readonly document: Uint8Array; readonly encoding: Encoding }
): SentenceReading {
	const decoder = new TextDecoder();
	const { byteStarts: starts, byteEnds: ends } = read.encoding;
	const tokens = Array.from(ids, (id, i) => {
		const sent = document.subarray(byteStarts[i], byteEnds[i]);
		const received = read.document.subarray(starts[i], ends[i]);
		const isWrong = sent.join() !== received.join();
		return { id, text: decoder.decode(sent), reads: decoder.decode(received), isWrong };
	});
	const misread = tokens.filter(
		({ isWrong, text, reads }) => isWrong && LETTER.test(text) && LETTER.test(reads)
	);
	const found =
		misread.find(
			(token) =>
				[token.text, token.reads].every((text) => WORD.test(text)) &&
				!/^\p{L}/u.test(tokens[tokens.indexOf(token) + 1]?.text ?? '')
		) ?? misread.at(0);

	const parts: { text: string; isWrong: boolean }[] = [];
	for (let from = 0, i = 1; i <= tokens.length; i++) {
		const { isWrong } = tokens[from];
		if (tokens[i]?.isWrong === isWrong) continue;
		// The tokens of a part are decoded together, because a character may span several tokens.
		parts.push({
			text: decoder.decode(read.document.subarray(starts[from], ends[i - 1])),
			isWrong
		});
		from = i;
	}
	return {
		example: found ? { id: found.id, text: found.text.trim(), reads: found.reads.trim() } : null,
		parts
	};
}
