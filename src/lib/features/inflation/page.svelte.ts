/** The Inflation page's state: parallel texts in many languages, their costs, and the user's own texts. */
import { createContext } from 'svelte';
import { encodeUtf8 } from '../../engine/text';
import { BASELINE, FIRST_LANGUAGES, FIRST_TOKENIZERS } from '../../languages/first-languages';
import { LANGUAGES } from '../../session/downloads/language-texts';
import type { Lab } from '../../session/lab.svelte';
import { DEFAULT_TOKENIZERS, LIVE_TOKENIZER } from '../../tokenizers/catalogue';
import { articleKey, wordKey } from './articles';
import { Atlas } from './atlas.svelte';
import { createDrawnTexts, type DrawnTexts } from './drawn-texts';
import { CachedMeasures } from './cached-measures';
import { keyOfTokenizer } from './measure-key';
import { OwnPair, type PairText } from './pair.svelte';
import type { PrerenderedInflation } from './prerender';
import { bestFirst, byName } from './rows';
import { shortTexts } from './short-texts';
import { Spending } from './spending.svelte';
import { InflationView } from './view.svelte';
import { INFLATION_ROUTES } from './worker';

/** Sentences that say the same, until the user's own texts replace them. */
export const FIRST_PAIR: readonly PairText[] = [
	{ name: 'English', text: 'Could you send me the invoice from last month, please?' },
	{ name: 'Turkish', text: 'Geçen ayın faturasını bana gönderebilir misiniz, lütfen?' }
];

export function createInflationPage(lab: Lab, prerendered: PrerenderedInflation) {
	const { savedTokenizers } = lab;
	const workers = lab.connect(INFLATION_ROUTES);
	const { measures, tokenizer, chosen, article, word, flores } = prerendered;

	const earlier = new CachedMeasures(
		(id) => keyOfTokenizer(id, savedTokenizers.find(id)?.file),
		LANGUAGES
	);
	const view = new InflationView(new Atlas(workers, measures, { earlier }), {
		languages: byName(LANGUAGES),
		first: FIRST_LANGUAGES,
		tokenizers: FIRST_TOKENIZERS,
		baseline: BASELINE,
		chosen
	});
	/** One language in all tokenizers: two at a time, so that a stop spares the remaining vocabularies. */
	const across = new Atlas(workers, {}, { earlier, atOnce: 2 });

	/** Texts that are drawn without asking, because they were encoded when the site was built. */
	function drawnTexts(key: string, texts: typeof article): DrawnTexts {
		const drawn = createDrawnTexts(lab.tokenizing);
		drawn.seed(
			{ tokenizer, key, texts: () => texts.map(({ text }) => text) },
			texts.map(({ text, encoding }) => ({ document: encodeUtf8(text), encoding }))
		);
		return drawn;
	}

	let taken = false;
	/** After a link or the user has chosen, nothing is taken over. */
	function chooseTokenizers(ids: readonly string[]): void {
		taken = true;
		view.setTokenizers(ids);
	}
	savedTokenizers.beforeRemoving((id) => {
		if (view.tokenizers.includes(id))
			chooseTokenizers(view.tokenizers.filter((other) => other !== id));
	});

	return {
		/** How the lab ranks languages compared with published counts. */
		flores,
		view,
		across,
		/** Translations that seem to leave passages out. */
		short: shortTexts(view.defaults.languages),
		spending: new Spending(),
		pair: new OwnPair(workers, FIRST_PAIR),
		articles: drawnTexts(articleKey([BASELINE, chosen], 1), article),
		words: drawnTexts(wordKey(chosen), word),
		/** The user's own texts as tokens. */
		ownDrawn: createDrawnTexts(lab.tokenizing),
		chooseTokenizers,
		/** Takes over Compare's tokenizers, once, if others than the default ones were chosen there; but not the live one. */
		takeOver: (ids: readonly string[]): void => {
			if (taken || ids.join() === DEFAULT_TOKENIZERS.join()) return;
			const finished = ids.filter((id) => id !== LIVE_TOKENIZER);
			if (finished.length > 0) chooseTokenizers(finished);
		},
		/** The chosen language against the baseline in each of some tokenizers. */
		acrossRows: (tokenizers: readonly string[]) =>
			bestFirst(tokenizers, (id) => across.measures(id), view.chosen.code, view.baseline.code)
	};
}

export const [getInflationPage, setInflationPage] =
	createContext<ReturnType<typeof createInflationPage>>();
