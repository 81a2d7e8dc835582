import { readFileSync } from 'node:fs';
import { tokenizerJson } from '../dropped-files';
import type { Target, Task } from './driver';

const TEXT: Target = { css: '[data-testid="text-input"]' };
const cardOf = (tokenizer: string): Target => ({ css: `[data-tokenizer="${tokenizer}"]` });

/** Ten words per line, each of them one token of cl100k_base and of o200k_base (tiktoken): `.` and line end are one, too. */
const LINE = 'The quick brown fox jumps over the lazy dog.\n';
const LINES = 4_600;

const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');

/** Tasks that people come for. Each starts on the home page. */
export const TASKS: readonly Task[] = [
	{
		name: 'find the cheapest model for a Finnish prompt',
		actions: [
			{ fill: TEXT, value: 'Kirjoita lyhyt runo talvesta, jossa taloissammekin on lämmin.' },
			{ click: { role: 'button', name: 'price' } }
		],
		finds: [
			{ see: { css: '.figures tbody tr, table tbody tr' }, saying: ['cheapest chat model', '$'] }
		]
	},
	{
		name: 'count a file of 200 kB in three tokenizers, with its cost',
		actions: [{ drop: [{ name: 'fox.txt', content: LINE.repeat(LINES) }] }],
		finds: [
			{ see: cardOf('cl100k_base'), saying: [String(10 * LINES)] },
			{ see: cardOf('o200k_base'), saying: [String(10 * LINES)] },
			{ see: { css: '[data-tokenizer="gemma3"][data-status="ready"]' }, saying: ['tokens'] },
			// 46,000 tokens at $0.02 per million.
			{ see: { css: 'table' }, saying: ['$0.000920'] }
		]
	},
	{
		name: 'see what id 15717 says',
		actions: [{ click: { css: 'label', text: 'Ids' } }, { fill: TEXT, value: '15717' }],
		finds: [{ see: cardOf('cl100k_base'), saying: ['berry'] }]
	},
	{
		name: 'read a log of Llama 3',
		actions: [
			{ click: { css: 'label', text: 'Ids' } },
			// "Hello, world!" after a BOS; 9906, 11, 1917, 0 as tiktoken gives them for the same ranks.
			{ fill: TEXT, value: 'INFO prompt_token_ids: [128000, 9906, 11, 1917, 0], max_tokens: 16' },
			{ click: { css: '[data-testid="tokenizer-picker"]' } },
			{ click: { role: 'checkbox', name: 'llama3' } }
		],
		finds: [{ see: cardOf('llama3'), saying: ['Hello,', 'world!', 'Fits'] }]
	},
	{
		name: 'train 1,000 merges, explain merge 100, export all',
		maxActions: 8,
		actions: [
			{ click: { role: 'link', name: 'Train' } },
			{
				drop: [{ name: 'corpus.txt', content: readme }],
				once: { see: { css: 'main[data-step]' }, saying: ['Corpus'] }
			},
			{
				fill: { css: '[data-testid="vocab-size"]' },
				value: '1256',
				once: { see: { css: '.announcement' }, saying: ['corpus.txt'] }
			},
			{ click: { css: '[data-testid="train"]' } },
			{
				fill: { role: 'spinbutton', name: 'merge' },
				value: '100',
				once: { see: { css: 'main' }, saying: ['1,000 merges + 256 bytes'] }
			},
			{ click: { role: 'button', name: 'Export' } },
			{ click: { role: 'menuitem', name: 'tokenizer.json' } }
		],
		finds: [{ see: { css: 'main' }, saying: ['Merge 100', 'Runners-up', 'All 1,000 merges'] }],
		saves: { name: '.*1256', containing: ['"merges"'] }
	},
	{
		name: 'put strawberry on a slide',
		actions: [
			{ click: { role: 'link', name: 'Strawberry' } },
			{ click: { role: 'button', name: 'Picture' } },
			{ click: { role: 'menuitem', name: 'Picture as PNG' } }
		],
		finds: [],
		saves: { name: 'word.png', containing: ['PNG'] }
	},
	{
		name: 'learn whether an upgrade changed ids, with two files',
		maxActions: 3,
		actions: [
			{
				drop: [
					{ name: 'before.json', content: tokenizerJson() },
					{ name: 'after.json', content: tokenizerJson(3, 4) }
				]
			}
		],
		finds: [
			{
				see: { css: '[data-verdict]' },
				saying: ['Silently different', 'no error will tell you'],
				isInView: true
			}
		]
	},
	{
		name: 'see a double BOS in my own text',
		actions: [
			{ fill: TEXT, value: '<bos>Write a poem.' },
			{ select: { css: '[data-testid="special-tokens"]' }, option: 'parsed' }
		],
		finds: [{ see: cardOf('gemma3'), saying: ['BOS is in the text'] }]
	},
	{
		name: 'see a double BOS in my own text on Diff',
		actions: [
			{ fill: TEXT, value: '<bos>Write a poem.' },
			{ click: { role: 'link', name: 'Drift' } },
			{ click: { role: 'link', name: 'Compare two tokenizers' } },
			{ select: { css: '[data-testid="tokenizer-a"]' }, option: 'gemma3' }
		],
		finds: [
			{
				see: { css: '[data-testid="repeated-bos"]' },
				saying: ['The text begins with <bos>, and the templates of A and B add it too.']
			}
		]
	},
	{
		name: 'find the worst language and the premium of Hindi, and export them',
		actions: [
			{ click: { role: 'link', name: 'Inflation' } },
			{
				click: { role: 'button', name: 'Show all 521' },
				once: { see: { css: 'main .status' }, saying: ['Measured in this browser: 24 texts'] }
			},
			{
				click: { role: 'button', name: 'Export' },
				// 509 more languages in each of two tokenizers.
				once: { see: { css: 'main .status' }, saying: ['Measured in this browser: 1,018 texts'] }
			},
			{ click: { role: 'menuitem', name: 'Figures as CSV' } }
		],
		finds: [{ see: { css: 'h1' }, saying: ['times'] }],
		saves: { name: '', containing: ['hin', 'Hindi', 'shn', 'Shan'] }
	},
	{
		name: 'share exactly what I see',
		actions: [
			{ fill: TEXT, value: 'share this: naïve café' },
			{ click: { css: 'label', text: 'Bytes' } }
		],
		finds: [{ see: cardOf('o200k_base'), saying: ['73 68 61 72 65'] }],
		isShared: true
	}
];
