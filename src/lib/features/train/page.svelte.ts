/** The Train page's state: one training run, and queries about it. */
import { createContext } from 'svelte';
import { countCharsOfUtf8, encodeUtf8 } from '../../engine/text';
import { corpusTokensAfter, trainedTokens, type PairsAfter } from '../../engine/train';
import { Answers } from '../../session/answers.svelte';
import type { LinkContent } from '../../session/documents/link-codec';
import { fieldsOf, rulesOf, TRAIN_FIELDS } from '../../session/documents/train';
import { DEFAULT_RULES } from '../../session/downloads/corpora';
import { FIRST_EXAMPLE } from '../../session/examples';
import { documentOf } from '../../session/prerender';
import type { Lab } from '../../session/lab.svelte';
import { WorkerQuery } from '../../session/worker-query.svelte';
import type { TrainingWorkers } from '../../session/calls/training';
import { messageOf } from '../../workers/client';
import { presetCorpus, readCorpusFile, type Corpus, type CorpusFormat } from './corpus';
import { CorpusView } from './corpus-view.svelte';
import { MergeMotion } from './merge-motion.svelte';
import { MAX_PAIRS } from './merge-step';
import type { PrerenderedTraining } from './prerender';
import { TextSteps } from './text-steps.svelte';
import { TrainState, type Trained } from './train.svelte';

/** The prerendered training run, which no worker holds in memory. */
const PRERENDERED_RUN = { session: 'train', run: 0 };

/** Maximum length of the shared sample text in a link, in UTF-16 code units; a shared corpus has a separate limit. */
const MAX_SAMPLE_UNITS = 2_000;

/** Media types for files stored with a page, so that a table opened as text reopens as text. */
const FILE_TYPES: Record<CorpusFormat, string> = {
	text: 'text/plain',
	counts: 'text/tab-separated-values'
};

interface TrainedStep {
	readonly trained: Trained;
	/** Number of merges. */
	readonly step: number;
}

/** Requests the candidate pairs for a step's merge, counted just before that merge. */
export const queryPairs = (
	workers: Pick<TrainingWorkers, 'pairs'>
): WorkerQuery<TrainedStep, PairsAfter> =>
	new WorkerQuery(
		({ trained, step }) =>
			workers.pairs({ ...trained.run, merges: Math.max(0, step - 1), most: MAX_PAIRS }),
		{ policy: 'latest' }
	);

