/**
 * The worked story of the Drift page, computed when the lab was built. Made by tools/drift/first-story.ts.
 */
import type { SideBySide } from '../../../drift/text/side-by-side';
import type { MeasuredDamage } from '../../../drift/damage/types';
import data from '../../../generated/first-story.json';
import { reviveTyped } from '../../../tokenizers/typed-json';

export interface StoryText {
	readonly text: string;
	/** Under both. */
	readonly sides: SideBySide;
}

export interface FirstStory {
	/** A common word that is one token of one side and several of the other, with the space before it. */
	readonly word: StoryText;
	/** How often it stands in the corpus. */
	readonly times: number;
	/** A sentence of the corpus with that word. */
	readonly sentence: StoryText;
	/** Tokens that both have, and how many of them have the same id. */
	readonly shared: number;
	readonly sameId: number;
	readonly damage: MeasuredDamage;
}

export const FIRST_STORY = reviveTyped(data) as FirstStory;
