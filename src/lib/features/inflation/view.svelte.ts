import { coverageOf, type Coverage } from '../../languages/dropped';
import { fairness } from '../../languages/premium';
import type { Fairness, Language } from '../../languages/types';
import { DEFAULT_BUDGET, PANELS, type Panel, type RowOrder } from '../../session/links/inflation';
import { findLanguages, scriptsOf, shortTexts } from './language-list';
import type { Measurements } from './measurements.svelte';
import { premiumScale } from './premium-scale';
import { compare, isDropped, knownPremium, rowsOf, type Comparison } from './rows';
import { checkSuffixClaim } from './suffix-claim';
import { FEW_SUFFIXES, SUFFIX_WORDS } from './suffix-words';

/** The state of an address without parameters. */
export interface ViewDefaults {
	/** All languages, in the order of their names. */
	readonly languages: readonly Language[];
	/** Codes of those that are shown until all are asked for. */
	readonly first: readonly string[];
	readonly tokenizers: readonly string[];
	readonly baseline: string;
	readonly chosen: string;
}

/** One tokenizer over the summarized languages. */
export interface FairnessRow extends Fairness {
	readonly tokenizer: string;
	readonly worstLanguage: Language;
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
	readonly defaults: ViewDefaults;
	#tokenizers = $state.raw<readonly string[]>([]);
	#baseline = $state('');
	#chosen = $state('');
	#detail = $state<string | null>(null);
	/** Whether all languages are shown, or only the first ones. */
	all = $state(false);
	search = $state('');
	/** Only languages in this script; `null` for any. */
	script = $state<string | null>(null);
	log = $state(true);
	order = $state.raw<RowOrder>({ tokenizer: 0 });
	/** 1 to 30. */
	article = $state(1);
	/** Tokens that whole articles should fit into. */
	budget = $state(DEFAULT_BUDGET);
	/** Language of the word with suffixes. */
	word = $state(SUFFIX_WORDS[0].language);
	/** Open panels, in the order of PANELS. */
	open = $state.raw<readonly Panel[]>([]);
	readonly #byCode: ReadonlyMap<string, Language>;

	constructor(measurements: Measurements, defaults: ViewDefaults) {
		this.measurements = measurements;
		this.defaults = defaults;
		this.#tokenizers = defaults.tokenizers;
		this.#baseline = defaults.baseline;
		this.#chosen = defaults.chosen;
		this.#byCode = new Map(defaults.languages.map((language) => [language.code, language]));
	}

