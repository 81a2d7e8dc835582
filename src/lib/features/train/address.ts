import { CORPORA } from '../../session/corpora';
import { presetCorpus, type Corpus } from '../../session/corpus';
import type { LinkInput } from '../../session/links/link-codec';
import { PageAddress } from '../../session/links/page-address.svelte';
import { readTraining, writeTraining } from '../../session/links/train';
import { messageOf } from '../../workers/client';
import type { TrainState } from './train.svelte';

/** Corpus, rules and step in the address. Of a bad link, what can be read is taken over. */
export const createTrainAddress = (
	state: TrainState,
	replace: (address: string) => void
): PageAddress =>
	new PageAddress(
		{
			async read(search, input) {
				const before = state.corpus;
				const { values, problems: wrong } = readTraining(search);
				const problems = [...wrong];
				const linked = await linkedCorpus(input, values.corpus).catch((error: unknown) => {
					problems.push(messageOf(error));
					return null;
				});
				const corpus = linked ?? before;
				const take = () => {
					if (search.size > 0 || corpus !== state.corpus)
						state.set(corpus, values.rules, values.step);
				};
				return { problems, take };
			},
			write() {
				const { corpus, rules, step, merges } = state;
				const preset = corpus.kind === 'text' ? (corpus.preset ?? null) : null;
				const search = writeTraining({
					rules,
					corpus: preset,
					step: step === merges ? null : step
				});
				return {
					search,
					content() {
						if (corpus.kind === 'file') return 'file';
						return preset === null ? { kind: 'text', value: corpus.text } : 'nothing';
					}
				};
			}
		},
		replace
	);

/** The corpus that a link spells, or else the example that it names; `null` if it says neither. */
async function linkedCorpus(
	input: LinkInput | null,
	example: string | null
): Promise<Corpus | null> {
	if (input) return { kind: 'text', text: input.value };
	const preset = CORPORA.find(({ id }) => id === example);
	return preset ? presetCorpus(preset) : null;
}
