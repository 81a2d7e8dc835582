import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tokenizerJson } from '../e2e/dropped-files';
import { idsOf, textOf } from '../support/oracle';
import type { Sight, Step, Target } from './perform';

/** Lists of actions and the results they should lead to. Each list starts on the home page. */
export interface List {
	readonly name: string;
	readonly steps: readonly Step[];
}

const { get_encoding } = createRequire(import.meta.url)('tiktoken') as {
	get_encoding: (name: string) => { encode: (text: string) => Uint32Array };
};
const countIn = (encoding: string, text: string) => get_encoding(encoding).encode(text).length;

const TEXT: Target = { css: '[data-testid="text-input"]' };
const count = (tokenizer: string, tokens: number): Sight => ({
	see: { css: `[data-tokenizer="${tokenizer}"][data-status="ready"] [data-token-count]` },
	saying: [],
	is: String(tokens)
});
const COMPARED = ['cl100k_base', 'o200k_base', 'gemma3'];
const ROWS = ['en', 'ar', 'emoji-zwj', 'bn', 'digits', 'nfd'];
const TYPED = 'Işıl İzmir’e çiğ köfte götürdü 👩‍🚀🇹🇷';
const SHARED = 'naïve café 🤖 שלום';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

const OFFLINE_PAGES: readonly (readonly [path: string, heading: string])[] = [
	['train/?size=300', 'BPE merges'],
	['strawberry/', 'strawberry'],
	['inflation/', 'times as many tokens'],
	['drift/', 'wrong tokenizer'],
	['drift/diff/', 'tokenizer A'],
	['vocabulary/', 'tokens'],
	['about/', 'BPE Lab shows']
];

