import type { Damage } from '../../analysis/damage/types';
import type { DamageFindings } from '../../analysis/drift/types';
import type { RequestOptions } from '../../workers/client';
import type { Calls, Progress } from '../../workers/protocol';
import type { DiffDocument } from './diff-text.svelte';
import { messageOf } from './diff.svelte';
import type { DriftSides } from './side';

/** What the state needs of the workers; a test passes a plain object. */
export interface DamageWorkers {
	damage(
		params: Calls['damage']['params'],
		options?: RequestOptions
	): Promise<Calls['damage']['result']>;
}

/** The text that damage is measured on. */
export interface DamageText {
	/** In words: "English", "your text". */
	readonly name: string;
	readonly documents: () => Promise<readonly DiffDocument[]>;
}

/** What a small model of A's ids loses when it is served B's: measured when asked for. */
export class DamageState {
	#status = $state<'idle' | 'loading' | 'ready' | 'error'>('idle');
	#progress = $state.raw<Progress | null>(null);
	#error = $state.raw<string | null>(null);
	#damage = $state.raw<Damage | null>(null);
	/** Name of the text that {@link #damage} was measured on. */
	#text = $state.raw('');
	#sides = $state.raw<DriftSides | null>(null);
	readonly #workers: () => DamageWorkers;
	#abort = new AbortController();

	constructor(
		workers: () => DamageWorkers,
		first: {
			readonly sides: DriftSides;
			readonly text: string;
			readonly damage: Damage;
		} | null = null
	) {
		this.#workers = workers;
		if (!first) return;
		this.#damage = first.damage;
		this.#text = first.text;
		this.#sides = first.sides;
		this.#status = 'ready';
	}

	get status() {
		return this.#status;
	}
	get progress() {
		return this.#progress;
	}
	get error() {
		return this.#error;
	}
	get damage() {
		return this.#damage;
	}
	get text() {
		return this.#text;
	}

	/** What a report says of it; null where nothing was measured of these sides. */
	findingsOf(sides: DriftSides | null): DamageFindings | null {
		if (sides !== this.#sides || this.#damage?.outcome !== 'measured') return null;
		const { a, b } = this.#damage;
		return { bitsPerByteA: a.bitsPerByte, bitsPerByteB: b.bitsPerByte };
	}

	/** Forgets what was measured of other sides. */
	follow(sides: DriftSides): void {
		if (sides === this.#sides) return;
		this.#cancel();
		this.#sides = sides;
		this.#damage = null;
		this.#status = 'idle';
	}

	async measure(sides: DriftSides, rows: number | null, text: DamageText): Promise<void> {
		this.#cancel();
		const { signal } = this.#abort;
		this.#sides = sides;
		this.#status = 'loading';
		try {
			const documents = await text.documents();
			signal.throwIfAborted();
			const damage = await this.#workers().damage(
				{ a: sides.a, b: sides.b, rows, documents },
				{
					signal,
					onprogress: (progress) => {
						if (!signal.aborted) this.#progress = progress;
					}
				}
			);
			signal.throwIfAborted();
			this.#damage = damage;
			this.#text = text.name;
			this.#status = 'ready';
			this.#progress = null;
		} catch (error) {
			if (signal.aborted) return;
			this.#status = 'error';
			this.#progress = null;
			this.#error = messageOf(error);
		}
	}

	/** Stops measuring; what was measured before stays. */
	stop(): void {
		this.#cancel();
		this.#status = this.#damage ? 'ready' : 'idle';
	}

	#cancel(): void {
		this.#abort.abort(new DOMException('The measurement was stopped.', 'AbortError'));
		this.#abort = new AbortController();
		this.#progress = null;
		this.#error = null;
	}
}
