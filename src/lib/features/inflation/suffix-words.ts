/** Words that say with suffixes what English says with words. */
export interface SuffixWord {
	/** Of the declaration in the same language. */
	readonly language: string;
	/** In order; put together they are the word. */
	readonly parts: readonly { readonly text: string; readonly means: string }[];
	readonly english: string;
}

/** A tokenizer meets a word in a sentence, with the space before it. */
export const wordOf = ({ parts }: SuffixWord): string =>
	` ${parts.map(({ text }) => text).join('')}`;

export const SUFFIX_WORDS: readonly SuffixWord[] = [
	{
		language: 'tur',
		parts: [
			{ text: 'ev', means: 'house' },
			{ text: 'ler', means: 'several' },
			{ text: 'imiz', means: 'our' },
			{ text: 'de', means: 'in' },
			{ text: 'ki', means: 'the one that is there' },
			{ text: 'ler', means: 'several' },
			{ text: 'den', means: 'from' }
		],
		english: 'from those in our houses'
	},
	{
		language: 'fin',
		parts: [
			{ text: 'talo', means: 'house' },
			{ text: 'i', means: 'several' },
			{ text: 'ssa', means: 'in' },
			{ text: 'mme', means: 'our' },
			{ text: 'kin', means: 'too' }
		],
		english: 'in our houses too'
	},
	{
		language: 'hun',
		parts: [
			{ text: 'ház', means: 'house' },
			{ text: 'ai', means: 'several, owned' },
			{ text: 'tok', means: 'your (of several people)' },
			{ text: 'ban', means: 'in' }
		],
		english: 'in your houses'
	}
];
