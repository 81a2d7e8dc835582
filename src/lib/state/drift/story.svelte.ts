import type { MeasuredDamage } from '../../analysis/damage/types';
import type { RequestOptions } from '../../workers/client';
import type { DriftSides as SidesOfText } from '../../workers/calls/drift';
import type { Calls } from '../../workers/protocol';
import { encodeUtf8 } from '../../engine/text/utf8';
import { messageOf } from './message-of';
import type { DriftSides } from './side';

/** What the state needs of the workers; a test passes a plain object. */
export interface StoryWorkers {
	driftSides(
		params: Calls['driftSides']['params'],
		options?: RequestOptions
	): Promise<Calls['driftSides']['result']>;
}

export interface StoryFacts {
	readonly word: string;
	readonly times: number;
	readonly sides: SidesOfText;
	readonly shared: number;
	readonly sameId: number;
	readonly damage: MeasuredDamage;
}

/** The worked story: it comes with the page, and is told again by this browser. */
export class Story {
	#sides = $state.raw<SidesOfText | null>(null);
	#error = $state<string | null>(null);
	#asked = false;
	readonly facts: StoryFacts;
	readonly pair: DriftSides;
	readonly #workers: () => StoryWorkers;

	constructor(workers: () => StoryWorkers, facts: StoryFacts, pair: DriftSides) {
		this.#workers = workers;
		this.facts = facts;
		this.pair = pair;
	}

	/** The word under both: of this browser once it has answered. */
	get sides(): SidesOfText {
		return this.#sides ?? this.facts.sides;
	}
	get error() {
		return this.#error;
	}

	/** Whether this browser says the same as the page came with; null until it has answered. */
	get confirmed(): boolean | null {
		const now = this.#sides;
		if (!now) return null;
		const { a, b } = this.facts.sides;
		return sameIds(now.a.ids, a.ids) && sameIds(now.b.ids, b.ids);
	}

	/** Computes it here, once. */
	async tell(): Promise<void> {
		if (this.#asked) return;
		this.#asked = true;
		this.#error = null;
		try {
			const text = encodeUtf8(this.facts.word);
			this.#sides = await this.#workers().driftSides({ ...this.pair, text, special: 'text' });
		} catch (error) {
			this.#asked = false;
			this.#error = messageOf(error);
		}
	}
}

const sameIds = (a: Uint32Array, b: Uint32Array): boolean =>
	a.length === b.length && a.every((id, i) => id === b[i]);