	get tokenizers(): readonly string[] {
		return this.#tokenizers;
	}
	get baseline(): Language {
		return this.language(this.#baseline);
	}
	/** The language whose premium is explained. */
	get chosen(): Language {
		return this.language(this.#chosen);
	}
	/** The tokenizer whose details are shown, one of the chosen ones; `null` if none is chosen. */
	get detail(): string | null {
		const { tokenizers } = this;
		return this.#detail !== null && tokenizers.includes(this.#detail)
			? this.#detail
			: (tokenizers.at(0) ?? null);
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

	setTokenizers(ids: readonly string[]): void {
		const { order } = this;
		if (order !== 'name') {
			const at = ids.indexOf(this.#tokenizers[order.tokenizer]);
			this.order = { tokenizer: Math.max(0, at) };
		}
		this.#tokenizers = ids;
	}
	/** The tokenizer whose premiums sort the rows; `null` if their names do, or without tokenizers. */
	get sortedBy(): string | null {
		return this.order === 'name' ? null : (this.#tokenizers.at(this.order.tokenizer) ?? null);
	}
	/** Sorts the rows by their premium in one of the tokenizers. */
	sortBy(tokenizer: string): void {
		this.order = { tokenizer: Math.max(0, this.#tokenizers.indexOf(tokenizer)) };
	}
	setBaseline(code: string): void {
		this.#baseline = this.language(code).code;
	}
	choose(code: string): void {
		this.#chosen = this.language(code).code;
	}
	isOpen(panel: Panel): boolean {
		return this.open.includes(panel);
	}
	setOpen(panel: Panel, open: boolean): void {
		if (open !== this.isOpen(panel)) {
			this.open = PANELS.filter((one) => (one === panel ? open : this.isOpen(one)));
		}
	}
	/** @param tokenizer `null` for the first one */
	setDetail(tokenizer: string | null): void {
		this.#detail = tokenizer;
	}

	/** Languages to filter: all, or the first ones. A search or a script filters all. */
	readonly #pool: readonly Language[] = $derived.by(() =>
		this.all || this.search.trim() !== '' || this.script !== null
			? this.defaults.languages
			: this.defaults.languages.filter(({ code }) => this.defaults.first.includes(code))
	);
	readonly #found = $derived(findLanguages(this.#pool, this.search, this.script));
	/** Translations that seem to leave passages out. */
	readonly short = $derived.by(() => shortTexts(this.defaults.languages));
	readonly scripts = $derived.by(() => scriptsOf(this.defaults.languages));
	/** Of each tokenizer. */
	readonly #measures = $derived.by(() =>
		this.#tokenizers.map((tokenizer) => this.measurements.measures(tokenizer))
	);
	/** English first, the most likely baseline. */
	get baselines(): readonly Language[] {
		const { languages, baseline } = this.defaults;
		return [this.language(baseline), ...languages.filter(({ code }) => code !== baseline)];
	}
	readonly rows = $derived(rowsOf(this.#found, this.#measures, this.#baseline, this.order));
	readonly scale = $derived(
		premiumScale(
			this.rows.flatMap(({ premiums }) => premiums.filter((premium) => premium !== null)),
			this.log
		)
	);
	readonly claim = $derived.by(() => {
		const rowsIn = (codes: readonly string[]) => {
			const languages = codes.filter((code) => this.has(code)).map((code) => this.language(code));
			return rowsOf(languages, this.#measures, this.#baseline, 'name');
		};
		const many = rowsIn(SUFFIX_WORDS.map(({ language }) => language));
		return checkSuffixClaim(many, rowsIn(FEW_SUFFIXES), this.#baseline);
	});

	/** Whether {@link claim} and {@link mostExpensive} still lack a first language or a tokenizer that is being measured. */
	readonly isHeadlineAwaited = $derived.by(() => {
		const suffixing = SUFFIX_WORDS.map(({ language }) => language);
		const codes = [this.#baseline, ...suffixing, ...this.defaults.first];
		return this.#tokenizers.some(
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
		for (const { worst, worstLanguage, tokenizer } of this.fairness)
			if (worst > (found?.premium ?? 1))
				found = { language: worstLanguage, tokenizer, premium: worst };
		return found;
	});

	/** Premium of a language in each of the tokenizers; `null` where it has none. */
	premiumsOf(code: string): readonly (number | null)[] {
		return this.#measures.map((of) => knownPremium(of.get(code), of.get(this.#baseline)));
	}

	/**
	 * Ranks of the chosen language among the summarized ones, 1 for the most expensive, one per tokenizer; `null`
	 * where it has no premium, or while some of them are not measured.
	 */
	readonly ranks: readonly ({ readonly rank: number; readonly of: number } | null)[] = $derived.by(
		() =>
			this.#measures.map((of) => {
				const premiumOf = (code: string) => knownPremium(of.get(code), of.get(this.#baseline));
				const own = premiumOf(this.#chosen);
				if (own === null) return null;
				const codes = new Set([this.#chosen, ...this.summarized.map(({ code }) => code)]);
				if (![...codes].every((code) => of.has(code))) return null;
				const premiums = [...codes].map(premiumOf).filter((premium) => premium !== null);
				const rank = 1 + premiums.filter((premium) => premium > own).length;
				return { rank, of: premiums.length };
			})
	);

	/** The tokenizers to measure: the one that sorts the rows first, then the one whose details are shown. */
	readonly measuringOrder: readonly string[] = $derived.by(() => [
		...new Set([this.sortedBy, this.detail, ...this.#tokenizers].filter((id) => id !== null))
	]);

	/** Languages to measure for everything shown, the most urgent first. */
	readonly wanted: readonly string[] = $derived.by(() => [
		...new Set([
			this.#baseline,
			this.#chosen,
			...this.defaults.first,
			...this.#found.map(({ code }) => code),
			...(this.all ? this.defaults.languages.map(({ code }) => code) : [])
		])
	]);

	/**
	 * Languages that sentences about a tokenizer summarize: the first ones, or all once they are shown. A search
	 * does not change them.
	 */
	readonly summarized: readonly Language[] = $derived.by(() =>
		this.all ? this.defaults.languages : this.defaults.first.map((code) => this.language(code))
	);

	readonly fairness: readonly FairnessRow[] = $derived.by(() => {
		const { summarized } = this;
		return this.#tokenizers.flatMap((tokenizer, i) => {
			const of = this.#measures[i];
			const measured = summarized.flatMap((language) => {
				const premium = knownPremium(of.get(language.code), of.get(this.#baseline));
				return premium === null ? [] : [{ language, premium }];
			});
			const row = fairness(measured.map(({ premium }) => premium));
			return row ? [{ ...row, tokenizer, worstLanguage: measured[row.worstAt].language }] : [];
		});
	});

	/** Tokenizers that drop bytes of the summarized languages. */
	readonly dropping: readonly (Coverage & { readonly tokenizer: string })[] = $derived.by(() =>
		this.#tokenizers.flatMap((tokenizer, i) => {
			const coverage = coverageOf(
				this.summarized.flatMap(({ code }) => this.#measures[i].get(code) ?? []),
				this.#measures[i].get(this.#baseline)
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
		return [...new Set([this.#chosen, this.#baseline])]
			.filter((code) => isDropped(measures.get(code)))
			.map((code) => this.language(code));
	});

	/** The {@link explanations} entry of the tokenizer whose details are shown; `null` if it has no premium. */
	readonly explained: Explanation | null = $derived.by(
		() => this.explanations.find(({ tokenizer }) => tokenizer === this.detail) ?? null
	);

	/** The chosen language in each tokenizer where it has a premium. */
	readonly explanations: readonly Explanation[] = $derived.by(() =>
		this.#tokenizers.flatMap((tokenizer, i) => {
			const of = this.#measures[i];
			const found = compare(of.get(this.#chosen), of.get(this.#baseline));
			return found ? [{ ...found, tokenizer }] : [];
		})
	);
}
