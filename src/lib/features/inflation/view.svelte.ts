import { coverageOf, type Coverage } from '../../languages/dropped';
import type { Language } from '../../languages/types';
import { BASELINE } from '../../languages/premium';
import type { DocumentValue } from '../../session/documents/document.svelte';
import type { INFLATION_FIELDS, RowOrder } from '../../session/documents/inflation';
import { findLanguages, shortTexts } from './language-list';
import type { Measurements } from './measurements.svelte';
import { premiumScale } from './premium-scale';
import { compare, isDropped, knownPremium, rowsOf, type Comparison } from './rows';
import { checkSuffixClaim } from './suffix-claim';
import { FEW_SUFFIXES, SUFFIX_WORDS } from './suffix-words';

/** The languages of the page. */
export interface Languages {
	/** All, in the order of their names. */
	readonly all: readonly Language[];
	/** Codes of those that are shown until all are asked for. */
	readonly first: readonly string[];
}

/** The chosen language in one tokenizer. */
export interface Explanation extends Comparison {
	readonly tokenizer: string;
}

/** The premium of a language in a tokenizer. */
export interface PremiumCase {
	readonly language: Language;
	readonly tokenizer: string;
	readonly premium: number;
}

/** Selects and orders the measurements that are shown. */
export class InflationView {
	readonly measurements: Measurements;
	readonly languages: Languages;
	readonly #value: DocumentValue<typeof INFLATION_FIELDS>;
	readonly #byCode: ReadonlyMap<string, Language>;

	/** @param value what the page shows */
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

