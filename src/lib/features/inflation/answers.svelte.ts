import { coverageOf, type Coverage } from '../../languages/dropped';
import { BASELINE } from '../../languages/premium';
import type { Language } from '../../languages/types';
import type { DocumentValue } from '../../session/documents/document.svelte';
import type { INFLATION_FIELDS, RowOrder } from '../../session/documents/inflation';
import { findLanguages, shortTexts } from './language-list';
import type { Measurements } from './measurements.svelte';
import { premiumScale } from './premium-scale';
import { compare, isDropped, knownPremium, rowsOf, type Comparison } from './rows';
import { compareSuffixes } from './suffixes';

export interface Languages {
	/** All languages, sorted by name. */
	readonly all: readonly Language[];
	/** Codes of the languages shown until the user asks for all. */
	readonly first: readonly string[];
}

export interface Explanation extends Comparison {
	readonly tokenizer: string;
}

/** A language and its premiums in some of the tokenizers. */
export interface Finding {
	readonly language: Language;
	/** Never empty. */
	readonly premiums: readonly { readonly tokenizer: string; readonly premium: number }[];
}

/** Everything derived from the page's document and the measurements. */
export class InflationAnswers {
	readonly measurements: Measurements;
	readonly languages: Languages;
	readonly #value: DocumentValue<typeof INFLATION_FIELDS>;
	readonly #byCode: ReadonlyMap<string, Language>;

	constructor(
		measurements: Measurements,
		languages: Languages,
		value: DocumentValue<typeof INFLATION_FIELDS>
	) {
		this.measurements = measurements;
		this.languages = languages;
		this.#value = value;
		this.#byCode = new Map(languages.all.map((language) => [language.code, language]));
	}

	language(code: string): Language {
		const language = this.#byCode.get(code);
		if (!language) throw new Error(`There is no declaration “${code}”.`);
		return language;
	}
	has(code: string): boolean {
		return this.#byCode.has(code);
	}

