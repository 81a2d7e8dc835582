import { PLAIN_READING } from '../../../drift/text/read';
import { encodeUtf8 } from '../../../engine/text';
import type { DriftSides } from '../../../session/links/diff';
import type { DriftCalls } from '../worker';
import type { PrerenderedStory, StoryText } from './prerender-story';
import type { Workers } from '../../../workers/pool';
import { WorkerQuery } from '../../../session/worker-query.svelte';

/** The worker calls that the state needs; a test passes a plain object. */
export type StoryWorkers = Pick<Workers<DriftCalls>, 'driftSides'>;

type StoryTexts = Pick<PrerenderedStory, 'word' | 'sentence'>;

/** The worked story: it is prerendered, and this browser computes it again. */
export class Story {
	readonly #query: WorkerQuery<StoryTexts, StoryTexts>;
	readonly prerendered: PrerenderedStory;

	constructor(workers: StoryWorkers, prerendered: PrerenderedStory, pair: DriftSides) {
		this.prerendered = prerendered;
		const compute = async ({ text }: StoryText): Promise<StoryText> => {
			const params = { ...pair, ...PLAIN_READING, text: encodeUtf8(text) };
			return { text, sides: await workers.driftSides(params) };
		};
		this.#query = new WorkerQuery(
			async (asked) => {
				const [word, sentence] = await Promise.all([compute(asked.word), compute(asked.sentence)]);
				return { word, sentence };
			},
			{ policy: 'replace' }
		);
	}

	/** This browser's texts; the prerendered ones until it has answered. */
	get texts(): StoryTexts {
		return this.#query.answer?.value ?? this.prerendered;
	}
	get error() {
		return this.#query.error;
	}

	/** Whether this browser's answer equals the prerendered one; `null` until it has answered. */
	get isConfirmed(): boolean | null {
		const { answer } = this.#query;
		if (!answer) return null;
		const { word, sentence } = this.prerendered;
		return isSame(answer.value.word, word) && isSame(answer.value.sentence, sentence);
	}

	/** Computes the story in this browser, once. */
	compute(): Promise<void> {
		return this.#query.ask(this.prerendered);
	}
}

const isSame = ({ sides: one }: StoryText, { sides: other }: StoryText): boolean =>
	sameIds(one.a.ids, other.a.ids) &&
	sameIds(one.b.ids, other.b.ids) &&
	one.modelReads.text === other.modelReads.text;

const sameIds = (a: Uint32Array, b: Uint32Array): boolean =>
	a.length === b.length && a.every((id, i) => id === b[i]);
