/** State of the Inflation page: parallel texts in many languages, their costs, and the user's own texts. */
import { createContext } from 'svelte';
import { encodeUtf8 } from '../../engine/text';
import { FIRST_LANGUAGES } from '../../languages/language-lines';
import { BASELINE } from '../../languages/premium';
import { LANGUAGES } from '../../session/downloads/language-texts';
import type { Lab } from '../../session/lab.svelte';
import { add, choose, deselect, type Choice, type Removal } from '../../session/tokenizers/removal';
import { DEFAULT_TOKENIZERS, LIVE_TOKENIZER } from '../../tokenizers/catalogue';
import { CostCalculator } from './cost-calculator.svelte';
import { createDrawnTexts } from './drawn-texts';
import { byName } from './language-list';
import { Measurements } from './measurements.svelte';
import type { PrerenderedInflation } from './prerender';
import { SUFFIX_WORDS, wordTexts } from './suffix-words';
import { UserTexts, type UserText } from './user-texts.svelte';
import { InflationView } from './view.svelte';
import { INFLATION_ROUTES } from './worker';

/** Sentences with the same meaning. */
const DEFAULT_USER_TEXTS: readonly UserText[] = [
	{ name: 'English', text: 'Could you send me the invoice from last month, please?' },
	{ name: 'Turkish', text: 'Geçen ayın faturasını bana gönderebilir misiniz, lütfen?' }
];

export function createInflationPage(lab: Lab, prerendered: PrerenderedInflation) {
	const { savedTokenizers, tokenizing } = lab;
	const workers = lab.connect(INFLATION_ROUTES);
	const { measures, tokenizer, chosen } = prerendered;

	const defaults = {
		languages: byName(LANGUAGES),
		first: FIRST_LANGUAGES,
		tokenizers: Object.keys(measures),
		baseline: BASELINE,
		chosen
	};
	const measurements = new Measurements(workers, measures);
	const view = new InflationView(measurements, defaults);

	const words = createDrawnTexts<{ tokenizer: string; language: string }>(
		tokenizing,
		({ language }) => SUFFIX_WORDS.filter((word) => word.language === language).flatMap(wordTexts)
	);
	words.seed(
		{ tokenizer, language: chosen },
		prerendered.word.map(({ text, encoding }) => ({ document: encodeUtf8(text), encoding }))
	);

	let isChosen = false;
	/** Chooses tokenizers for a link or the user; from then on, none are adopted from Compare. */
	function chooseTokenizers(ids: readonly string[]): void {
		isChosen = true;
		view.setTokenizers(ids);
	}
	const choice: Choice = {
		get tokenizers() {
			return view.tokenizers;
		},
		setTokenizers: chooseTokenizers
	};
	/** Chooses tokenizers. Those that are removed can be put back, and then sort the rows again if they did. */
	function replaceTokenizers(ids: readonly string[]): Removal {
		const before = view.sortedBy;
		const { removed, restore } = choose(choice, ids);
		const after = view.sortedBy;
		return {
			removed,
			restore() {
				const isUnchanged = view.sortedBy === after;
				restore();
				if (isUnchanged && before !== null) view.sortBy(before);
			}
		};
	}
	savedTokenizers.beforeRemoving((id) => deselect(id, view.tokenizers, replaceTokenizers));

	// For the chosen language in all tokenizers: two at a time, so that a stop saves the remaining downloads.
	const rankingMeasurements = new Measurements(workers, {}, { maxConcurrent: 2 });
	const userTexts = new UserTexts(workers, DEFAULT_USER_TEXTS);
	const userTextsDrawn = createDrawnTexts<{ tokenizer: string; texts: readonly UserText[] }>(
		tokenizing,
		({ texts }) => texts.map(({ text }) => text)
	);

	return {
		view,
		rankingMeasurements,
		calculator: new CostCalculator(),
		words,
		userTexts,
		userTextsDrawn,
		/** Tries everything again that failed, because one cause shows in several places. */
		retry: (): void => {
			for (const work of [measurements, rankingMeasurements]) work.retry();
			for (const query of [words, userTexts.query, userTextsDrawn]) void query.retry();
		},
		chooseTokenizers,
		replaceTokenizers,
		addTokenizers: (ids: readonly string[]) => add(choice, ids),
		/** Adopts Compare's tokenizers, once, if they are not the default ones; never the live tokenizer. */
		adoptTokenizers(ids: readonly string[]): void {
			if (isChosen || ids.join() === DEFAULT_TOKENIZERS.join()) return;
			const finished = ids.filter((id) => id !== LIVE_TOKENIZER);
			if (finished.length > 0) chooseTokenizers(finished);
		}
	};
}

export type InflationState = ReturnType<typeof createInflationPage>;
export const [getInflationPage, setInflationPage] = createContext<InflationState>();
