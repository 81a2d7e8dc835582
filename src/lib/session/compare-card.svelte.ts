import type { Progress } from '../workers/protocol';
import { reasonOf } from './format';
import type { SpellResult } from './worker/tokenizing';

/** An encoding to draw, with the bytes that its offsets refer to: the text, or the bytes of the ids. */
export type Drawn = SpellResult;

/** One tokenizer's answer as it is shown. Each part changes separately, so that progress redraws no token. */
export class Card {
	/** `ready` if `drawn` is of the current input. */
	status = $state<'loading' | 'ready' | 'error'>('loading');
	/** It may lag behind the input, as the status tells. */
	drawn = $state.raw<Drawn | null>(null);
	/** One byte per token of `drawn`: 1 if the tokenizers differ there. `null` if they are not compared. */
	differs = $state.raw<Uint8Array | null>(null);
	progress = $state.raw<Progress | null>(null);
	/** `retry` if asking again may help. */
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

	fail(error: unknown): void {
		this.status = 'error';
		this.drawn = null;
		this.progress = null;
		const retry = error instanceof Error && 'retry' in error && error.retry === true;
		this.error = { message: reasonOf(error), retry };
	}
}
