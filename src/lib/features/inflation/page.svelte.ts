/** State of the Inflation page: parallel texts in many languages, and their costs. */
import { createContext } from 'svelte';
import type { Encoding } from '../../engine';
import { encodeUtf8 } from '../../engine/text';
import { FIRST_LANGUAGES } from '../../languages/language-lines';
import { withEntry } from '../../session/costs.svelte';
import { FIRST_TOKENIZERS, INFLATION_FIELDS } from '../../session/documents/inflation';
import { describeUnexpectedValue, describeUnknownName } from '../../session/documents/messages';
import { LANGUAGES } from '../../session/downloads/language-texts';
import type { Lab } from '../../session/lab.svelte';
import { WorkerQuery } from '../../session/worker-query.svelte';
import { DEFAULT_TOKENIZERS, LIVE_TOKENIZER } from '../../tokenizers/catalogue';
import { InflationAnswers } from './answers.svelte';
import { exportedRows } from './export-rows';
import { byName, scriptsOf } from './language-list';
import { Measurements } from './measurements.svelte';
import { MODEL_SHAPES } from './model-shapes';
import type { PrerenderedInflation } from './prerender';
import { WORD_TEXTS } from './suffixes';
import { INFLATION_ROUTES } from './worker';

export function createInflationPage(lab: Lab, prerendered: PrerenderedInflation) {
	const { costs, known, tokenizing } = lab;
	const workers = lab.connect(INFLATION_ROUTES);
	const { measures, word } = prerendered;
	const languages = { all: byName(LANGUAGES), first: FIRST_LANGUAGES };
	const scripts = scriptsOf(LANGUAGES);
	// Only Compare offers the live tokenizer.
	const names = known.withoutLive();
	const figures = {
		get priceOf() {
			return costs.priceOf.get(answers.detail ?? '') ?? null;
		},
		set priceOf(model) {
			costs.priceOf = withEntry(costs.priceOf, answers.detail, model);
		},
		get price() {
			return costs.price.get(answers.detail ?? '') ?? null;
		},
		set price(price) {
			costs.price = withEntry(costs.price, answers.detail, price);
		},
		get window() {
			return costs.window.get(answers.detail ?? '') ?? null;
		},
		set window(window) {
			costs.window = withEntry(costs.window, answers.detail, window);
		}
	};
	const document = lab.document(INFLATION_FIELDS, {
		names: {
			has: (id: string) => names.has(id),
			get problem() {
				return names.problem;
			},
			load: () => names.load(),
			hasLanguage: (code: string) => answers.has(code),
			hasScript: (script: string) => scripts.some((one) => one.script === script),
			hasModel: (name: string) => MODEL_SHAPES.some((one) => one.name === name)
		},
		bound: { priceOf: figures, price: figures, window: figures },
		check({ tokenizers, sort, detail, priceOf }, link) {
			const isSort = sort === null || sort === 'name' || tokenizers.includes(sort);
			if (!isSort)
				link.report(describeUnexpectedValue('sort', sort, 'name or one of its tokenizers'));
			const isDetail = detail === null || tokenizers.includes(detail);
			if (!isDetail) link.report(describeUnexpectedValue('in', detail, 'one of its tokenizers'));
			const of = (isDetail ? detail : null) ?? tokenizers.at(0);
			const isModel =
				priceOf === null ||
				(of !== undefined && costs.of(of).presets.some(({ name }) => name === priceOf));
			if (!isModel) link.report(describeUnknownName('prices of', priceOf));
			return {
				...(isSort ? {} : { sort: null }),
				...(isDetail ? {} : { detail: null }),
				...(isModel ? {} : { priceOf: null })
			};
		},
		unwritten({ tokenizers, sort, detail }) {
			const [, ...others] = tokenizers;
			const isOther = (id: string | null) => id !== null && others.includes(id);
			return {
				// The rows are sorted by one of the tokenizers, so the link has to include all tokenizers.
				...(isOther(sort) ? { tokenizers: null } : sort === 'name' ? {} : { sort }),
				// If `detail` is no longer selected, the first tokenizer's details are shown.
				...(isOther(detail) ? {} : { detail })
			};
		}
	});
	const { value } = document;
	const nameOf = (id: string) => known.nameOf(id);
	const measurements = new Measurements(workers, measures);
	const answers: InflationAnswers = new InflationAnswers(measurements, languages, value);

	const words = new WorkerQuery<{ readonly tokenizer: string }, readonly Encoding[]>(
		({ tokenizer }) =>
			Promise.all(
				WORD_TEXTS.map(async (word) => {
					const text = encodeUtf8(word);
					return (await tokenizing.encode({ tokenizer, text, special: 'text' })).encoding;
				})
			),
		{ policy: 'latest' }
	);
	words.seed({ tokenizer: FIRST_TOKENIZERS[0] }, word);

	return {
		document,
		value,
		scripts,
		answers,
		exported: () => exportedRows(answers.rows, value.tokenizers.map(nameOf)),
		words,
		/** Retries everything that failed, because one cause may affect several parts of the page. */
		retry: (): void => {
			measurements.retry();
			void words.retry();
		},
		/** Adopts Compare's tokenizers except the live one, unless the visitor has selected tokenizers on this page. */
		adoptTokenizers(): void {
			const isDefault = value.tokenizers === document.defaults.tokenizers;
			if (!isDefault || lab.tokenizers.join() === DEFAULT_TOKENIZERS.join()) return;
			const finished = lab.tokenizers.filter((id) => id !== LIVE_TOKENIZER);
			if (finished.length > 0) value.tokenizers = finished;
		}
	};
}

export const [getInflationPage, setInflationPage] =
	createContext<ReturnType<typeof createInflationPage>>();
