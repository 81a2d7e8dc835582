/** The exercise as it is drawn and said. */
import { graphemesOf, matchesOf } from '../../tokenizers/graphemes';
import { gridOf } from './grid';
import { encodeUtf8 } from '../../engine/text';
import type { WordRow } from './word-rows';
import type { Exercise } from './exercise.svelte';

/** The sentence with its letters uncovered. */
export function exerciseRow({ item, encoding }: Pick<Exercise, 'item' | 'encoding'>): WordRow {
	const graphemes = graphemesOf(item.sentence);
	const matches = matchesOf(graphemes, item.letter, 'alike');
	return {
		document: encodeUtf8(item.sentence),
		graphemes: graphemes.texts,
		matches,
		tokens: encoding ? gridOf(graphemes, encoding, matches, Infinity) : [],
		more: 0,
		lead: 0
	};
}

export function exerciseWords({
	item,
	guess,
	truth
}: Pick<Exercise, 'item' | 'guess' | 'truth'>): string {
	if (guess === null) return '';
	return guess === truth
		? `Right: “${item.sentence}” has ${truth} × ${item.letter}.`
		: `You said ${guess}: “${item.sentence}” has ${truth} × ${item.letter}.`;
}
