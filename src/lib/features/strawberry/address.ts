import { PageAddress, type Names } from '../../session/links/page-address.svelte';
import { readLink, writeLink } from '../../session/links/schema';
import { STRAWBERRY_LINK, type StrawberrySettings } from '../../session/links/strawberry';
import { LINK_HOLDS_TEXT } from './messages';
import { MAX_WORD_UNITS, type StrawberryState } from './strawberry.svelte';
import type { WordMergesPair } from './word-merges-pair.svelte';

/** Keeps word, letter, tokenizers and settings in the address. A bad link changes nothing. */
export const createStrawberryAddress = (
	strawberry: StrawberryState,
	mergesPair: WordMergesPair,
	names: Names,
	defaults: StrawberrySettings & { readonly word: string },
	replace: (address: string) => void
): PageAddress =>
	new PageAddress(
		{
			load: () => names.load(),
			defaultInput: { kind: 'text', value: defaults.word },
			input: () => `${strawberry.word}\n${strawberry.letter}`,
			read(search, input) {
				const { values, problems } = readLink(STRAWBERRY_LINK, search, names);
				const word = input?.value ?? defaults.word;
				return {
					problems: word.length > MAX_WORD_UNITS ? [...problems, LINK_HOLDS_TEXT] : problems,
					take(isSound, keepsInput) {
						if (!isSound) return;
						strawberry.setTokenizers(values.tokenizers ?? defaults.tokenizers);
						strawberry.caseRule = values.caseRule;
						if (!keepsInput) {
							strawberry.letter = values.letter ?? defaults.letter;
							strawberry.setWord(word);
						}
						const [a, b] = values.mergeTokenizers ?? defaults.mergeTokenizers;
						mergesPair.setTokenizer(0, a);
						mergesPair.setTokenizer(1, b);
						mergesPair.setForm(values.form);
					}
				};
			},
			write() {
				const { word, letter, caseRule, tokenizers } = strawberry;
				const { tokenizers: mergeTokenizers, form } = mergesPair;
				const settings = { tokenizers, letter, caseRule, mergeTokenizers, form };
				const isFirst = word === defaults.word;
				return {
					search: writeLink(STRAWBERRY_LINK, settings, defaults),
					content: () => (isFirst ? 'nothing' : { kind: 'text', value: word })
				};
			}
		},
		replace
	);
