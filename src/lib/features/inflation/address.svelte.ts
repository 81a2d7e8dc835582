/** Keeps the Inflation page's address and its state in step: a link restores what was seen. */
import { YOURS } from '../../tokenizers/catalogue';
import { MODEL_SHAPES, NUMBER_FORMATS } from './model-shapes';
import { SUFFIX_WORDS } from './suffix-words';
import { decodeTextHash, LinkError } from '../../session/links/link-codec';
import { PageAddress, readPart, type Names } from '../../session/links/page-address.svelte';
import {
	PANELS,
	readInflation,
	writeInflation,
	type Typed,
	type WrittenView
} from '../../session/links/inflation';
import type { OwnPair, PairText } from './pair.svelte';
import type { Spending } from './spending.svelte';
import type { InflationView } from './view.svelte';

/** What the page shows, part by part. */
export interface InflationParts {
	readonly view: InflationView;
	readonly spending: Spending;
	readonly pair: OwnPair;
	/** Price and window of a tokenizer. */
	readonly costs: { of(tokenizer: string): LinkedCost };
}

interface LinkedCost {
	price: number | null;
	window: number | null;
	readonly presets: readonly { readonly model: string }[];
	readonly preset: {
		readonly model: string;
		readonly inputPerMillion: number | null;
		readonly contextWindow: number;
	} | null;
	choose(model: string): void;
}

export class InflationAddress {
	readonly #parts: InflationParts;
	readonly #names: Names;
	readonly #address: PageAddress;
	readonly #defaults: WrittenView;

