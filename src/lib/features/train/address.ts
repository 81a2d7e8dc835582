import { PageAddress } from '../../session/links/page-address.svelte';
import { readTraining, writeTraining } from '../../session/links/train';
import { messageOf } from '../../workers/client';
import { presetCorpus, type Corpus } from './corpus';
import type { TrainState } from './train.svelte';

/** Binds corpus, rules and step to the address. Applies the readable parts of a bad link. */
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
				const linked: Corpus | null = input
					? { kind: 'text', text: input.value }
					: await presetCorpus(values.corpus).catch((error: unknown) => {
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