	get baseline(): Language {
		return this.language(this.#value.baseline);
	}
	/** Languages to choose the baseline from, starting with English. */
	get baselines(): readonly Language[] {
		return [this.language(BASELINE), ...this.languages.all.filter(({ code }) => code !== BASELINE)];
	}
	/** The selected tokenizer whose details are shown; `null` if no tokenizer is selected. */
	get detail(): string | null {
		const { detail, tokenizers } = this.#value;
		return detail !== null && tokenizers.includes(detail) ? detail : (tokenizers.at(0) ?? null);
	}
	get order(): RowOrder {
		const { sort, tokenizers } = this.#value;
		if (sort === 'name') return sort;
		return { tokenizer: sort === null ? 0 : Math.max(0, tokenizers.indexOf(sort)) };
	}
	get sortedBy(): string | null {
		const { order } = this;
		return order === 'name' ? null : (this.#value.tokenizers.at(order.tokenizer) ?? null);
	}

	/** Languages that can be listed: the first ones, unless the visitor shows all, searches or picks a script. */
	readonly #pool: readonly Language[] = $derived.by(() =>
		this.#value.all || this.#value.search.trim() !== '' || this.#value.script !== null
			? this.languages.all
			: this.#first
	);
	readonly #first = $derived.by(() =>
		this.languages.all.filter(({ code }) => this.languages.first.includes(code))
	);
	readonly #found = $derived.by(() =>
		findLanguages(this.#pool, this.#value.search, this.#value.script)
	);
	/** Translations that seem to leave passages out. */
	readonly short = $derived.by(() => shortTexts(this.languages.all));
	readonly #measures = $derived.by(() =>
		this.#value.tokenizers.map((tokenizer) => this.measurements.measures(tokenizer))
	);
	readonly rows = $derived.by(() => this.#rowsOf(this.#found, this.order));
	readonly scale = $derived.by(() =>
		premiumScale(
			this.rows.flatMap(({ premiums }) => premiums.filter((premium) => premium !== null)),
			this.#value.log
		)
	);
	readonly suffixes = $derived.by(() =>
		compareSuffixes(
			this.#value.tokenizers,
			(codes) =>
				this.#rowsOf(
					this.#first.filter(({ code }) => codes.includes(code)),
					'name'
				),
			this.#value.baseline
		)
	);

	#rowsOf(languages: readonly Language[], order: RowOrder) {
		return rowsOf(languages, this.#measures, this.#value.baseline, order);
	}

	/** Whether the languages and the baseline have been measured with the tokenizer at this index. */
	#isMeasured(at: number, languages: readonly Language[]): boolean {
		const has = (code: string) => this.#measures[at].has(code);
		return has(this.#value.baseline) && languages.every(({ code }) => has(code));
	}

	/** Whether the languages have been measured with all tokenizers that haven't failed. */
	#isComplete(languages: readonly Language[]): boolean {
		return this.#value.tokenizers.every(
			(id, at) => this.measurements.stateOf(id).error !== null || this.#isMeasured(at, languages)
		);
	}

	/**
	 * Languages that the page's sentences summarise, regardless of any search: the first ones, or all languages once
	 * all are shown and measured.
	 */
	readonly summarized: readonly Language[] = $derived.by(() =>
		this.#value.all && this.#isComplete(this.languages.all) ? this.languages.all : this.#first
	);

	/** Whether a running measurement may still change {@link mostExpensive}. */
	readonly isAwaited = $derived.by(
		() =>
			this.measurements.status === 'loading' &&
			!this.#isComplete(this.#value.all ? this.languages.all : this.#first)
	);

	/**
	 * The most expensive of the {@link summarized} languages, excluding the baseline. Considers only tokenizers with
	 * which all these languages have been measured; `null` if there are no such tokenizers.
	 */
	readonly mostExpensive: Finding | null = $derived.by(() => {
		const complete = [...this.#value.tokenizers.keys()].filter((at) =>
			this.#isMeasured(at, this.summarized)
		);
		let found: Finding | null = null;
		let highest = 0;
		for (const language of this.summarized) {
			if (language.code === this.#value.baseline) continue;
			const all = this.premiumsOf(language.code);
			const premiums = complete.flatMap((at) => {
				const premium = all[at];
				return premium === null ? [] : [{ tokenizer: this.#value.tokenizers[at], premium }];
			});
			const most = Math.max(0, ...premiums.map(({ premium }) => premium));
			if (most > highest) [found, highest] = [{ language, premiums }, most];
		}
		return found;
	});

	/** The language whose premium is explained: the selected one or, by default, the one in the headline. */
	readonly chosen: Language = $derived.by(() => {
		const { chosen, baseline } = this.#value;
		if (chosen !== null) return this.language(chosen);
		const other = this.#first.find(({ code }) => code !== baseline) ?? this.baseline;
		return this.mostExpensive?.language ?? other;
	});

	/** Premiums of a language, one per tokenizer; `null` for a tokenizer in which the language has no premium. */
	premiumsOf(code: string): readonly (number | null)[] {
		return this.#measures.map((of) => knownPremium(of.get(code), of.get(this.#value.baseline)));
	}

	/**
	 * Tokenizers in measuring order: the one that rows are sorted by, the one whose details are shown, then the others.
	 */
	readonly measuringOrder: readonly string[] = $derived.by(() => [
		...new Set([this.sortedBy, this.detail, ...this.#value.tokenizers].filter((id) => id !== null))
	]);

	/** Languages that the page needs, most urgent first. */
	readonly wanted: readonly string[] = $derived.by(() => [
		...new Set([
			this.#value.baseline,
			...(this.#value.chosen === null ? [] : [this.#value.chosen]),
			...this.languages.first,
			...this.#found.map(({ code }) => code),
			...(this.#value.all ? this.languages.all.map(({ code }) => code) : [])
		])
	]);

	/** Tokenizers that drop too much of the text in the baseline or in any of the {@link summarized} languages. */
	readonly dropping: readonly (Coverage & { readonly tokenizer: string })[] = $derived.by(() =>
		this.#value.tokenizers.flatMap((tokenizer, i) => {
			const coverage = coverageOf(
				this.summarized.flatMap(({ code }) => this.#measures[i].get(code) ?? []),
				this.#measures[i].get(this.#value.baseline)
			);
			const isDropping = coverage.excluded > 0 || coverage.isBaselineExcluded;
			return isDropping ? [{ ...coverage, tokenizer }] : [];
		})
	);

	/** Those of {@link chosen} and {@link baseline} for which the tokenizer {@link detail} drops too much of the text. */
	readonly dropped: readonly Language[] = $derived.by(() => {
		const { detail } = this;
		if (detail === null) return [];
		const measures = this.measurements.measures(detail);
		return [...new Set([this.chosen, this.baseline])].filter(({ code }) =>
			isDropped(measures.get(code))
		);
	});

	/** How {@link chosen} compares with the baseline in the tokenizer {@link detail}; `null` if there is no premium. */
	readonly explained: Explanation | null = $derived.by(() => {
		const { detail } = this;
		if (detail === null) return null;
		const of = this.measurements.measures(detail);
		const found = compare(of.get(this.chosen.code), of.get(this.#value.baseline));
		return found && { ...found, tokenizer: detail };
	});
}
