import type { SharedText } from '../../session/shared-text.svelte';
import { FIRST_EXAMPLE } from '../../session/examples';
import type { Drawing } from '../../session/lab.svelte';
import { describeUnknownTokenizers, LINK_INPUT_NOT_OPENED } from '../../session/links/messages';
import { PageAddress, type Names } from '../../session/links/page-address.svelte';
import { readTraining, writeTraining } from '../../session/links/train';
import { messageOf } from '../../workers/client';
import { presetCorpus, readCorpusFile, type Corpus, type CorpusFormat } from './corpus';
import type { TrainState } from './train.svelte';
import type { TrainView } from './view.svelte';

/** State that a link to Train restores. */
interface LinkedState {
	readonly train: TrainState;
	readonly view: TrainView;
	/** Holds the text that all pages share. */
	readonly shared: Pick<SharedText, 'text' | 'setText' | 'setKind'>;
	/** The text in one other tokenizer. */
	readonly comparison: Pick<SharedText, 'tokenizers' | 'setTokenizers'>;
	/** Tokenizer that {@link comparison} shows by default. */
	readonly defaultTokenizer: string;
	readonly drawing: Pick<Drawing, 'whitespace'>;
}

/** Length of the longest shared text in a link, in UTF-16 units. The corpus has its own limit. */
const MAX_SAMPLE_UNITS = 2_000;

/** Media types of files that are kept with a page, so that a table that was opened as text stays a text. */
const FILE_TYPES: Record<CorpusFormat, string> = {
	text: 'text/plain',
	counts: 'text/tab-separated-values'
};

/** Binds the page to its address. Applies the readable parts of a bad link. */
export function createTrainAddress(
	{ train: state, view, shared, comparison, defaultTokenizer, drawing }: LinkedState,
	names: Names,
	replace: (address: string) => void
): PageAddress {
	let textBefore = shared.text;
	return new PageAddress(
		{
			load() {
				textBefore = shared.text;
				return names.load();
			},
			links: names.links,
			typed: ['regex', 'special', 'find'],
			input: () => state.corpus,
			files() {
				const { corpus } = state;
				if (corpus.kind !== 'file' || !(corpus.file instanceof File)) return [];
				const { file, format } = corpus;
				return [new File([file], file.name, { type: FILE_TYPES[format] })];
			},
			async openFiles([file]) {
				const before = state.corpus;
				const asked = state.linkedStep;
				const formats: readonly CorpusFormat[] = ['text', 'counts'];
				const format = formats.find((known) => FILE_TYPES[known] === file.type);
				const { corpus } = await readCorpusFile(file, { format });
				if (state.corpus !== before) return;
				// The corpus before may have been trained on by now, and have fewer merges.
				const isAtAsked = state.step === Math.min(asked ?? Infinity, state.merges);
				view.take({});
				state.set(corpus, state.rules, isAtAsked ? asked : state.linkedStep);
			},
			async read(search, input) {
				const before = state.corpus;
				const { values, problems: wrong } = readTraining(search);
				const problems = [...wrong];
				const sample = input?.sample;
				// A hash that holds only the shared text has an empty corpus.
				const { corpus: named, rules, step, beside, whitespace, ...shown } = values;
				const holdsCorpus = input && (named === null || input.value !== '');
				const linked: Corpus | null = holdsCorpus
					? { kind: 'text', text: input.value }
					: await presetCorpus(named).catch((error: unknown) => {
							problems.push(messageOf(error));
							return null;
						});
				const isKnown = beside === null || names.has(beside);
				if (!isKnown) problems.push(describeUnknownTokenizers([beside], names.problem));
				const take = (_isSound: boolean, keepsInput: boolean) => {
					const keepsText = shared.text !== textBefore;
					if (sample !== undefined && !keepsText) {
						shared.setKind('text');
						shared.setText(sample);
					} else if (sample !== undefined && !keepsInput) problems.push(LINK_INPUT_NOT_OPENED);
					const corpus = keepsInput ? state.corpus : (linked ?? before);
					// Without a step, the first merge is predicted: after the last there is none.
					const linkedStep = step ?? (shown.predict ? 0 : null);
					if (search.size > 0 || corpus !== state.corpus)
						state.set(corpus, rules, keepsInput ? null : linkedStep);
					if (search.size === 0) return;
					comparison.setTokenizers([(isKnown ? beside : null) ?? defaultTokenizer]);
					drawing.whitespace = whitespace;
					view.take(shown);
				};
				return { problems, take };
			},
			write() {
				const { corpus, rules, linkedStep } = state;
				const { text } = shared;
				const [other] = comparison.tokenizers;
				const preset = corpus.kind === 'text' ? (corpus.preset ?? null) : null;
				const search = writeTraining({
					rules,
					corpus: preset,
					step: linkedStep ?? (view.predict && state.status === 'ready' ? state.merges : null),
					beside: other === defaultTokenizer ? null : other,
					whitespace: drawing.whitespace,
					...view.linked
				});
				const hasSample = text !== FIRST_EXAMPLE.text;
				const isLinked = hasSample && text.length <= MAX_SAMPLE_UNITS;
				const sample = isLinked ? { sample: text } : {};
				return {
					search,
					hasSample,
					content() {
						if (corpus.kind === 'file') return 'file';
						if (preset !== null && !isLinked) return 'nothing';
						return { kind: 'text', value: preset === null ? corpus.text : '', ...sample };
					}
				};
			}
		},
		replace
	);
}
