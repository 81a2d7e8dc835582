import { readFileSync } from 'node:fs';
import { tokenizerJson, type NamedBytes } from '../e2e/dropped-files';

/** Something on a page, as plain data: an accessible role and name, or a documented hook. */
export interface Target {
	readonly role?:
		'button' | 'link' | 'menuitem' | 'radio' | 'checkbox' | 'combobox' | 'searchbox' | 'spinbutton';
	/** Accessible name, whole or in part. */
	readonly name?: string;
	/** CSS selector. */
	readonly css?: string;
	/** Text in what the selector finds. */
	readonly text?: string;
}

/** Does one thing: a click, a key command, a choice of files, or a field that is filled in. */
export type Action = {
	/** Seen before a visitor goes on, where a page takes its time. */
	readonly once?: Sight;
} & (
	| { readonly click: Target }
	| { readonly press: string }
	| { readonly drop: readonly NamedBytes[] }
	| { readonly fill: Target; readonly value: string }
	| { readonly select: Target; readonly option: string }
);

/** Where something is seen, and strings that it contains. */
export interface Sight {
	readonly see: Target;
	readonly saying: readonly string[];
	/** The whole text. */
	readonly is?: string;
	/** Whether it is seen without scrolling. */
	readonly isInView?: boolean;
}

/** A saved file: the beginning of its name, and strings in it. An empty list accepts every content. */
export interface Saved {
	readonly name: string;
	readonly containing: readonly string[];
}

export interface Task {
	readonly name: string;
	/** From the home page on. */
	readonly actions: readonly Action[];
	readonly finds: readonly Sight[];
	/** File that the last action saves. */
	readonly saves?: Saved;
}

const cardOf = (tokenizer: string): Target => ({ css: `[data-tokenizer="${tokenizer}"]` });

/** Ten words per line, each of them one token of cl100k_base and of o200k_base (tiktoken): `.` and line end are one, too. */
const LINE = 'The quick brown fox jumps over the lazy dog.\n';
const LINES = 4_600;

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

/** Tasks that people come for. Each starts on the home page. */
export const TASKS: readonly Task[] = [
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
		name: 'train 1,000 merges, explain merge 100, export all',
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
				once: { see: { css: 'main' }, saying: ['256 bytes + 1,000 merges'] }
			},
			{ click: { role: 'button', name: 'Export' } },
			{ click: { role: 'menuitem', name: 'tokenizer.json' } }
		],
		finds: [{ see: { css: 'main' }, saying: ['after merge 100', 'pairs, before this merge'] }],
		saves: { name: '.*1256', containing: ['"merges"'] }
	},
	{
		name: 'see what a model gets of strawberry, and its first merge',
		actions: [{ click: { role: 'link', name: 'Strawberry' } }],
		finds: [
			{ see: { css: 'h1' }, saying: ['73700'] },
			{ see: { css: '[data-merges="cl100k_base"] [data-step="1"]' }, saying: ['rank'] }
		]
	},
	{
		name: 'learn whether an upgrade changed ids, with two files',
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
				saying: ['Don’t swap tokenizer A for B', 'no error will tell you'],
				isInView: true
			}
		]
	},
	{
		name: 'find the worst language and the premium of Hindi, and export them',
		actions: [
			{ click: { role: 'link', name: 'Inflation' } },
			{
				click: { role: 'button', name: 'Show all 521 languages' },
				once: { see: { css: 'main[data-status="ready"] .status' }, saying: ['12 languages'] }
			},
			{
				click: { role: 'button', name: 'Export' },
				once: { see: { css: 'main[data-status="ready"] .status' }, saying: ['521 languages'] }
			},
			{ click: { role: 'menuitem', name: 'Figures as CSV' } }
		],
		finds: [{ see: { css: 'h1' }, saying: ['times'] }],
		saves: { name: '', containing: ['hin', 'Hindi', 'shn', 'Shan'] }
	}
];
