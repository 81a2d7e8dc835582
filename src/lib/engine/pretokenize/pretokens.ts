import type { CorePattern } from '../core-pattern';
import type { ByteSource } from '../structures/byte-table';
import { IntBuffer } from '../structures/arrays';
import { NO_TEXT, type AlignedText, AlignedBuilder } from '../text/aligned';

/**
 * The pre-tokens of a text, in order: pre-token `i` is bytes [starts[i], ends[i]). Pre-tokens do not overlap and are
 * never empty. Text between pre-tokens was removed.
 */
export class Pretokens {
	text = NO_TEXT;
	readonly starts = new IntBuffer(64);
	readonly ends = new IntBuffer(64);
	/**
	 * Whether an earlier step was ByteLevel. In Hugging Face's library, ByteLevel replaces each byte with a character of
	 * GPT-2's alphabet. Here, the bytes stay unchanged, but later patterns are matched as if they had been replaced.
	 */
	byteLevel = false;

	reset(text: AlignedText, byteLevel: boolean): this {
		this.text = text;
		this.byteLevel = byteLevel;
		this.starts.clear();
		this.ends.clear();
		return this;
	}

	/** Adds bytes [start, end) as the next pre-token, unless the range is empty. */
	add(start: number, end: number): void {
		if (start >= end) return;
		this.starts.push(start);
		this.ends.push(end);
	}
}

/**
 * One step of pre-tokenization: splits every pre-token further and may rewrite the text. The result is valid until the
 * next call to the same step.
 */
export type PreTokenizer = (pretokens: Pretokens) => Pretokens;

/**
 * Splits `source[start, end)` (well-formed UTF-8) into pre-tokens: appends the end byte (exclusive) of each to `ends`.
 * The pre-tokens cover the range without gaps. Bytes outside the range are ignored.
 */
export interface Scanner {
	(source: ByteSource, start: number, end: number, ends: IntBuffer): void;
	/** The scanner's pattern, if the core can scan it. */
	readonly pattern?: CorePattern;
}

/**
 * Creates a step that rewrites every pre-token.
 * @param rewrite rewrites bytes [start, end) of a text
 */
export function createRewrite(
	rewrite: (builder: AlignedBuilder, text: AlignedText, start: number, end: number) => void
): PreTokenizer {
	const builder = new AlignedBuilder();
	const rewritten = new Pretokens();
	return (pretokens) => {
		const { text, starts, ends, byteLevel } = pretokens;
		builder.begin(text);
		rewritten.reset(text, byteLevel);
		for (let i = 0; i < starts.length; i++) {
			builder.skipTo(starts.data[i]);
			const from = builder.length;
			rewrite(builder, text, starts.data[i], ends.data[i]);
			builder.copyTo(ends.data[i]);
			rewritten.add(from, builder.length);
		}
		if (!builder.isChanged) return pretokens;
		builder.skipTo(text.end);
		rewritten.text = builder.finish();
		return rewritten;
	};
}
