import { encodeUtf8 } from '../../../engine/text';
import { messageOf } from '../../../session/message-of';
import type { DriftSides } from '../../../session/links/drift-side';
import type { DriftCalls } from '../worker';
import type { PrerenderedStory, StoryText } from './prerender-story';
import type { Workers } from '../../../workers/pool';

/** What the state needs of the workers; a test passes a plain object. */
export type StoryWorkers = Pick<Workers<DriftCalls>, 'driftSides'>;

/** The worked story: it comes with the page, and is told again by this browser. */
export class Story {
	#here = $state.raw<Pick<PrerenderedStory, 'word' | 'sentence'> | null>(null);
	#error = $state<string | null>(null);
	#asked = false;
	readonly facts: PrerenderedStory;
	readonly pair: DriftSides;
	readonly #workers: () => StoryWorkers;

	constructor(workers: () => StoryWorkers, facts: PrerenderedStory, pair: DriftSides) {
		this.#workers = workers;
		this.facts = facts;
		this.pair = pair;
	}

	/** The word under both: of this browser once it has answered. */
	get word(): StoryText {
		return (this.#here ?? this.facts).word;
	}
	/** A sentence with that word, likewise. */
	get sentence(): StoryText {
		return (this.#here ?? this.facts).sentence;
	}
	get error() {
		return this.#error;
	}

	/** Whether this browser says the same as the page came with; null until it has answered. */
	get confirmed(): boolean | null {
		if (!this.#here) return null;
		const { word, sentence } = this.facts;
		return isSame(this.#here.word, word) && isSame(this.#here.sentence, sentence);
	}

	/** Computes it here, once. */
	async tell(): Promise<void> {
		if (this.#asked) return;
		this.#asked = true;
		this.#error = null;
		try {
			const [word, sentence] = await Promise.all([
				this.#ask(this.facts.word.text),
				this.#ask(this.facts.sentence.text)
			]);
			this.#here = { word, sentence };
		} catch (error) {
			this.#asked = false;
			this.#error = messageOf(error);
		}
	}

	async #ask(text: string): Promise<StoryText> {
		const params = { ...this.pair, text: encodeUtf8(text), special: 'text' } as const;
		return { text, sides: await this.#workers().driftSides(params) };
	}
}

const isSame = ({ sides: one }: StoryText, { sides: other }: StoryText): boolean =>
	sameIds(one.a.ids, other.a.ids) &&
	sameIds(one.b.ids, other.b.ids) &&
	one.modelReads.text === other.modelReads.text;

const sameIds = (a: Uint32Array, b: Uint32Array): boolean =>
	a.length === b.length && a.every((id, i) => id === b[i]);
