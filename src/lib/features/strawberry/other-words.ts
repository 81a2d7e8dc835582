/** Words that show the same in other languages and scripts. `other-words.test.ts` checks every claim. */
export interface WordPreset {
	readonly name: string;
	readonly word: string;
	/** The letter to count. */
	readonly letter: string;
	/** Says what to look for. */
	readonly description: string;
}

export const OTHER_WORDS: readonly WordPreset[] = [
	{
		name: 'English: strawberry',
		word: 'strawberry',
		letter: 'r',
		description:
			'Several tokens alone. In a sentence one token in cl100k_base, o200k_base and gpt2, three in llama2.'
	},
	{
		name: 'German: a compound',
		word: 'Straßenbahnhaltestelle',
		letter: 'e',
		description:
			'“Tram stop”, from Straßen, Bahn, Halte and Stelle. cl100k_base finds a “test” in the middle.'
	},
	{
		name: 'Turkish: suffixes',
		word: 'evlerinizden',
		letter: 'e',
		description:
			'“From your houses” is ev, ler, iniz, den. cl100k_base splits exactly there; gpt2 and llama2 also split iniz in two.'
	},
	{
		name: 'Finnish: suffixes',
		word: 'taloissammekin',
		letter: 's',
		description:
			'“In our houses, too” is talo, i, ssa, mme, kin. Only one of the five boundaries in cl100k_base falls between two of these.'
	},
	{
		name: 'Chinese: characters split into bytes',
		word: '草莓',
		letter: '草',
		description:
			'Two characters of three bytes each. gpt2 needs one token per byte, o200k_base one per character.'
	},
	{
		name: 'Korean: syllables',
		word: '딸기',
		letter: '기',
		description:
			'Two syllables. cl100k_base splits the first inside a character’s bytes and keeps the second whole.'
	},
	{
		name: 'Korean: the same in jamo',
		word: '\u1104\u1161\u11af\u1100\u1175',
		letter: '기',
		description:
			'Five jamo, which a reader still sees as two syllables. qwen3 composes them first, gpt2 does not.'
	},
	{
		name: 'A letter and its mark',
		word: 'cafe\u0301',
		letter: 'é',
		description: 'The é is an e and a combining mark, one letter to a reader. gpt2 splits the two.'
	},
	{
		name: 'Emoji: a family',
		word: '👨‍👩‍👧‍👦',
		letter: '👨‍👩‍👧‍👦',
		description:
			'One picture of seven code points and 25 bytes: 18 tokens in cl100k_base, 11 in o200k_base.'
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
	},
	{
		name: 'Numbers: grouped from the right',
		word: '1,234,567',
		letter: '7',
		description:
			'Commas make the groups that people read: 1 , 234 , 567 in cl100k_base and o200k_base.'
	},
	{
		name: 'Code: an identifier',
		word: 'getUserById',
		letter: 'e',
		description: 'o200k_base splits at each capital letter, cl100k_base into getUser and ById.'
	}
];
