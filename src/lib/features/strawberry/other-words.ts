/** Words of other tongues and scripts in which the same shows; `words.test.ts` holds each sentence to the tokenizers. */
export interface WordPreset {
	readonly name: string;
	readonly word: string;
	/** The letter to count. */
	readonly letter: string;
	/** What to look at, in one sentence. */
	readonly look: string;
}

export const WORDS: readonly WordPreset[] = [
	{
		name: 'English: strawberry',
		word: 'strawberry',
		letter: 'r',
		look: 'In pieces alone; in a sentence one token in cl100k_base, o200k_base and gpt2, three in llama2.'
	},
	{
		name: 'German: a compound',
		word: 'Straßenbahnhaltestelle',
		letter: 'e',
		look: 'Tram stop, from Straßen, Bahn, Halte and Stelle: cl100k_base finds a “test” in the middle.'
	},
	{
		name: 'Turkish: suffixes',
		word: 'evlerinizden',
		letter: 'e',
		look: '“From your houses” is ev, ler, iniz, den: cl100k_base cuts just there, gpt2 and llama2 cut iniz in two.'
	},
	{
		name: 'Finnish: suffixes',
		word: 'taloissammekin',
		letter: 's',
		look: '“In our houses, too” is talo, i, ssa, mme, kin: of the five cuts of cl100k_base one stands between those.'
	},
	{
		name: 'Chinese: characters cut into bytes',
		word: '草莓',
		letter: '草',
		look: 'Two characters of three bytes each: gpt2 has six tokens, one a byte; o200k_base has one a character.'
	},
	{
		name: 'Korean: syllables',
		word: '딸기',
		letter: '기',
		look: 'Two syllables: cl100k_base cuts the first one inside a letter’s bytes and holds the second whole.'
	},
	{
		name: 'Korean: the same in jamo',
		word: '\u1104\u1161\u11af\u1100\u1175',
		letter: '기',
		look: 'Written as five jamo a reader still sees two syllables; qwen3 puts them together first, gpt2 does not.'
	},
	{
		name: 'A letter and its mark',
		word: 'cafe\u0301',
		letter: 'é',
		look: 'The é is an e and a mark, and one letter to a reader: gpt2 cuts the two apart.'
	},
	{
		name: 'Emoji: a family',
		word: '👨‍👩‍👧‍👦',
		letter: '👨‍👩‍👧‍👦',
		look: 'One picture of seven code points and 25 bytes: 18 tokens in cl100k_base, 11 in o200k_base.'
	},
	{
		name: 'Numbers: 9.11 and 9.9',
		word: '9.11 or 9.9',
		letter: '1',
		look: 'cl100k_base has one token for the 11 and one for the 9 that it is compared with; llama2 sees each digit.'
	},
	{
		name: 'Numbers: grouped from the left',
		word: '1234567',
		letter: '7',
		look: 'Threes from the left in cl100k_base, as was frequent in gpt2, each digit in llama2; none of the catalogue’s groups from the right.'
	},
	{
		name: 'Numbers: grouped from the right',
		word: '1,234,567',
		letter: '7',
		look: 'Commas make the groups that people read: 1 , 234 , 567 in cl100k_base and o200k_base.'
	},
	{
		name: 'Code: an identifier',
		word: 'getUserById',
		letter: 'e',
		look: 'o200k_base cuts at each capital letter; cl100k_base has getUser and ById.'
	}
];