export const LISTS: readonly List[] = [
	{
		name: 'compare',
		steps: [
			{ open: `?t=${COMPARED.join()}` },
			...ROWS.flatMap((row): Step[] => [
				{ fill: TEXT, value: textOf(row) },
				...COMPARED.map((id) => count(id, idsOf(id, row).length))
			]),
			// Line endings that a text field would change.
			{ drop: [{ name: 'lines.txt', content: textOf('crlf') }] },
			...COMPARED.map((id) => count(id, idsOf(id, 'crlf').length))
		]
	},
	{
		name: 'type',
		steps: [
			{ open: '?t=cl100k_base,gpt2' },
			{ until: `document.documentElement.matches('[data-hydrated]')` },
			{ type: TYPED, into: TEXT },
			{ see: TEXT, saying: [], is: TYPED },
			count('cl100k_base', countIn('cl100k_base', TYPED)),
			count('gpt2', countIn('gpt2', TYPED))
		]
	},
	{
		name: 'share',
		steps: [
			{ open: '?t=cl100k_base,llama2' },
			{ fill: TEXT, value: SHARED },
			// Controls below the text move while the text is being measured.
			count('cl100k_base', countIn('cl100k_base', SHARED)),
			{ click: { css: '[data-testid="options"]' } },
			{ click: { css: 'label', text: 'Bytes' } },
			{ until: `location.href.includes('=bytes') && location.hash.length > 1` },
			'in a new session',
			{ see: TEXT, saying: [], is: SHARED },
			count('cl100k_base', countIn('cl100k_base', SHARED)),
			{ see: { css: '[data-tokenizer="llama2"]' }, saying: ['6e 61'] }
		]
	},
	{
		name: 'train and step',
		steps: [
			{ click: { role: 'link', name: 'Train' } },
			{ see: { css: 'main[data-step]' }, saying: ['Corpus'] },
			{ drop: [{ name: 'corpus.txt', content: readme }] },
			{ see: { css: '.announcement' }, saying: ['corpus.txt'] },
			{ fill: { css: '[data-testid="vocab-size"]' }, value: '756' },
			{ click: { css: '[data-testid="train"]' } },
			{ see: { css: 'main' }, saying: ['256 bytes + 500 merges'] },
			{ fill: { role: 'spinbutton', name: 'merge' }, value: '100' },
			{ click: { role: 'button', name: 'Export' } },
			{ click: { role: 'menuitem', name: 'tokenizer.json' } },
			{ see: { css: 'main' }, saying: ['after merge 100', 'pairs, before this merge'] },
			{ name: '.*756', containing: ['"merges"'] },
			{ click: { role: 'button', name: 'Forward' } },
			{ see: { css: 'main' }, saying: ['after merge 101'] }
		]
	},
	{
		name: 'strawberry',
		steps: [
			{ click: { role: 'link', name: 'Strawberry' } },
			{ see: { css: 'h1' }, saying: ['73700'] },
			{ see: { css: '[data-merges="cl100k_base"] [data-step="1"]' }, saying: ['rank'] },
			{ fill: { css: '[data-testid="word-input"]' }, value: 'raspberry' },
			{ see: { css: '[data-letter-count]' }, saying: ['three'] },
			{ see: { css: 'main[data-status="ready"] h1' }, saying: ['raspberry'] }
		]
	},
	{
		name: 'inflation',
		steps: [
			{ click: { role: 'link', name: 'Inflation' } },
			{ see: { css: 'main[data-status="ready"] .status' }, saying: ['12 languages'] },
			{ click: { role: 'button', name: 'Show all 521 languages' } },
			{ see: { css: 'main[data-status="ready"] .status' }, saying: ['521 languages'] },
			{ click: { role: 'button', name: 'Export' } },
			{ click: { role: 'menuitem', name: 'Figures as CSV' } },
			{ see: { css: 'h1' }, saying: ['times'] },
			{ name: '', containing: ['hin', 'Hindi', 'shn', 'Shan'] }
		]
	},
	{
		name: 'drift case',
		steps: [
			{ open: 'drift/?case=llama3-without-its-pre-tokenizer' },
			{
				see: {
					css: '[data-case="llama3-without-its-pre-tokenizer"][data-case-status="reproduced"]'
				},
				saying: ['llama.cpp']
			}
		]
	},
	{
		name: 'diff',
		steps: [
			{
				drop: [
					{ name: 'before.json', content: tokenizerJson() },
					{ name: 'after.json', content: tokenizerJson(3, 4) }
				]
			},
			{
				see: { css: '[data-verdict]' },
				saying: ['Don’t swap tokenizer A for B', 'no error will tell you'],
				isInView: true
			}
		]
	},
	{
		name: 'vocabulary',
		steps: [
			{ open: 'vocabulary/?tokenizer=cl100k_base' },
			{ fill: { role: 'searchbox', name: 'Search tokens' }, value: 'strawberry' },
			// tiktoken.get_encoding("cl100k_base").encode_single_token(" strawberry")
			{ see: { css: '[role="grid"] [aria-rowindex="2"]' }, saying: ['73700', '·strawberry'] }
		]
	},
	{
		name: 'own file',
		steps: [
			{ fill: TEXT, value: 'abcab' },
			{ drop: [{ name: 'mine.json', content: tokenizerJson() }] },
			{ see: { css: '.announcement' }, saying: ['mine is a tokenizer with 5 ids'] },
			{
				see: { css: '[data-tokenizer^="own-"][data-status="ready"] [data-token-count]' },
				saying: [],
				is: '2'
			},
			// The tokenizer is saved in the browser.
			{ open: 'vocabulary/' },
			{ see: { css: 'main select:has(option:checked)' }, saying: ['mine'] }
		]
	},
	{
		name: 'offline',
		steps: [
			{ open: '?t=gpt2' },
			{ see: { css: '[data-tokenizer="gpt2"][data-status="ready"]' }, saying: ['tokens'] },
			{
				until: `navigator.serviceWorker.getRegistration().then((registration) =>
					registration?.active?.state === 'activated' && navigator.serviceWorker.controller !== null)`
			},
			'without a server',
			{ fill: TEXT, value: TYPED },
			count('gpt2', countIn('gpt2', TYPED)),
			...OFFLINE_PAGES.flatMap(([open, heading]): Step[] => [
				{ open },
				{ see: { css: '[data-hydrated] h1' }, saying: [heading] }
			]),
			{ open: '?t=gpt2' },
			{ fill: TEXT, value: SHARED },
			count('gpt2', countIn('gpt2', SHARED))
		]
	},
	{
		name: 'privacy',
		steps: [
			{ open: '?t=gpt2,llama2' },
			{ fill: TEXT, value: SHARED },
			count('gpt2', countIn('gpt2', SHARED)),
			'reaching another server'
		]
	}
];
