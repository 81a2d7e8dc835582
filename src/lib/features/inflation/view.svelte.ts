import type { RowOrder } from '../../session/links/inflation';
import { isLossless, lossesOf, type Losses } from '../../languages/dropped';
import { decompose } from '../../languages/decompose';
import { fairness } from '../../languages/fairness';
import type { Decomposition, Fairness, TextMeasure } from '../../languages/types';
import type { Language } from '../../languages/types';
import { SUFFIX_WORDS } from './suffix-words';
import type { Atlas } from './atlas.svelte';
import { claimOf, SUFFIXING } from './claim';
import { ratioScale } from './ratio-scale';
import { PANELS, type Panel } from '../../session/links/inflation';
import { findLanguages } from './language-search';
import { knownRatio, rowsOf, scriptsOf } from './rows';

/** The state of a plain address. */
export interface ViewDefaults {
	/** In the order of their names. */
	readonly languages: readonly Language[];
	/** Codes of those that are shown until all are asked for. */
	readonly first: readonly string[];
	readonly tokenizers: readonly string[];
	readonly baseline: string;
	readonly chosen: string;
}

/** One tokenizer over the languages that are shown. */
export interface FairnessLine extends Fairness {
	readonly tokenizer: string;
	readonly worstLanguage: Language;
}

/** The chosen language in one tokenizer, beside the baseline. */
export interface Explanation {
	readonly tokenizer: string;
	readonly parts: Decomposition;
	readonly measure: TextMeasure;
	readonly baseline: TextMeasure;
}

/** A language in a tokenizer, and what its ratio is made of. */
export interface Dearest {
	readonly language: Language;
	readonly tokenizer: string;
	readonly parts: Decomposition;
}

/** The part of the atlas that is shown, and how. */
export class InflationView {
	readonly atlas: Atlas;
	readonly defaults: ViewDefaults;
	#tokenizers = $state.raw<readonly string[]>([]);
	#baseline = $state('');
	#chosen = $state('');
	#detail = $state<string | null>(null);
	/** All languages, or the first ones. */
	all = $state(false);
	search = $state('');
	/** Only languages in this script; `null` for any. */
	script = $state<string | null>(null);
	log = $state(true);
	order = $state.raw<RowOrder>({ tokenizer: 0 });
	/** 1 to 30. */
	article = $state(1);
	/** Language of the word of many suffixes. */
	word = $state(SUFFIX_WORDS[0].language);
	/** Open panels, in the order of PANELS. */
	open = $state.raw<readonly Panel[]>([]);
	readonly #byCode: ReadonlyMap<string, Language>;

