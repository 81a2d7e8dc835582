import { LIVE_TOKENIZER } from '../../tokenizers/catalogue';
import type { Costs } from '../../session/costs.svelte';
import { readInflation, writeInflation, type InflationLink } from '../../session/links/inflation';
import type { LinkInput } from '../../session/links/link-codec';
import { describeUnknownName } from '../../session/links/messages';
import { PageAddress, type Names } from '../../session/links/page-address.svelte';
import { MODEL_SHAPES, NUMBER_FORMATS } from './model-shapes';
import type { createInflationPage } from './page.svelte';
import type { PairText } from './pair.svelte';
import { SUFFIX_WORDS } from './suffix-words';

/** The parts of the page that a link says something about. */
export interface InflationParts extends Pick<
	ReturnType<typeof createInflationPage>,
	'view' | 'spending' | 'pair' | 'chooseTokenizers'
> {
	readonly costs: Costs;
}

/** Tokens of the prompt whose cost is shown. */
const DEFAULT_PROMPT = 2000;

/** All that is chosen, and the user's own texts, in the address. Of a bad link, what can be read is taken over. */
export function createInflationAddress(
	parts: InflationParts,
	known: Names,
	replace: (address: string) => void
): PageAddress {
	const { view, spending, pair, costs } = parts;
	const { tokenizers, baseline, chosen } = view.defaults;
	const defaults = {
		tokenizers,
		baseline,
		chosen,
		word: SUFFIX_WORDS[0].language,
		prompt: DEFAULT_PROMPT,
		model: MODEL_SHAPES[0].name
	};
	const names = {
		// The live tokenizer is trained on Compare's text: see takeOver.
		has: (id: string) => id !== LIVE_TOKENIZER && known.has(id),
		hasLanguage: (code: string) => view.has(code),
		hasScript: (script: string) => view.scripts.some((one) => one.script === script),
		hasWord: (code: string) => SUFFIX_WORDS.some(({ language }) => language === code),
		hasModel: (name: string) => MODEL_SHAPES.some((one) => one.name === name),
		hasFormat: (name: string) => NUMBER_FORMATS.some((one) => one.name === name)
	};

	/** @returns what is wrong with the part of a link that only the page can check */
	function take(link: InflationLink, input: LinkInput | null): string[] {
		const problems: string[] = [];
		if (link.tokenizers) parts.chooseTokenizers(link.tokenizers);
		view.setBaseline(link.baseline ?? defaults.baseline);
		view.choose(link.chosen ?? defaults.chosen);
		view.all = link.all;
		view.search = link.search;
		view.script = link.script;
		view.log = link.log;
		view.order = link.order;
		view.article = link.article;
		view.open = link.open;
		if (link.detail !== null) view.setDetail(link.detail);
		view.word = link.word ?? defaults.word;
		spending.prompt = link.prompt ?? defaults.prompt;
		if (link.model !== null) spending.choose(link.model);
		if (link.shape !== null) spending.setShape(link.shape);
		if (link.cache !== null) spending.setFormat(link.cache);
		const cost = view.detail === null ? null : costs.of(view.detail);
		if (cost && link.priceOf !== null) {
			if (cost.presets.some(({ model }) => model === link.priceOf)) cost.choose(link.priceOf);
			else problems.push(describeUnknownName('prices of', link.priceOf));
		}
		if (cost && link.price !== null) cost.price = link.price === 'none' ? null : link.price;
		if (cost && link.window !== null) cost.window = link.window === 'none' ? null : link.window;
		const texts = input && parseTexts(input.value);
		if (texts) pair.set(texts);
		else if (input) problems.push(NOT_NAMED_TEXTS);
		return problems;
	}

	/** What a link has to say about price and window: where they are not the tokenizer's first model's. */
	function changedCost(tokenizer: string | null) {
		const cost = tokenizer === null ? null : costs.of(tokenizer);
		if (!cost) return { priceOf: null, price: null, window: null };
		const { preset, presets } = cost;
		return {
			priceOf: preset && preset.model !== presets[0].model ? preset.model : null,
			price: cost.price === (preset?.inputPerMillion ?? null) ? null : (cost.price ?? 'none'),
			window: cost.window === (preset?.contextWindow ?? null) ? null : (cost.window ?? 'none')
		} as const;
	}

	return new PageAddress(
		{
			load: () => known.load(),
			read(search, input) {
				const { values, problems: wrong } = readInflation(search, names);
				const problems = [...wrong];
				return { problems, take: () => void problems.push(...take(values, input)) };
			},
			write() {
				const { tokenizers, all, search, script, log, order, detail, article, word, open } = view;
				const { preset, shape, format, formatChanged, prompt } = spending;
				const link: InflationLink = {
					tokenizers,
					all,
					search,
					script,
					log,
					order,
					detail,
					article,
					word,
					open,
					prompt,
					baseline: view.baseline.code,
					chosen: view.chosen.code,
					model: preset?.name ?? null,
					shape: preset === null ? shape : null,
					cache: preset === null || formatChanged ? format.name : null,
					...changedCost(detail)
				};
				const { texts, changed } = pair;
				return {
					search: writeInflation(link, defaults),
					content() {
						if (!changed) return 'nothing';
						const named = texts.map(({ name, text }) => [name, text]);
						return { kind: 'text', value: JSON.stringify(named) };
					}
				};
			}
		},
		replace
	);
}

/** `null` for what is not a list of at least two names and texts. */
function parseTexts(json: string): PairText[] | null {
	let list: unknown;
	try {
		list = JSON.parse(json);
	} catch {
		return null;
	}
	if (!Array.isArray(list) || list.length < 2) return null;
	const texts = list.flatMap((item: unknown): PairText[] => {
		const [name, text] = Array.isArray(item) ? (item as unknown[]) : [];
		return typeof name === 'string' && typeof text === 'string' ? [{ name, text }] : [];
	});
	return texts.length === list.length ? texts : null;
}

const NOT_NAMED_TEXTS =
	'This link carries a text, but this page compares two or more named texts. It may be a link to another page of the lab.';
