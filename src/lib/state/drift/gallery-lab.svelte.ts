/** What of the gallery survives a change of page. */
import { DEMO_CORPUS, DEMO_SIZE, DEMO_TOKENIZERS } from '../../catalogue/demo-tokenizers';
import { FIRST_STORY } from '../../catalogue/first-story';
import { tokenizerPool } from '../lab.svelte';
import { DamageState } from './damage.svelte';
import { Gallery } from './gallery.svelte';
import type { DriftSides } from './side';
import { Story } from './story.svelte';

export { FIRST_GALLERY } from '../../catalogue/first-gallery';

/** The two tokenizers of the worked story. */
export const DEMO = {
	names: DEMO_TOKENIZERS.map(({ name }) => name),
	size: DEMO_SIZE,
	corpus: DEMO_CORPUS
};

const [a, b] = DEMO_TOKENIZERS.map(({ id }) => ({ tokenizer: id, edits: [] }));
const pair: DriftSides = { a, b };

export const gallery = new Gallery(tokenizerPool);
export const story = new Story(tokenizerPool, FIRST_STORY, pair);
export const storyDamage = new DamageState(tokenizerPool, {
	sides: pair,
	text: 'country profiles',
	damage: FIRST_STORY.damage
});
