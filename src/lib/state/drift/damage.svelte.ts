import type { Damage } from '../../analysis/damage/types';
import type { DamageFindings } from '../../analysis/drift/types';
import type { RequestOptions } from '../../workers/client';
import type { Calls } from '../../workers/protocol';
import type { DiffDocument } from './diff-text.svelte';
import { LongTask } from './long-task.svelte';
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
	#damage = $state.raw<Damage | null>(null);
	/** Name of the text that {@link #damage} was measured on. */
	#text = $state.raw('');
	#sides = $state.raw<DriftSides | null>(null);
	readonly #workers: () => DamageWorkers;
	readonly #task = new LongTask();

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
	}

	get status(): 'idle' | 'loading' | 'ready' | 'error' {
		const { status } = this.#task;
		return status === 'ready' && !this.#damage ? 'idle' : status;
	}
	get progress() {
		return this.#task.progress;
	}
	get error() {
		return this.#task.error;
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
		this.#task.giveUp();
		this.#sides = sides;
		this.#damage = null;
	}

	async measure(sides: DriftSides, rows: number | null, text: DamageText): Promise<void> {
		this.#sides = sides;
		await this.#task.run(
			async (options) => {
				const documents = await text.documents();
				options.signal.throwIfAborted();
				return this.#workers().damage({ a: sides.a, b: sides.b, rows, documents }, options);
			},
			(damage) => {
				this.#damage = damage;
				this.#text = text.name;
			}
		);
	}

	/** Stops measuring; what was measured before stays. */
	stop(): void {
		this.#task.giveUp();
	}
}
