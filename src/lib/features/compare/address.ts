import type { CompareState } from '../../session/compare.svelte';
import { FIRST_EXAMPLE } from '../../session/examples';
import { COMPARE_LINK } from '../../session/links/compare';
import { PageAddress, type Names } from '../../session/links/page-address.svelte';
import { readLink, writeLink } from '../../session/links/schema';
import type { LiveTokenizer } from '../../session/live-tokenizer.svelte';
import { DEFAULT_TOKENIZERS } from '../../tokenizers/catalogue';

/** Binds tokenizers, live tokenizer and input to the address. Applies the readable parts of a bad link. */
export const createCompareAddress = (
	state: CompareState,
	idInput: { text: string },
	names: Names,
	live: Pick<LiveTokenizer, 'link' | 'take'>,
	replace: (address: string) => void
): PageAddress =>
	new PageAddress(
		{
			load: () => names.load(),
			read(search, input) {
				const { values, problems } = readLink(COMPARE_LINK, search, names);
				const { tokenizers, corpus, merges } = values;
				const take = () => {
					const retrained = live.take({ corpus, merges });
					if (tokenizers) state.setTokenizers(tokenizers);
					if (retrained) state.retryLocal();
					else state.redrawLocal();
					if (!input) return;
					state.setKind(input.kind);
					if (input.kind === 'text') state.setText(input.value);
					else idInput.text = input.value;
				};
				return { problems, take };
			},
			write() {
				const { kind, text, tokenizers } = state;
				const search = writeLink(
					COMPARE_LINK,
					{ tokenizers, ...live.link },
					{ tokenizers: DEFAULT_TOKENIZERS }
				);
				const isFirst = kind === 'text' && text === FIRST_EXAMPLE.text;
				const value = kind === 'text' ? text : idInput.text;
				return { search, content: () => (isFirst ? 'nothing' : { kind, value }) };
			}
		},
		replace
	);
