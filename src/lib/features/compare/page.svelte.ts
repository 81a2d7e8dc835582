/** The Compare page's state. The text and the selected tokenizers are part of the lab's state. */
import { createContext } from 'svelte';
import { countCharsOfUtf8 } from '../../engine/text';
import { Answers } from '../../session/answers.svelte';
import type { Drawn } from '../../session/calls/tokenizing';
import { COMPARE_FIELDS } from '../../session/documents/compare';
import { FIRST_EXAMPLE } from '../../session/examples';
import type { Lab } from '../../session/lab.svelte';
import { documentOf } from '../../session/prerender';
import { DifferenceWalk } from '../../ui/token/difference-walk.svelte';
import type { FigureRow } from './figures';
import type { IdList } from './id-list';
import { describeDropped, describeDroppingName } from './messages';
import type { PrerenderedComparison } from './prerender';
import { SecondOpinions } from './second-opinions.svelte';

const NO_IDS: IdList = { ids: new Uint32Array(), errors: [], notes: [] };

export function createComparePage(lab: Lab, first: PrerenderedComparison) {
	const { costs, input, known, live, tokenizing } = lab;
	/** `null` until the code that reads lists of ids is loaded. */
	let reader = $state.raw<Awaited<ReturnType<typeof createReader>> | null>(null);
	const createReader = async () => {
		const { IdSearch, ...loaded } = await import('./id-reader');
		return { ...loaded, search: new IdSearch(tokenizing) };
	};
	const idList = $derived(reader?.parseIds(input.ids) ?? NO_IDS);
	const answers = new Answers(tokenizing, live);
	const walk = new DifferenceWalk(
		() => answers.differences,
		() => (input.kind === 'text' ? input.text : input.ids),
		(id) => answers.shown.includes(id)
	);
	const document = lab.document(COMPARE_FIELDS, {
		names: known,
		bound: {
			...{ tokenizers: lab, whitespace: lab },
			...{ source: live, chosenMerges: live },
			...{ pinned: walk, difference: walk },
			priceOf: costs
		},
		input: {
			default: { kind: 'text', value: FIRST_EXAMPLE.text },
			content() {
				const { kind, text, ids } = input;
				const isFirst = kind === 'text' && text === FIRST_EXAMPLE.text;
				return isFirst ? 'default' : { kind, value: kind === 'text' ? text : ids };
			},
			take({ input: linked }) {
				if (!linked) return;
				input.kind = linked.kind;
				if (linked.kind === 'text') input.text = linked.value;
				else input.ids = linked.value;
			}
		}
	});
	const { value } = document;
	/** The tokenizer that the others are compared with; `null` if it isn't selected. */
	const base = $derived(
		value.base !== null && value.tokenizers.includes(value.base) ? value.base : null
	);
	function follow(): void {
		const { kind, document: text } = input;
		const { special, tokenizers } = value;
		answers.follow(
			kind === 'text' ? { kind, document: text, special } : { kind, ids: idList.ids },
			tokenizers,
			base
		);
	}
	/** The most recently counted text, cached because all cards show the same text. */
	let counted: { readonly document: Uint8Array; readonly characters: number } | undefined;
	function charactersOf(text: Uint8Array): number {
		if (text !== counted?.document)
			counted = { document: text, characters: countCharsOfUtf8(text) };
		return counted.characters;
	}
	const characters = $derived(charactersOf(input.document));

	function figuresOf({ document: text, encoding, distinct, vocabularySize }: Drawn) {
		const tokens = encoding.ids.length;
		const characters = charactersOf(text);
		return { tokens, bytes: text.length, characters, distinct, vocabularySize };
	}
	const figureRows = $derived(
		answers.shown.flatMap((id): FigureRow[] => {
			const card = answers.card(id);
			const { drawn } = card;
			const { presets, kindOf } = costs.of(id);
			const models = presets.length > 0 ? presets : [null];
			const name = known.nameOf(id);
			return models.map((model) => ({
				tokenizer: id,
				name: drawn && describeDropped(drawn) ? describeDroppingName(name) : name,
				// A getter, so that a change redraws the row without recomputing its figures.
				get isLate() {
					return card.isLate;
				},
				get isWaiting() {
					return card.status === 'loading';
				},
				figures: drawn && figuresOf(drawn),
				model,
				kind: model && kindOf(model)
			}));
		})
	);
	live.showPrerendered(first.merges);
	const example = documentOf(first, input);
	answers.showPrerendered(example, first.results);
	const secondOpinions = new SecondOpinions(tokenizing);
	secondOpinions.showPrerendered(example, first.opinions);
	return {
		answers,
		get base() {
			return base;
		},
		/** Number of code points in the text. */
		get characters() {
			return characters;
		},
		document,
		/** One row per model, and one for each tokenizer without models. */
		get figureRows() {
			return figureRows;
		},
		follow,
		get idList() {
			return idList;
		},
		async loadReader() {
			reader ??= await createReader();
			await reader.search.loadSpecials();
		},
		get reader() {
			return reader;
		},
		secondOpinions,
		value,
		walk
	};
}

export const [getComparePage, setComparePage] =
	createContext<ReturnType<typeof createComparePage>>();

/** Creates a function that returns the current value or, while it is pending, the previous value (if any). */
export function keepLatest<T>(): (isAwaited: boolean, current: () => T) => T {
	let latest: { readonly value: T } | null = null;
	return (isAwaited, current) => {
		if (!isAwaited || !latest) latest = { value: current() };
		return latest.value;
	};
}
