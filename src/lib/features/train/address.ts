import type { CompareState } from '../../session/compare.svelte';
import type { Drawing } from '../../session/lab.svelte';
import { describeUnknownTokenizers } from '../../session/links/messages';
import { PageAddress, type Names } from '../../session/links/page-address.svelte';
import { readTraining, writeTraining } from '../../session/links/train';
import { messageOf } from '../../workers/client';
import { presetCorpus, readCorpusFile, type Corpus } from './corpus';
import type { TrainState } from './train.svelte';

/** State that a link to Train restores. */
interface LinkedState {
	readonly train: TrainState;
	/** The text in one other tokenizer. */
	readonly comparison: Pick<CompareState, 'tokenizers' | 'setTokenizers'>;
	/** Tokenizer that {@link comparison} shows by default. */
	readonly defaultTokenizer: string;
	readonly drawing: Pick<Drawing, 'whitespace'>;
}

/** Binds the page to its address. Applies the readable parts of a bad link. */
export const createTrainAddress = (
	{ train: state, comparison, defaultTokenizer, drawing }: LinkedState,
	names: Names,
	replace: (address: string) => void
): PageAddress =>
	new PageAddress(
		{
			load: () => names.load(),
			input: () => state.corpus,
			files() {
				const { corpus } = state;
				return corpus.kind === 'file' && corpus.file instanceof File ? [corpus.file] : [];
			},
			async openFiles([file]) {
				const { rules, step } = state;
				const open = (corpus: Corpus) => state.set(corpus, rules, step);
				const read = await readCorpusFile(file, {}, open);
				if (read) open({ kind: 'text', text: read.text });
			},
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
				const { beside, whitespace } = values;
				const isKnown = beside === null || beside === undefined || names.has(beside);
				if (!isKnown) problems.push(describeUnknownTokenizers([beside], names.problem));
				const take = (_isSound: boolean, keepsInput: boolean) => {
					const corpus = keepsInput ? state.corpus : (linked ?? before);
					if (search.size > 0 || corpus !== state.corpus)
						state.set(corpus, values.rules, values.step);
					if (search.size === 0) return;
					comparison.setTokenizers([(isKnown ? beside : null) ?? defaultTokenizer]);
					drawing.whitespace = whitespace ?? true;
				};
				return { problems, take };
			},
			write() {
				const { corpus, rules, step, merges } = state;
				const [other] = comparison.tokenizers;
				const preset = corpus.kind === 'text' ? (corpus.preset ?? null) : null;
				const search = writeTraining({
					rules,
					corpus: preset,
					step: step === merges ? null : step,
					beside: other === defaultTokenizer ? null : other,
					whitespace: drawing.whitespace
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
