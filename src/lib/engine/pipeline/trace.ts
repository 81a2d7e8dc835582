import type { AddedTokenSpec } from '../spec';
import type { BpeModel } from '../model/bpe';
import type { PretokenTrace } from '../model/types';
import type { IntBuffer } from '../structures/arrays';
import { originEnd, originStart, type AlignedText } from '../text/aligned';
import type { WalkVisitor } from './walk';

/** A pre-token with its span in the original text, its bytes as the model sees them, and its merges. */
export interface TracedPretoken extends PretokenTrace {
	/** Called `piece` in the command line's JSON output. */
	readonly kind: 'piece';
	readonly byteStart: number;
	readonly byteEnd: number;
	readonly bytes: Uint8Array;
}

/** An added token with its span in the original text. */
export interface TracedAddedToken {
	readonly kind: 'added';
	readonly byteStart: number;
	readonly byteEnd: number;
	readonly id: number;
}

/** The pre-tokens and added tokens of a text, in order. */
export type MergeTrace = readonly (TracedPretoken | TracedAddedToken)[];

export class TraceBuilder implements WalkVisitor {
	readonly trace: (TracedPretoken | TracedAddedToken)[] = [];

	constructor(readonly model: BpeModel) {}

	added({ id }: AddedTokenSpec, text: AlignedText, from: number, to: number): void {
		const byteStart = originStart(text, from);
		this.trace.push({ kind: 'added', byteStart, byteEnd: originEnd(text, to), id });
	}

	pretokens(text: AlignedText, start: number, ends: IntBuffer, from: number, to: number): void {
		let at = start;
		for (let i = from; i < to; i++) {
			const end = ends.data[i];
			const bytes = text.bytes.slice(at, end);
			const byteStart = originStart(text, at);
			const byteEnd = originEnd(text, end);
			const pretoken = this.model.tracePretoken(bytes);
			this.trace.push({ kind: 'piece', byteStart, byteEnd, bytes, ...pretoken });
			at = end;
		}
	}
}
