import type { CompareState } from '../../session/compare.svelte';
import { FIRST_EXAMPLE } from '../../session/examples';
import { COMPARE_LINK } from '../../session/links/compare';
import { PageAddress, type Names } from '../../session/links/page-address.svelte';
import { readLink, writeLink } from '../../session/links/schema';
import type { LiveTokenizer } from '../../session/live-tokenizer.svelte';
import { DEFAULT_TOKENIZERS } from '../../tokenizers/catalogue';

/** Tokenizers, live tokenizer and input in the address. Of a bad link, what can be read is taken over. */
export const createCompareAddress = (
	state: CompareState,
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
					else state.setIdsText(input.value);
				};
				return { problems, take };
			},
			write() {
				const { kind, text, idsText, tokenizers } = state;
				const search = writeLink(
					COMPARE_LINK,
					{ tokenizers, ...live.link },
					{ tokenizers: DEFAULT_TOKENIZERS }
				);
				const isFirst = kind === 'text' && text === FIRST_EXAMPLE.text;
				const value = kind === 'text' ? text : idsText;
				return { search, content: () => (isFirst ? 'nothing' : { kind, value }) };
			}
		},
		replace
	);
