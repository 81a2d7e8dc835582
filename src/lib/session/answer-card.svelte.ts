import type { Progress } from '../workers/protocol';
import { reasonOf } from './format';
import type { SpellResult } from './calls/tokenizing';

/** An encoding to draw, with the bytes that its offsets refer to: the text, or the bytes of the ids. */
export type Drawn = SpellResult;

/** Whether a tokenizer has no token for part of the text, so that its count says too little. */
export const dropsText = ({ encoding }: Pick<Drawn, 'encoding'>): boolean =>
	(encoding.droppedBytes ?? 0) > 0;

/** Time after which an answer is late. A note that comes and goes would move what is below, and a fading one flicker. */
const LATE_MS = 300;

/** One tokenizer's answer as it is shown. Each part changes separately, so that progress redraws no token. */
export class Card {
	/** `ready` if `drawn` is of the current input. */
	status = $state<'loading' | 'ready' | 'error'>('loading');
	/** It may lag behind the input, as the status tells. */
	drawn = $state.raw<Drawn | null>(null);
	/** One byte per token of `drawn`: 1 if the tokenizers differ there. `null` if they are not compared. */
	differs = $state.raw<Uint8Array | null>(null);
	/** Whether the answer is awaited for longer than `LATE_MS`. */
	isLate = $state(false);
	#progress = $state.raw<Progress | null>(null);
	#timer: ReturnType<typeof setTimeout> | undefined;
	/** `retry` if asking again may help. */
	error = $state.raw<{ readonly message: string; readonly retry: boolean } | null>(null);

	/** Progress of an answer that is late. */
	get progress(): Progress | null {
		return this.isLate ? this.#progress : null;
	}

	/** Waits for an answer to a new input. A card that waits already, while someone types, stays as it is. */
	wait(): void {
		this.status = 'loading';
		this.error = null;
		this.#timer ??= setTimeout(() => (this.isLate = true), LATE_MS);
	}

	report(progress: Progress): void {
		this.#progress = progress;
	}

	show(drawn: Drawn, differs: Uint8Array | null): void {
		this.status = 'ready';
		this.drawn = drawn;
		this.differs = differs;
		this.error = null;
		this.#endWait();
	}

	fail(error: unknown): void {
		this.status = 'error';
		this.drawn = null;
		this.#endWait();
		const retry = error instanceof Error && 'retry' in error && error.retry === true;
		this.error = { message: reasonOf(error), retry };
	}

	#endWait(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		this.isLate = false;
		this.#progress = null;
	}
}