	get tokenizers(): readonly string[] {
		return this.#value.tokenizers;
	}
	get baseline(): Language {
		return this.language(this.#value.baseline);
	}
	/** The language whose premium is explained. */
	get chosen(): Language {
		return this.language(this.#value.chosen);
	}
	/** The tokenizer whose details are shown, one of the chosen ones; `null` if none is chosen. */
	get detail(): string | null {
		const { detail, tokenizers } = this.#value;
		return detail !== null && tokenizers.includes(detail) ? detail : (tokenizers.at(0) ?? null);
	}
	get order(): RowOrder {
		const { sort, tokenizers } = this.#value;
		if (sort === 'name') return sort;
		return { tokenizer: sort === null ? 0 : Math.max(0, tokenizers.indexOf(sort)) };
	}
	/** The tokenizer whose premiums sort the rows; `null` if their names do, or without tokenizers. */
	get sortedBy(): string | null {
		const { order } = this;
		return order === 'name' ? null : (this.tokenizers.at(order.tokenizer) ?? null);
	}

	/** @throws Error for an unknown code */
	language(code: string): Language {
		const language = this.#byCode.get(code);
		if (!language) throw new Error(`There is no declaration “${code}”.`);
		return language;
	}
	has(code: string): boolean {
		return this.#byCode.has(code);
	}

	/** Languages to filter: all, or the first ones. A search or a script filters all. */
	readonly #pool: readonly Language[] = $derived.by(() =>
		this.#value.all || this.#value.search.trim() !== '' || this.#value.script !== null
			? this.languages.all
			: this.languages.all.filter(({ code }) => this.languages.first.includes(code))
	);
	readonly #found = $derived.by(() =>
		findLanguages(this.#pool, this.#value.search, this.#value.script)
	);
	/** Translations that seem to leave passages out. */
	readonly short = $derived.by(() => shortTexts(this.languages.all));
	/** Of each tokenizer. */
	readonly #measures = $derived.by(() =>
		this.#value.tokenizers.map((tokenizer) => this.measurements.measures(tokenizer))
	);
	/** English first, the most likely baseline. */
	get baselines(): readonly Language[] {
		return [this.language(BASELINE), ...this.languages.all.filter(({ code }) => code !== BASELINE)];
	}
	readonly rows = $derived.by(() =>
		rowsOf(this.#found, this.#measures, this.#value.baseline, this.order)
	);
	readonly scale = $derived.by(() =>
		premiumScale(
			this.rows.flatMap(({ premiums }) => premiums.filter((premium) => premium !== null)),
			this.#value.log
		)
	);
	readonly claim = $derived.by(() => {
		const rowsIn = (codes: readonly string[]) => {
			const languages = codes.filter((code) => this.has(code)).map((code) => this.language(code));
			return rowsOf(languages, this.#measures, this.#value.baseline, 'name');
		};
		const many = rowsIn(SUFFIX_WORDS.map(({ language }) => language));
		return checkSuffixClaim(many, rowsIn(FEW_SUFFIXES), this.#value.baseline);
	});

	/** Whether {@link claim} and {@link mostExpensive} still lack a first language or a tokenizer that is being measured. */
	readonly isHeadlineAwaited = $derived.by(() => {
		const suffixing = SUFFIX_WORDS.map(({ language }) => language);
		const codes = [this.#value.baseline, ...suffixing, ...this.languages.first];
		return this.#value.tokenizers.some(
			(id, i) =>
				this.measurements.stateOf(id).remaining > 0 &&
				codes.some((code) => this.has(code) && !this.#measures[i].has(code))
		);
	});

	/**
	 * The most expensive of the summarized languages, in whichever tokenizer; `null` if none is more
	 * expensive than the baseline.
	 */
	readonly mostExpensive: PremiumCase | null = $derived.by(() => {
		let found: PremiumCase | null = null;
		for (const one of this.#compared.flat()) if (one.premium > (found?.premium ?? 1)) found = one;
		return found;
	});

	/** Premium of a language in each of the tokenizers; `null` where it has none. */
	premiumsOf(code: string): readonly (number | null)[] {
		return this.#measures.map((of) => knownPremium(of.get(code), of.get(this.#value.baseline)));
	}

	/**
	 * Ranks of the chosen language among the summarized ones, 1 for the most expensive, one per tokenizer; `null`
	 * where it has no premium, or while some of them are not measured.
	 */
	readonly ranks: readonly ({ readonly rank: number; readonly of: number } | null)[] = $derived.by(
		() =>
			this.#measures.map((of) => {
				const premiumOf = (code: string) =>
					knownPremium(of.get(code), of.get(this.#value.baseline));
				const own = premiumOf(this.#value.chosen);
				if (own === null) return null;
				const codes = new Set([this.#value.chosen, ...this.summarized.map(({ code }) => code)]);
				if (![...codes].every((code) => of.has(code))) return null;
				const premiums = [...codes].map(premiumOf).filter((premium) => premium !== null);
				const rank = 1 + premiums.filter((premium) => premium > own).length;
				return { rank, of: premiums.length };
			})
	);

	/** The tokenizers to measure: the one that sorts the rows first, then the one whose details are shown. */
	readonly measuringOrder: readonly string[] = $derived.by(() => [
		...new Set([this.sortedBy, this.detail, ...this.#value.tokenizers].filter((id) => id !== null))
	]);

	/** Languages to measure for everything shown, the most urgent first. */
	readonly wanted: readonly string[] = $derived.by(() => [
		...new Set([
			this.#value.baseline,
			this.#value.chosen,
			...this.languages.first,
			...this.#found.map(({ code }) => code),
			...(this.#value.all ? this.languages.all.map(({ code }) => code) : [])
		])
	]);

	/**
	 * Languages that sentences about a tokenizer summarize: the first ones, or all once they are shown. A search
	 * does not change them.
	 */
	readonly summarized: readonly Language[] = $derived.by(() =>
		this.#value.all ? this.languages.all : this.languages.first.map((code) => this.language(code))
	);

	/** The summarized languages that have a premium, of each tokenizer. */
	readonly #compared: readonly (readonly PremiumCase[])[] = $derived.by(() =>
		this.#value.tokenizers.map((tokenizer) =>
			this.summarized.flatMap((language) => {
				const of = this.measurements.measures(tokenizer);
				const premium = knownPremium(of.get(language.code), of.get(this.#value.baseline));
				return premium === null ? [] : [{ language, tokenizer, premium }];
			})
		)
	);

	/** Number of summarized languages that have a premium, in the tokenizer where most of them do. */
	readonly comparedCount = $derived.by(() =>
		Math.max(0, ...this.#compared.map(({ length }) => length))
	);

	/** Tokenizers that drop bytes of the summarized languages. */
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

	/** The chosen language and the baseline, if the tokenizer whose details are shown drops bytes of them. */
	readonly dropped: readonly Language[] = $derived.by(() => {
		const { detail } = this;
		if (detail === null) return [];
		const measures = this.measurements.measures(detail);
		return [...new Set([this.#value.chosen, this.#value.baseline])]
			.filter((code) => isDropped(measures.get(code)))
			.map((code) => this.language(code));
	});

	/** The chosen language in the tokenizer whose details are shown; `null` if it has no premium. */
	readonly explained: Explanation | null = $derived.by(() => {
		const { detail } = this;
		if (detail === null) return null;
		const of = this.measurements.measures(detail);
		const found = compare(of.get(this.#value.chosen), of.get(this.#value.baseline));
		return found && { ...found, tokenizer: detail };
	});
}
