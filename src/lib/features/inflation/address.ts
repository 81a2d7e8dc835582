import type { Costs } from '../../session/costs.svelte';
import { readInflation, writeInflation, type InflationLink } from '../../session/links/inflation';
import type { LinkInput } from '../../session/links/link-codec';
import { describeUnknownName } from '../../session/links/messages';
import { PageAddress, type Names } from '../../session/links/page-address.svelte';
import { DEFAULT_PROMPT_TOKENS } from './cost-calculator.svelte';
import { NOT_NAMED_TEXTS } from './messages';
import { MODEL_SHAPES } from './model-shapes';
import type { InflationState } from './page.svelte';
import { SUFFIX_WORDS } from './suffix-words';
import type { UserText } from './user-texts.svelte';

const NO_CHANGES = { priceOf: null, price: null, window: null };

/** Keeps all choices and the user's own texts in the address. The valid part of an invalid link is used. */
export function createInflationAddress(
	page: Pick<InflationState, 'view' | 'calculator' | 'userTexts' | 'chooseTokenizers'>,
	costs: Costs,
	known: Names,
	replace: (address: string) => void
): PageAddress {
	const { view, calculator, userTexts } = page;
	const { tokenizers, baseline, chosen } = view.defaults;
	const defaults = {
		tokenizers,
		baseline,
		chosen,
		word: SUFFIX_WORDS[0].language,
		prompt: DEFAULT_PROMPT_TOKENS,
		model: MODEL_SHAPES[0].name
	};
	const names = {
		has: (id: string) => known.has(id),
		get problem() {
			return known.problem;
		},
		hasLanguage: (code: string) => view.has(code),
		hasScript: (script: string) => view.scripts.some((one) => one.script === script),
		hasWord: (code: string) => SUFFIX_WORDS.some(({ language }) => language === code),
		hasModel: (name: string) => MODEL_SHAPES.some((one) => one.name === name)
	};

	/** @returns problems with the part of a link that only the page can check */
	function apply(link: InflationLink, input: LinkInput | null): string[] {
		const problems: string[] = [];
		page.chooseTokenizers(link.tokenizers ?? defaults.tokenizers);
		view.setBaseline(link.baseline ?? defaults.baseline);
		view.choose(link.chosen ?? defaults.chosen);
		view.all = link.all;
		view.search = link.search;
		view.script = link.script;
		view.log = link.log;
		view.order = link.order;
		view.setDetail(link.detail);
		view.word = link.word ?? defaults.word;
		calculator.prompt = link.prompt ?? defaults.prompt;
		calculator.choose(link.model ?? defaults.model);
		const cost = view.detail === null ? null : costs.of(view.detail);
		if (cost && !cost.apply(link))
			problems.push(describeUnknownName('prices of', link.priceOf ?? ''));
		const texts = input && parseTexts(input.value);
		if (texts) userTexts.set(texts);
		else if (input) problems.push(NOT_NAMED_TEXTS);
		return problems;
	}

	return new PageAddress(
		{
			load: () => known.load(),
			links: known.links,
			defaultInput: { kind: 'text', value: writeTexts(userTexts.defaults) },
			typed: ['q'],
			input: () => userTexts.texts,
			read(search, input) {
				const { values, problems: wrong } = readInflation(search, names, tokenizers);
				const problems = [...wrong];
				return {
					problems,
					take: (_isSound, keepsInput) =>
						void problems.push(...apply(values, keepsInput ? null : input))
				};
			},
			write() {
				const { tokenizers, all, search, script, log, order, detail, word } = view;
				const { preset, prompt } = calculator;
				const link: InflationLink = {
					...{ tokenizers, all, search, script, log, order, detail, word, prompt },
					baseline: view.baseline.code,
					chosen: view.chosen.code,
					model: preset.name,
					...(detail === null ? NO_CHANGES : costs.of(detail).changes)
				};
				const { texts, changed } = userTexts;
				return {
					search: writeInflation(link, defaults),
					content() {
						if (!changed) return 'nothing';
						return { kind: 'text', value: writeTexts(texts) };
					}
				};
			}
		},
		replace
	);
}

/** JSON of names and texts. */
const writeTexts = (texts: readonly UserText[]): string =>
	JSON.stringify(texts.map(({ name, text }) => [name, text]));

/** `null` unless the JSON is a list of at least two pairs of name and text. */
function parseTexts(json: string): UserText[] | null {
	let list: unknown;
	try {
		list = JSON.parse(json);
	} catch {
		return null;
	}
	if (!Array.isArray(list) || list.length < 2 || !list.every(isPair)) return null;
	return list.map(([name, text]) => ({ name, text }));
}

const isPair = (item: unknown): item is [string, string] =>
	Array.isArray(item) && typeof item[0] === 'string' && typeof item[1] === 'string';
