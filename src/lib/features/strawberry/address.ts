import { PageAddress, type Names } from '../../session/links/page-address.svelte';
import { readLink, writeLink } from '../../session/links/schema';
import { STRAWBERRY_LINK, type StrawberrySettings } from '../../session/links/strawberry';
import { LINK_HOLDS_IDS, LINK_HOLDS_TEXT } from './messages';
import { MAX_WORD_UNITS, type StrawberryState } from './strawberry.svelte';
import type { WordTracing } from './word-tracing.svelte';

/** Keeps word, letter, tokenizers and settings in the address. Of a bad link, what is valid is applied. */
export const createStrawberryAddress = (
	strawberry: StrawberryState,
	tracing: WordTracing,
	names: Names,
	defaults: StrawberrySettings & { readonly word: string },
	replace: (address: string) => void
): PageAddress =>
	new PageAddress(
		{
			load: () => names.load(),
			links: names.links,
			defaultInput: { kind: 'text', value: defaults.word },
			input: () => `${strawberry.word}\n${strawberry.letter}`,
			read(search, input) {
				const { values, problems } = readLink(STRAWBERRY_LINK, search, names);
				const word = input?.value ?? defaults.word;
				const isText = word.length > MAX_WORD_UNITS;
				const isWord = !isText && input?.kind !== 'ids';
				return {
					problems: isWord ? problems : [...problems, isText ? LINK_HOLDS_TEXT : LINK_HOLDS_IDS],
					take(isSound, keepsInput) {
						strawberry.setTokenizers(values.tokenizers ?? defaults.tokenizers);
						strawberry.caseRule = values.caseRule;
						strawberry.table = values.table;
						if (!keepsInput) {
							// Without a hash, or with a damaged one, a bad link replaces no word.
							const hasWord = isWord && (input !== null || isSound);
							strawberry.letter = values.letter ?? (hasWord ? defaults.letter : strawberry.letter);
							if (hasWord) strawberry.setWord(word);
						}
						tracing.setTokenizer(values.tracedTokenizer ?? defaults.tracedTokenizer);
						tracing.setForm(values.form);
						tracing.chosenStep = values.step;
					}
				};
			},
			write() {
				const { word, letter, caseRule, tokenizers, table } = strawberry;
				const { tokenizer: tracedTokenizer, form, chosenStep: step } = tracing;
				const settings = { tokenizers, letter, caseRule, tracedTokenizer, form, step, table };
				return {
					search: writeLink(STRAWBERRY_LINK, settings, defaults),
					content: () => (word === defaults.word ? 'nothing' : { kind: 'text', value: word })
				};
			}
		},
		replace
	);
