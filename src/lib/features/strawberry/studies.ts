/** What studies found about letters and tokens, no more than their abstracts say. */
export interface Study {
	readonly finding: string;
	readonly title: string;
	/** Authors, where it appeared, year. */
	readonly by: string;
	readonly source: string;
}

export const STUDIES: readonly Study[] = [
	{
		finding:
			'For counting, properties of the cut are only weakly correlated with being right; the length of the word and the true count matter more. For finding a position in a word, longer tokens go with more mistakes. Average accuracy was 43.6 % and 32.3 % on some tasks.',
		title: 'CharBench: Evaluating the Role of Tokenization in Character-Level Tasks',
		by: 'Omri Uzan and Yuval Pinter, AAAI 2026',
		source: 'https://arxiv.org/abs/2508.02591'
	},
	{
		finding:
			'Counting differs substantially with the way the input is cut into tokens, and counting needs reasoning in steps, which grows with the length of the input.',
		title: 'Counting Ability of Large Language Models and Impact of Tokenization',
		by: 'Xiang Zhang, Juntai Cao and Chenyu You, 2024',
		source: 'https://arxiv.org/abs/2410.19730'
	},
	{
		finding:
			'In arithmetic with GPT-3.5 and GPT-4, digits grouped from the right (by commas in the question) gave largely better results than groups from the left; the gap was smaller for larger models.',
		title: 'Tokenization counts: the impact of tokenization on arithmetic in frontier LLMs',
		by: 'Aaditya K. Singh and DJ Strouse, 2024',
		source: 'https://arxiv.org/abs/2402.14903'
	}
];
