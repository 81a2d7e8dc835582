/** What of the gallery survives a change of page. */
import {
	DEMO_CORPUS,
	DEMO_SIZE,
	DEMO_TOKENIZERS
} from '../../../tokenizers/catalogue/demo-tokenizers';
import { FIRST_STORY } from './first-story';
import { DRIFT_CASES } from '../cases/cases';
import { EXAMPLES } from '../../../session/examples';
import { compare, tokenizerPool } from '../../../session/lab.svelte';
import { linkOf, OwnText, type CaseLink } from './case-look';
import { DAMAGE_NOTES } from '../damage/damage-notes';
import { DamageState, type DamageQuestion } from '../damage/damage.svelte';
import { packedText } from '../damage/damage-texts';
import { Gallery } from './gallery.svelte';
import { writeDiff } from '../diff/diff-link';
import type { DriftSides } from '../../../session/links/drift-side';
import { Story } from './story.svelte';

export { FIRST_GALLERY } from './first-gallery';

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
/** What is measured in the story. */
export const storyQuestion: DamageQuestion = {
	sides: pair,
	rows: null,
	text: packedText(DEMO.corpus)
};
export const storyDamage = new DamageState(tokenizerPool, DAMAGE_NOTES, {
	question: storyQuestion,
	damage: FIRST_STORY.damage
});

/** The two of the story, shown on its sentence. */
export const storyLink: CaseLink = {
	page: 'diff',
	search: writeDiff({ sides: pair, rows: null }),
	input: { kind: 'text', value: FIRST_STORY.sentence.text },
	atEnd: false,
	note: null
};

const inputs = [storyLink, ...DRIFT_CASES.map(linkOf)].flatMap((link) =>
	'why' in link ? [] : [link.input.value]
);
const shared = new OwnText([...EXAMPLES.map(({ text }) => text), ...inputs]);

/** What of the text that all pages share is the user's; null for nothing. */
export const ownText = (): string | null => shared.of(compare.text);

/** Puts the input of a case, and the user's text with it, where the linked page finds it. */
export async function takeAlong(link: CaseLink): Promise<void> {
	// Of no use to the gallery, and there before the page that needs it.
	const { documents } = await import('../diff/lab.svelte');
	documents.close();
	compare.setKind('text');
	compare.setText(shared.with(link, compare.text));
}
