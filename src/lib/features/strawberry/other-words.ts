/** Words in several languages that tokenizers split in noteworthy ways. `other-words.test.ts` checks every claim. */
export interface WordPreset {
	readonly name: string;
	readonly word: string;
	readonly letter: string;
	/** Tells the visitor what to look for. */
	readonly description: string;
}

export const OTHER_WORDS: readonly WordPreset[] = [
	{
		name: 'English: strawberry',
		word: 'strawberry',
		letter: 'r',
		description:
			'Several tokens on its own. In a sentence it is one token in cl100k_base, o200k_base and gpt2, but three in llama2.'
	},
	{
		name: 'German: a compound',
		word: 'Straßenbahnhaltestelle',
		letter: 'e',
		description:
			'“Tram stop”: Straßen, Bahn, Halte and Stelle. cl100k_base finds a “test” in the middle.'
	},
	{
		name: 'Turkish: suffixes',
		word: 'evlerinizden',
		letter: 'e',
		description:
			'“From your houses” is ev, ler, iniz, den. On its own, cl100k_base splits it exactly there; gpt2 and llama2 also split iniz in two.'
	},
	{
		name: 'Chinese: characters split into bytes',
		word: '草莓',
		letter: '草',
		description:
			'Two characters of three bytes each. gpt2 needs a token for every byte, o200k_base one per character.'
	},
	{
		name: 'Emoji: a family',
		word: '👨‍👩‍👧‍👦',
		letter: '👨‍👩‍👧‍👦',
		description:
			'One picture made of seven code points and 25 bytes. On its own it takes 18 tokens in cl100k_base, 11 in o200k_base.'
	},
	{
		name: 'Numbers: 9.11 and 9.9',
		word: '9.11 or 9.9',
		letter: '1',
		description:
			'cl100k_base has one token for 11 and one for the 9 that it is compared with. llama2 sees each digit.'
	},
	{
		name: 'Numbers: grouped from the left',
		word: '1234567',
		letter: '7',
		description:
			'Groups of three from the left in cl100k_base, the most frequent groups in gpt2, single digits in llama2. No tokenizer in the catalogue groups from the right.'
	}
];