	/**
	 * @param replace puts an address (search and hash) in place of the current one
	 */
	constructor(parts: InflationParts, names: Names, replace: (address: string) => void) {
		this.#parts = parts;
		this.#names = names;
		this.#address = new PageAddress(replace);
		const { tokenizers, baseline, chosen } = parts.view.defaults;
		this.#defaults = {
			tokenizers,
			baseline,
			chosen,
			all: false,
			search: '',
			script: null,
			log: true,
			order: { tokenizer: 0 },
			detail: tokenizers.at(0) ?? null,
			article: 1,
			word: SUFFIX_WORDS[0].language,
			open: [],
			prompt: DEFAULT_PROMPT,
			model: MODEL_SHAPES[0].name,
			shape: null,
			cache: null,
			priceOf: null,
			price: null,
			window: null
		};
	}

	/** What was wrong with the link, in words; null when nothing was. */
	get problem(): string | null {
		return this.#address.problem;
	}
	/** Whether the user's own texts are too long for a link. */
	get tooLong(): boolean {
		return this.#address.unlinked === 'long';
	}

	dismiss(): void {
		this.#address.dismiss();
	}

	/**
	 * Takes over what the address asks for; a bad link says so, and what it cannot say stays as it is.
	 * @returns whether it chose the tokenizers
	 */
	async read({ searchParams, hash }: URL): Promise<boolean> {
		await this.#names.load();
		const own = hash === '' || this.#address.wroteHash(hash);
		if (searchParams.size === 0 && own) return false;
		const end = this.#address.startReading();
		const { view, spending, pair } = this.#parts;
		const linked = readInflation(searchParams, {
			// What is trained on the spot on Compare is of its text: see takeOver.
			hasTokenizer: (id) => id !== YOURS && this.#names.has(id),
			hasLanguage: (code) => view.has(code),
			hasScript: (script) => view.scripts.some((known) => known.script === script),
			hasWord: (code) => SUFFIX_WORDS.some(({ language }) => language === code),
			hasModel: (name) => MODEL_SHAPES.some((known) => known.name === name),
			hasFormat: (name) => NUMBER_FORMATS.some((known) => known.name === name)
		});
		const problems = [...linked.problems];
		if (linked.tokenizers) view.setTokenizers(linked.tokenizers);
		view.setBaseline(linked.baseline ?? this.#defaults.baseline);
		view.choose(linked.chosen ?? this.#defaults.chosen);
		view.all = linked.all;
		view.search = linked.search;
		view.script = linked.script;
		view.log = linked.log;
		view.order = linked.order;
		if (linked.detail !== null) view.setDetail(linked.detail);
		view.article = linked.article;
		view.word = linked.word ?? this.#defaults.word;
		view.open = PANELS.filter((panel) => linked.open.includes(panel));
		spending.prompt = linked.prompt ?? DEFAULT_PROMPT;
		if (linked.model !== null) spending.choose(linked.model);
		if (linked.shape !== null) spending.setShape(linked.shape);
		if (linked.cache !== null) spending.setFormat(linked.cache);
		const cost = view.detail === null ? null : this.#parts.costs.of(view.detail);
		if (cost && linked.priceOf !== null) {
			if (cost.presets.some(({ model }) => model === linked.priceOf)) cost.choose(linked.priceOf);
			else
				problems.push(
					`The link asks for prices of “${linked.priceOf}”, which the lab does not have.`
				);
		}
		if (cost && linked.price !== null) cost.price = figureOf(linked.price);
		if (cost && linked.window !== null) cost.window = figureOf(linked.window);
		const texts = own ? null : await readPart(() => linkedTexts(hash), problems);
		if (end(problems) && texts) pair.set(texts);
		return linked.tokenizers !== null;
	}

	/**
	 * Writes the state to the address once it rests. Reads the state, so that an effect follows it.
	 * @returns gives it up: the address may be another page's by then
	 */
	write(): () => void {
		const { view, spending, pair } = this.#parts;
		const { tokenizers, all, search, script, log, order, detail, article, word, open } = view;
		const [baseline, chosen] = [view.baseline.code, view.chosen.code];
		const { prompt } = spending;
		const model = spending.preset?.name ?? null;
		const shape = spending.preset === null ? spending.shape : null;
		const cache = spending.preset === null || spending.formatChanged ? spending.format.name : null;
		const written = { tokenizers, baseline, chosen, all, search, script, log, order, detail };
		const places = { article, word, open };
		const inside = { prompt, model, shape, cache };
		const costs = this.#writtenCost(detail);
		const address = writeInflation({ ...written, ...places, ...inside, ...costs }, this.#defaults);
		const { texts, changed } = pair;
		return this.#address.write(address, () => {
			if (!changed) return 'nothing';
			return { kind: 'text', value: JSON.stringify(texts.map(({ name, text }) => [name, text])) };
		});
	}

	/** What of price and window a link has to say: where they are not the tokenizer's first model's. */
	#writtenCost(tokenizer: string | null): Pick<WrittenView, 'priceOf' | 'price' | 'window'> {
		const cost = tokenizer === null ? null : this.#parts.costs.of(tokenizer);
		if (!cost) return { priceOf: null, price: null, window: null };
		const { preset, presets } = cost;
		return {
			priceOf: preset && preset.model !== presets[0].model ? preset.model : null,
			price: cost.price === (preset?.inputPerMillion ?? null) ? null : (cost.price ?? 'none'),
			window: cost.window === (preset?.contextWindow ?? null) ? null : (cost.window ?? 'none')
		};
	}
}

const figureOf = (typed: Typed): number | null => (typed === 'none' ? null : typed);

/** Tokens of the prompt that costs are reckoned for. */
const DEFAULT_PROMPT = 2000;

/** @throws {LinkError} for a damaged hash, and for what is not a list of names and texts */
async function linkedTexts(hash: string): Promise<PairText[] | null> {
	const input = await decodeTextHash(hash);
	return input && textsOf(input.value);
}

function textsOf(json: string): PairText[] {
	let list: unknown;
	try {
		list = JSON.parse(json);
	} catch (cause) {
		throw new LinkError(FOREIGN, { cause });
	}
	if (!Array.isArray(list) || list.length < 2) throw new LinkError(FOREIGN);
	return list.map((item: unknown) => {
		if (!Array.isArray(item)) throw new LinkError(FOREIGN);
		const [name, text] = item as unknown[];
		if (typeof name !== 'string' || typeof text !== 'string') throw new LinkError(FOREIGN);
		return { name, text };
	});
}

const FOREIGN =
	'This link carries a text, but not two or more named ones, which this page compares. It may be a link to another page of the lab.';
