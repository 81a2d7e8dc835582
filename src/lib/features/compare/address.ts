import type { SharedText } from '../../session/shared-text.svelte';
import type { Costs } from '../../session/costs.svelte';
import { FIRST_EXAMPLE } from '../../session/examples';
import type { Drawing } from '../../session/lab.svelte';
import { COMPARE_LINK } from '../../session/links/compare';
import { describeUnknownModels } from '../../session/links/messages';
import { PageAddress, type Names } from '../../session/links/page-address.svelte';
import { readLink, writeLink } from '../../session/links/schema';
import type { LiveTokenizer } from '../../session/tokenizers/live-tokenizer.svelte';
import type { DifferenceWalk } from '../../ui/token/difference-walk.svelte';
import { DEFAULT_TOKENIZERS } from '../../tokenizers/catalogue';
import type { CompareView } from './page.svelte';

/** State that a link to Compare restores. */
interface LinkedState {
	readonly shared: SharedText;
	readonly idInput: { text: string };
	readonly live: Pick<LiveTokenizer, 'link' | 'take'>;
	readonly drawing: Drawing;
	readonly costs: Costs;
	readonly view: CompareView;
	readonly walk: DifferenceWalk;
}

/** Binds the page to its address. Applies the readable parts of a bad link. */
export const createCompareAddress = (
	{ shared, idInput, live, drawing, costs, view, walk }: LinkedState,
	names: Names,
	replace: (address: string) => void
): PageAddress =>
	new PageAddress(
		{
			load: () => names.load(),
			links: names.links,
			defaultInput: { kind: 'text', value: FIRST_EXAMPLE.text },
			input: () => (shared.kind === 'text' ? shared.text : idInput.text),
			read(search, input) {
				const { values, problems } = readLink(COMPARE_LINK, search, names);
				const {
					tokenizers,
					corpus,
					merges,
					special,
					display,
					colourAll,
					whitespace,
					budget,
					allModels,
					sort,
					pin,
					difference
				} = values;
				const found = [...problems];
				const take = (_isSound: boolean, keepsInput: boolean) => {
					// An anchor alone says nothing about the page.
					if (!input && search.size === 0) return;
					const retrained = live.take({ corpus, merges });
					shared.setTokenizers(tokenizers ?? DEFAULT_TOKENIZERS);
					shared.setSpecial(special);
					Object.assign(drawing, { display, colourAll, whitespace });
					Object.assign(view, { budget, allModels, sort });
					const unknown = costs.take(values);
					if (unknown.length > 0) found.push(describeUnknownModels(unknown));
					if (retrained) shared.retryLive();
					else shared.redrawLive();
					if (keepsInput) return;
					if (input) {
						shared.setKind(input.kind);
						if (input.kind === 'text') shared.setText(input.value);
						else idInput.text = input.value;
					}
					walk.take(pin, difference === null ? null : difference - 1);
				};
				return { problems: found, take };
			},
			write() {
				const { kind, text, tokenizers, special } = shared;
				const { display, colourAll, whitespace } = drawing;
				const search = writeLink(
					COMPARE_LINK,
					{
						tokenizers,
						...live.link,
						special,
						display,
						colourAll,
						whitespace,
						pin: walk.pinned,
						difference: walk.current < 0 ? null : walk.current + 1,
						...costs.linkOf(tokenizers),
						budget: view.budget,
						allModels: view.allModels,
						sort: view.sort
					},
					{ tokenizers: DEFAULT_TOKENIZERS }
				);
				const isFirst = kind === 'text' && text === FIRST_EXAMPLE.text;
				const value = kind === 'text' ? text : idInput.text;
				return { search, content: () => (isFirst ? 'nothing' : { kind, value }) };
			}
		},
		replace
	);
