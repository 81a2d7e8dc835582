/** What of the Inflation page survives a change of page. */
import { DEFAULT_TOKENIZERS, YOURS } from '../../tokenizers/catalogue/entries';
import { FIRST_DRAWINGS } from './first-drawings';
import { FIRST_INFLATION } from './first-inflation';
import { BASELINE, FIRST_LANGUAGES, FIRST_TOKENIZERS } from '../../languages/first-languages';
import { LANGUAGES } from '../../session/downloads/language-texts';
import { encodeUtf8 } from '../../engine/text/utf8';
import { ownTokenizers, tokenizerPool } from '../../session/lab.svelte';
import { articleKey, wordKey } from './articles';
import { Atlas } from './atlas.svelte';
import { DrawnTexts, type DrawnTogether } from './drawn-texts.svelte';
import { KeptMeasures } from './kept-measures';
import { keyOfTokenizer } from './measure-key';
import { openMeasureStore } from './measure-store';
import { OwnPair, type PairText } from './pair.svelte';
import { shortTexts } from './short-texts';
import { Spending } from './spending.svelte';
import { bestFirst, byName } from './rows';
import { InflationView } from './view.svelte';

/** How the atlas ranks languages beside published counts. */
export const { flores } = FIRST_DRAWINGS;

const earlier = new KeptMeasures(
	openMeasureStore,
	(id) => keyOfTokenizer(id, ownTokenizers.find(id)?.file),
	LANGUAGES
);

export const view = new InflationView(new Atlas(tokenizerPool, FIRST_INFLATION, { earlier }), {
	languages: byName(LANGUAGES),
	first: FIRST_LANGUAGES,
	tokenizers: FIRST_TOKENIZERS,
	baseline: BASELINE,
	chosen: FIRST_DRAWINGS.chosen
});

/** Translations that seem to leave passages out. */
export const short = shortTexts(view.defaults.languages);

/** One language in all tokenizers: two at a time, so that a stop spares the vocabularies that are left. */
export const across = new Atlas(tokenizerPool, {}, { earlier, atOnce: 2 });
export const spending = new Spending();

/** Sentences that say the same, for the user's own texts to stand in place of. */
export const FIRST_PAIR: readonly PairText[] = [
	{ name: 'English', text: 'Could you send me the invoice from last month, please?' },
	{ name: 'Turkish', text: 'Geçen ayın faturasını bana gönderebilir misiniz, lütfen?' }
];
export const pair = new OwnPair(tokenizerPool, FIRST_PAIR);

const { tokenizer, chosen, article, word } = FIRST_DRAWINGS;
const first = (key: string, texts: typeof article): DrawnTogether => ({
	tokenizer,
	key,
	texts: texts.map(({ text, encoding }) => ({ document: encodeUtf8(text), encoding }))
});
export const articles = new DrawnTexts(
	tokenizerPool,
	first(articleKey([BASELINE, chosen], 1), article)
);
export const words = new DrawnTexts(tokenizerPool, first(wordKey(chosen), word));
/** The user's own texts as tokens. */
export const ownDrawn = new DrawnTexts(tokenizerPool);

let taken = false;

/**
 * Takes over the tokenizers of Compare, once, where others than the usual ones were chosen there: but
 * not the one trained on the spot, which is of its text.
 */
export function takeOver(ids: readonly string[]): void {
	if (taken || ids.join() === DEFAULT_TOKENIZERS.join()) return;
	const finished = ids.filter((id) => id !== YOURS);
	if (finished.length === 0) return;
	taken = true;
	view.setTokenizers(finished);
}

/** A link, or the user, has chosen: nothing is taken over any more. */
export function chooseTokenizers(ids: readonly string[]): void {
	taken = true;
	view.setTokenizers(ids);
}

/** Nothing is taken over from Compare any more: a link has chosen. */
export const keepTokenizers = (): void => void (taken = true);

/** The chosen language against the baseline in each of some tokenizers. */
export const acrossRows = (tokenizers: readonly string[]) =>
	bestFirst(tokenizers, (id) => across.measures(id), view.chosen.code, view.baseline.code);

ownTokenizers.beforeRemoving((id) => {
	if (view.tokenizers.includes(id))
		chooseTokenizers(view.tokenizers.filter((other) => other !== id));
});

/** Deletes a tokenizer of the user's own for good. */
export const removeTokenizer = (id: string): Promise<void> => ownTokenizers.remove(id);
