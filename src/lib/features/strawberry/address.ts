import { PageAddress, type Names } from '../../session/links/page-address.svelte';
import { readLink, writeLink } from '../../session/links/schema';
import { STRAWBERRY_LINK, type WordSettings } from '../../session/links/strawberry';
import type { WordMergesPair } from './ladders.svelte';
import { MAX_WORD_UNITS, type StrawberryState } from './strawberry.svelte';

/** Word, letter, tokenizers and settings in the address. A bad link changes nothing. */
export const createStrawberryAddress = (
	state: StrawberryState,
	ladders: WordMergesPair,
	names: Names,
	defaults: WordSettings & { readonly word: string },
	replace: (address: string) => void
): PageAddress =>
	new PageAddress(
		{
			load: () => names.load(),
			read(search, input) {
				const { values, problems } = readLink(STRAWBERRY_LINK, search, names);
				const word = input?.value ?? defaults.word;
				const take = (isSound: boolean) => {
					if (!isSound) return;
					state.setTokenizers(values.tokenizers ?? defaults.tokenizers);
					state.setLetter(values.letter ?? defaults.letter);
					state.setCaseRule(values.caseRule);
					state.setWord(word);
					const [a, b] = values.ladders ?? defaults.ladders;
					ladders.setTokenizer(0, a);
					ladders.setTokenizer(1, b);
					ladders.setForm(values.form);
				};
				return word.length > MAX_WORD_UNITS
					? { problems: [...problems, TEXT_NOT_WORD], take }
					: { problems, take };
			},
			write() {
				const { word, letter, caseRule, tokenizers } = state;
				const { tokenizers: pair, form } = ladders;
				const settings = { tokenizers, letter, caseRule, ladders: pair, form };
				const isFirst = word === defaults.word;
				return {
					search: writeLink(STRAWBERRY_LINK, settings, defaults),
					content: () => (isFirst ? 'nothing' : { kind: 'text', value: word })
				};
			}
		},
		replace
	);

const TEXT_NOT_WORD = 'The link carries a text, not a word. Open it on Compare.';
