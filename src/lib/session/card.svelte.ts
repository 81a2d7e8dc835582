import type { Encoding } from '../engine';
import type { Progress } from '../workers/protocol';
import type { TokenizingCalls } from './worker/tokenizing';

/** An encoding to draw. It may lag behind the input; the card's status says so. */
export interface Drawn {
	/** UTF-8 that the offsets refer to: the text, or the bytes of the ids. */
	readonly document: Uint8Array;
	readonly encoding: Encoding;
	readonly distinct: number;
	readonly vocabularySize: number;
	/** Ids that the tokenizer does not have. */
	readonly outOfRange: TokenizingCalls['spell']['result']['outOfRange'];
}

/** One tokenizer's answer as it is shown. Every part changes on its own, so that progress redraws no token. */
export class Card {
	/** `ready` only if `drawn` is of the current input. */
	status = $state<'loading' | 'ready' | 'error'>('loading');
	drawn = $state.raw<Drawn | null>(null);
	/** One byte per token of `drawn`, 1 if the tokenizers differ there; `null` if they are not compared. */
	differs = $state.raw<Uint8Array | null>(null);
	progress = $state.raw<Progress | null>(null);
	error = $state.raw<{ readonly message: string; readonly retry: boolean } | null>(null);

	wait(): void {
		this.status = 'loading';
		this.error = null;
		this.progress = null;
	}

	show(drawn: Drawn, differs: Uint8Array | null): void {
		this.status = 'ready';
		this.drawn = drawn;
		this.differs = differs;
		this.progress = null;
		this.error = null;
	}

	fail(error: { readonly message: string; readonly retry: boolean }): void {
		this.status = 'error';
		this.drawn = null;
		this.progress = null;
		this.error = error;
	}
}
