import { PageAddress, type Names } from '../../session/links/page-address.svelte';
import { readLink, writeLink } from '../../session/links/schema';
import { VOCABULARY_LINK } from '../../session/links/vocabulary';
import type { VocabularyState } from './page.svelte';

/** Keeps tokenizer, search and the described token in the address. */
export const createVocabularyAddress = (
	view: VocabularyState,
	names: Names,
	replace: (address: string) => void
): PageAddress =>
	new PageAddress(
		{
			load: () => names.load(),
			links: names.links,
			typed: ['q'],
			input: () => null,
			read(search) {
				const { values, problems } = readLink(VOCABULARY_LINK, search, names);
				// In another vocabulary, the id is of another token.
				const isUnknown = values.tokenizer === null && search.has(VOCABULARY_LINK.tokenizer.name);
				const chosen = isUnknown ? null : values.chosen;
				return { problems, take: () => view.restore({ ...values, chosen }) };
			},
			write: () => ({
				search: writeLink(VOCABULARY_LINK, view.capture(), {
					// A permalink names its tokenizer, whatever the default will be.
					tokenizer: view.chosen === null ? view.first.tokenizer : null
				}),
				content: () => 'nothing'
			})
		},
		replace
	);