export function createTrainPage(lab: Lab, prerendered: PrerenderedTraining) {
	const { input } = lab;
	const workers = lab.training;
	const first = trainedOf(prerendered);
	const { step, pairs, comparison: encoded } = prerendered;

	/** State of the page when the link was opened, and what the link asks for. */
	let before: { corpus: Corpus; text: string };
	let linked: { corpus: Corpus | null; text: string | undefined; step: number };
	const document = lab.document(TRAIN_FIELDS, {
		names: {
			async load() {
				before = { corpus: train.corpus, text: input.text };
				await lab.known.load();
			},
			has: (id: string) => lab.known.has(id),
			get problem() {
				return lab.known.problem;
			}
		},
		bound: {
			corpus: {
				get corpus() {
					const { corpus } = train;
					return corpus.kind === 'text' ? (corpus.preset ?? null) : null;
				},
				set corpus(_) {
					// Set by `applied` once the corpus has loaded.
				}
			},
			step: {
				get step(): number {
					return train.linkedStep;
				},
				set step(_) {
					// Set by `applied`; takes effect after training.
				}
			},
			whitespace: lab
		},
		input: {
			default: null,
			content(): LinkContent {
				const { corpus } = train;
				if (corpus.kind === 'file') return 'file';
				const isLinked = isSampleLinked();
				if (corpus.preset !== undefined && !isLinked) return 'default';
				const text = corpus.preset === undefined ? corpus.text : '';
				return { kind: 'text', value: text, ...(isLinked ? { sample: input.text } : {}) };
			},
			hasSample: () => input.text !== FIRST_EXAMPLE.text,
			take() {
				// `applied` sets the sample text and the corpus, because the visitor may have changed only one of them.
			},
			files: () => files,
			async openFiles([file]) {
				const before = train.corpus;
				const asked = train.linkedStep;
				const formats: readonly CorpusFormat[] = ['text', 'counts'];
				const format = formats.find((known) => FILE_TYPES[known] === file.type);
				const { corpus } = await readCorpusFile(file, { format });
				if (train.corpus !== before) return;
				// Meanwhile, training on the previous corpus may have ended with fewer than `asked` merges.
				const isAtAsked = train.step === Math.min(asked, train.merges);
				train.set(corpus, train.rules, isAtAsked ? asked : train.linkedStep);
			}
		},
		async check({ corpus, step }, link) {
			// If the hash contains only the shared text, the corpus in it is empty.
			const holdsCorpus = link.input && (corpus === null || link.input.value !== '');
			const preset = presetCorpus(holdsCorpus ? null : corpus).catch((error: unknown) => {
				link.report(messageOf(error));
				return null;
			});
			linked = {
				corpus: holdsCorpus ? { kind: 'text', text: link.input.value } : await preset,
				text: link.input?.sample,
				step
			};
			return {};
		},
		applied() {
			if (linked.text !== undefined && input.text === before.text) input.show(linked.text);
			const isChosen = train.corpus !== before.corpus;
			train.set(
				(isChosen ? null : linked.corpus) ?? train.corpus,
				train.rules,
				isChosen ? null : linked.step
			);
		}
	});
	const { value } = document;
	const rules = $derived(rulesOf(value));
	const settings = {
		get rules() {
			return rules;
		},
		set rules(rules) {
			document.set(fieldsOf(rules));
		}
	};
	const isSampleLinked = () =>
		input.text !== FIRST_EXAMPLE.text && input.text.length <= MAX_SAMPLE_UNITS;

	const train: TrainState = new TrainState(workers, () => input.document, settings, {
		trained: first,
		step
	});
	/** The file used as the corpus, with its format. */
	const files = $derived.by(() => {
		const { corpus } = train;
		if (corpus.kind !== 'file' || !(corpus.file instanceof File)) return [];
		const { file, format } = corpus;
		return [new File([file], file.name, { type: FILE_TYPES[format] })];
	});
	const textSteps = new TextSteps(workers);
	textSteps.follow(first, first.text);
	const candidates = queryPairs(workers);
	candidates.seed({ trained: first, step }, pairs);
	const corpusView = new CorpusView(workers);
	corpusView.seed(first, prerendered.corpusSteps);
	const motion = new MergeMotion(() => matchMedia('(prefers-reduced-motion: reduce)').matches);
	/** The text encoded by a tokenizer that the user chose. */
	const comparison = new Answers(lab.tokenizing);
	const compareText = () =>
		comparison.follow({ kind: 'text', document: input.document, special: 'text' }, [value.beside]);
	comparison.showPrerendered(documentOf(encoded, input), encoded.results);

	return {
		document,
		value,
		train,
		comparison,
		compareText,
		textSteps,
		candidates,
		corpusView,
		motion,
		nextPairs: queryPairs(workers),
		/** Goes to a step and animates its merge. */
		goTo: (step: number) => {
			motion.begin(step > train.step);
			value.pair = null;
			train.setStep(step);
		}
	};
}

function trainedOf({
	corpus,
	corpusText,
	training,
	distinct,
	steps
}: PrerenderedTraining): Trained {
	const bytes = encodeUtf8(corpusText);
	return {
		training,
		tokens: trainedTokens(training),
		distinct,
		matched: true,
		corpusTokens: corpusTokensAfter(training),
		steps,
		run: PRERENDERED_RUN,
		corpus: { kind: 'text', text: corpusText, preset: corpus },
		rules: { ...DEFAULT_RULES, vocabularySize: training.rules.vocabularySize },
		text: steps.bytes,
		bytes: bytes.length,
		chars: countCharsOfUtf8(bytes)
	};
}

export const [getTrainPage, setTrainPage] = createContext<ReturnType<typeof createTrainPage>>();