	constructor(atlas: Atlas, defaults: ViewDefaults) {
		this.atlas = atlas;
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
	/** The language that is looked into. */
	get chosen(): Language {
		return this.language(this.#chosen);
	}
	/** The tokenizer that is looked into: one of those that are shown; `null` if none is. */
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
	setDetail(tokenizer: string): void {
		this.#detail = tokenizer;
	}

	/** Languages to filter: all, or the first ones. A search or a script filters all. */
	readonly pool: readonly Language[] = $derived.by(() =>
		this.all || this.search.trim() !== '' || this.script !== null
			? this.defaults.languages
			: this.defaults.languages.filter(({ code }) => this.defaults.first.includes(code))
	);
	readonly found: readonly Language[] = $derived(
		findLanguages(this.pool, this.search, this.script)
	);
	readonly scripts = $derived.by(() => scriptsOf(this.defaults.languages));
	readonly measures = $derived.by(() =>
		this.#tokenizers.map((tokenizer) => this.atlas.measures(tokenizer))
	);
	readonly rows = $derived(rowsOf(this.found, this.measures, this.#baseline, this.order));
	readonly scale = $derived(
		ratioScale(
			this.rows.flatMap(({ ratios }) => ratios.filter((ratio) => ratio !== null)),
			this.log
		)
	);
	readonly claim = $derived.by(() => {
		const languages = SUFFIXING.filter((code) => this.has(code)).map((code) => this.language(code));
		const rows = rowsOf(languages, this.measures, this.#baseline, 'name');
		const inOrder = SUFFIXING.flatMap((code) => rows.filter((row) => row.language.code === code));
		return claimOf(inOrder, this.#baseline, this.baseline.name);
	});

	/**
	 * The most expensive of the set in the tokenizer that is looked into, and how many of the set have a
	 * ratio; `null` if none is more expensive than the baseline.
	 */
	readonly dearest: (Dearest & { readonly languages: number }) | null = $derived.by(() => {
		const line = this.fairness.find(({ tokenizer }) => tokenizer === this.detail);
		if (!line || line.worst <= 1) return null;
		const found = this.#dearest(line.worstLanguage, line.tokenizer);
		return found && { ...found, languages: line.languages };
	});

	/** The most expensive of the languages that the claim is about; `null` as above. */
	readonly dearestOfClaim: Dearest | null = $derived.by(() => {
		const { highest } = this.claim;
		if (!highest || highest.ratio <= 1) return null;
		return this.#dearest(highest.language, this.#tokenizers[highest.tokenizer]);
	});

	#dearest(language: Language, tokenizer: string): Dearest | null {
		const of = this.atlas.measures(tokenizer);
		const [own, baseline] = [of.get(language.code), of.get(this.#baseline)];
		const parts = own && baseline ? decompose(own, baseline) : null;
		return parts && { language, tokenizer, parts };
	}

	/** Languages to measure for everything shown, in order of urgency. */
	readonly wanted: readonly string[] = $derived.by(() => [
		...new Set([
			this.#baseline,
			this.#chosen,
			...this.defaults.first,
			...this.found.map(({ code }) => code),
			...(this.all ? this.defaults.languages.map(({ code }) => code) : [])
		])
	]);

	/** The first languages, or all once they are asked for: sentences about a tokenizer are about these. */
	readonly set: readonly Language[] = $derived.by(() =>
		this.all ? this.defaults.languages : this.defaults.first.map((code) => this.language(code))
	);

	/** A search does not change it. */
	readonly fairness: readonly FairnessLine[] = $derived.by(() => {
		const { set } = this;
		return this.#tokenizers.flatMap((tokenizer, i) => {
			const of = this.measures[i];
			const base = of.get(this.#baseline);
			const measured = set.flatMap((language) => {
				const ratio = knownRatio(of.get(language.code), base);
				return ratio === null ? [] : [{ language, ratio }];
			});
			const line = fairness(measured.map(({ ratio }) => ratio));
			return line ? [{ ...line, tokenizer, worstLanguage: measured[line.worstAt].language }] : [];
		});
	});

	/** Tokenizers that drop bytes of the set, with their losses. */
	readonly losses: readonly (Losses & { readonly tokenizer: string })[] = $derived.by(() =>
		this.#tokenizers.flatMap((tokenizer, i) => {
			const losses = lossesOf(
				this.set.flatMap(({ code }) => this.measures[i].get(code) ?? []),
				this.measures[i].get(this.#baseline)
			);
			return losses.languages > 0 || losses.baseline ? [{ ...losses, tokenizer }] : [];
		})
	);

	/** The chosen language and the baseline, as far as the tokenizer that is looked into drops some of their bytes. */
	readonly dropped: readonly Language[] = $derived.by(() => {
		const { detail } = this;
		if (detail === null) return [];
		const measures = this.atlas.measures(detail);
		return [...new Set([this.#chosen, this.#baseline])]
			.filter((code) => {
				const measure = measures.get(code);
				return measure !== undefined && !isLossless(measure);
			})
			.map((code) => this.language(code));
	});

	/** The {@link explanations} entry of the tokenizer that is looked into; `null` if it has no ratio. */
	readonly explained: Explanation | null = $derived.by(
		() => this.explanations.find(({ tokenizer }) => tokenizer === this.detail) ?? null
	);

	/** Why the chosen language costs what it costs, in each tokenizer where it is measured. */
	readonly explanations: readonly Explanation[] = $derived.by(() =>
		this.#tokenizers.flatMap((tokenizer, i) => {
			const measure = this.measures[i].get(this.#chosen);
			const baseline = this.measures[i].get(this.#baseline);
			const parts = measure && baseline ? decompose(measure, baseline) : null;
			return measure && baseline && parts ? [{ tokenizer, parts, measure, baseline }] : [];
		})
	);
}
