import { NOT_LEGACY } from './changes';
import { issues } from './sources';
import type { DriftCase } from './types';

/** A space before a text, after a special token or at the end of a prompt. */
export const SPACE_CASES: readonly DriftCase[] = [
	{
		slug: 'missing-space-before-the-text',
		family: 'special-tokens',
		claim: 'Llama expects a space before the first word, and early engines put none.',
		story:
			'SentencePiece writes every text as if a space stood before it. Without it the first word of every prompt is another token.',
		year: 2023,
		sources: [...issues('llama.cpp', 167), ...issues('llm-export', 28)],
		damage: null,
		severity: 'silent',
		stage: 'normalizer',
		evidence: 'published-ids',
		names: { a: 'llama2', b: 'llama2 without the space' },
		a: { tokenizer: 'llama2' },
		b: { tokenizer: 'llama2', edits: [{ kind: 'prefix-space', value: false }] },
		task: { does: 'encode', a: { text: 'This is 🦙.cpp' } },
		expect: [
			{ sees: 'ids', side: 'a', ids: [910], only: 'first' },
			{ sees: 'ids', side: 'b', ids: [4013], only: 'first' }
		]
	},
	{
		slug: 'fast-and-slow',
		family: 'special-tokens',
		claim: 'The fast and the slow tokenizer of one model disagree after a special token.',
		story:
			'Two implementations ship with the same model. After <s> one begins a new word and the other does not.',
		year: 2023,
		sources: issues('transformers', 24569),
		damage: null,
		severity: 'silent',
		stage: 'normalizer, pre_tokenizer',
		evidence: 'published-ids',
		names: { a: 'llama2', b: 'llama2, not legacy' },
		a: { tokenizer: 'llama2' },
		b: { tokenizer: 'llama2', edits: NOT_LEGACY },
		task: { does: 'encode', a: { text: '<s>uns', special: 'parse' } },
		expect: [
			{ sees: 'ids', side: 'a', ids: [9644], only: 'last' },
			{ sees: 'ids', side: 'b', ids: [6948], only: 'last' }
		],
		look: {
			in: 'diff',
			seenIn: 'special-tokens',
			note: 'The diff takes its text for plain text: look at the check of special tokens, which recognises them.'
		}
	},
	{
		slug: 'legacy-behaviour',
		family: 'special-tokens',
		claim: 'A flag named “legacy” decides whether a space follows a special token.',
		story:
			'The repair of that disagreement changed ids of models that had been trained before it. The flag keeps the old behaviour, and files do not always say which one they mean.',
		year: 2023,
		sources: issues('transformers', 24565, 28881),
		damage: null,
		severity: 'silent',
		stage: 'normalizer, pre_tokenizer',
		evidence: 'mechanism',
		names: { a: 'llama2', b: 'llama2, not legacy' },
		a: { tokenizer: 'llama2' },
		b: { tokenizer: 'llama2', edits: NOT_LEGACY },
		task: { does: 'encode', a: { text: 'inform<s>. Hey.', special: 'parse' } },
		expect: [
			{ sees: 'cuts', side: 'a', cuts: [' inform', '<s>', ' .', ' Hey', '.'] },
			{ sees: 'cuts', side: 'b', cuts: [' inform', '<s>', '.', ' Hey', '.'] }
		],
		look: {
			in: 'diff',
			seenIn: 'special-tokens',
			note: 'The diff takes its text for plain text: look at the check of special tokens, which recognises them.'
		}
	},
	{
		slug: 'leading-space-taken-away',
		family: 'special-tokens',
		claim: 'A port took the space away that a text began with.',
		story:
			'Benchmarks that ask for a single token and compare it with one that begins with a space then score zero.',
		year: 2024,
		sources: [...issues('swift-transformers', 96), ...issues('helm', 2467)],
		damage: 'A benchmark with one token of answer scored 0.',
		severity: 'silent',
		stage: 'normalizer',
		evidence: 'published-ids',
		names: { a: 'llama2', b: 'llama2, text stripped first' },
		a: { tokenizer: 'llama2' },
		b: {
			tokenizer: 'llama2',
			edits: [
				{
					kind: 'normalizer',
					value: {
						type: 'Sequence',
						normalizers: [
							{ type: 'Strip', strip_left: true, strip_right: false },
							{ type: 'Prepend', prepend: '▁' },
							{ type: 'Replace', pattern: { String: ' ' }, content: '▁' }
						]
					}
				}
			]
		},
		task: { does: 'encode', a: { text: ' Hi', bos: true } },
		expect: [
			{ sees: 'ids', side: 'a', ids: [1, 29871, 6324] },
			{ sees: 'ids', side: 'b', ids: [1, 6324] }
		]
	},
	{
		slug: 'prefix-space-of-gpt2',
		family: 'special-tokens',
		claim: '“Berlin” and “ Berlin” are different words to GPT-2.',
		story:
			'add_prefix_space puts a space before every text. With it names at the start are whole, without it they fall apart; a model knows only the way it was trained.',
		year: 2023,
		sources: issues('tokenizers', 1196),
		damage: null,
		severity: 'silent',
		stage: 'pre_tokenizer.add_prefix_space',
		evidence: 'mechanism',
		names: { a: 'gpt2', b: 'gpt2 with a space first' },
		a: { tokenizer: 'gpt2' },
		b: { tokenizer: 'gpt2', edits: [{ kind: 'prefix-space', value: true }] },
		task: { does: 'encode', a: { text: 'Berlin' } },
		expect: [
			{ sees: 'cuts', side: 'a', cuts: ['Ber', 'lin'] },
			{ sees: 'cuts', side: 'b', cuts: [' Berlin'] }
		]
	},
	{
		slug: 'space-at-the-end-of-a-prompt',
		family: 'special-tokens',
		claim: 'A space at the end of a prompt makes the likeliest next word impossible.',
		story:
			'The model learned “ Paris” as one token. After a prompt that already ends in a space it would have to continue with a “Paris” that it hardly ever saw there.',
		year: 2023,
		sources: [...issues('llama2.c', 180), ...issues('transformers', 30081)],
		damage: null,
		severity: 'silent',
		stage: 'the prompt',
		evidence: 'mechanism',
		names: { a: 'cl100k_base, one text', b: 'prompt and answer apart' },
		a: { tokenizer: 'cl100k_base' },
		b: { tokenizer: 'cl100k_base' },
		task: {
			does: 'encode',
			a: { text: 'The answer is Paris' },
			b: { text: ['The answer is ', 'Paris'] }
		},
		expect: [
			{ sees: 'cuts', side: 'a', cuts: ['The', ' answer', ' is', ' Paris'] },
			{ sees: 'cuts', side: 'b', cuts: ['The', ' answer', ' is', ' ', 'Paris'] }
		],
		look: {
			in: 'compare',
			tokenizer: 'cl100k_base',
			text: 'The answer is Paris\nThe answer is ',
			atEnd: true,
			note: 'One tokenizer, used in two ways: the second line ends in a token for the space.'
		}
	}
];
