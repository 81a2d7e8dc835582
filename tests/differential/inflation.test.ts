/**
 * Compares the output of `bpe-lab inflation` with native tokenizers, on texts that are read from the package without the
 * lab's code.
 */
import { createRequire } from 'node:module';
import { beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../src/cli/main';
import { declarationCodes, declarationText } from '../support/declarations';
import { MemoryIo } from '../support/memory-io';
import { nativeLibrary as native } from '../support/native-library';
import { TIKTOKEN_RANKS, TOKENIZER_JSON } from '../support/native-tokenizers';

const require = createRequire(import.meta.url);

interface Row {
	readonly tokenizer: string;
	readonly language: string;
	readonly tokens: number;
	readonly bytes: number;
	readonly chars: number;
	readonly words: number | null;
	readonly ratio: number;
}

const texts = new Map<string, string>();
for (const code of declarationCodes()) {
	const text = declarationText(code);
	if (text !== null) texts.set(code, text);
}

/** Rows by tokenizer, then by language. */
const rows = new Map<string, Map<string, Row>>();
const TIKTOKEN = ['cl100k_base', 'o200k_base'];
const HUGGING_FACE = ['llama2', 'llama3', 'qwen3', 'gemma3'];

beforeAll(async () => {
	const io = new MemoryIo();
	const code = await run(['inflation', '--json', '-t', ...TIKTOKEN, ...HUGGING_FACE], io);
	expect({ code, warnings: io.warnings }).toEqual({ code: 0, warnings: [] });
	for (const row of JSON.parse(io.output) as Row[]) {
		const languages = rows.get(row.tokenizer) ?? new Map<string, Row>();
		rows.set(row.tokenizer, languages.set(row.language, row));
	}
	// The timeout of a test.
});

const ours = (tokenizer: string) => [...(rows.get(tokenizer)?.values() ?? [])];

/** Compares the tokens of every declaration, and the ratios to English. */
function expectTokens(tokenizer: string, tokens: ReadonlyMap<string, number>): void {
	const english = tokens.get('eng') ?? NaN;
	const expected = [...tokens].map(([language, count]) => [language, count, count / english]);
	const printed = ours(tokenizer).map((row) => [row.language, row.tokens, row.ratio]);
	const byCode = (list: unknown[][]) => list.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
	expect(byCode(printed)).toEqual(byCode(expected));
}

it('uses the text of every declaration that has all thirty articles', () => {
	expect(texts.size).toBe(521);
	const expected = [...texts].map(([code, text]) => [
		code,
		Buffer.byteLength(text),
		[...text].length
	]);
	for (const tokenizer of rows.keys()) {
		const printed = ours(tokenizer).map(({ language, bytes, chars }) => [language, bytes, chars]);
		expect(printed.sort()).toEqual(expected.sort());
	}
});

describe.each(TIKTOKEN)('%s', (id) => {
	it('has as many tokens for every declaration as native tiktoken', () => {
		const { Tiktoken } = require('tiktoken');
		const { bpe_ranks, special_tokens, pat_str } = TIKTOKEN_RANKS[id]();
		const reference = new Tiktoken(bpe_ranks, special_tokens, pat_str);
		const tokens = new Map<string, number>();
		for (const [code, text] of texts) tokens.set(code, reference.encode_ordinary(text).length);
		reference.free();
		expectTokens(id, tokens);
	});
});

describe.skipIf(!native).each(HUGGING_FACE)('%s', (id) => {
	it('has as many tokens for every declaration as native tokenizers', async () => {
		if (!native) return;
		const reference = native.Tokenizer.fromString(JSON.stringify(TOKENIZER_JSON[id]()));
		const expected = await reference.encodeBatch([...texts.values()], { addSpecialTokens: false });
		const codes = [...texts.keys()];
		expectTokens(id, new Map(expected.map((one, i) => [codes[i], one.getIds().length])));
	});
});

/** Tokens per English token, computed by other programs on the same texts. */
const KNOWN: Readonly<Record<string, readonly number[]>> = {
	spa: [1.47, 1.23, 1.47, 1.45, 1.24],
	tur: [2.02, 1.52, 1.46, 1.74, 1.45],
	fin: [2.19, 1.66, 2.18, 2.18, 1.76],
	rus: [2.61, 1.4, 1.63, 1.74, 1.35],
	hin: [5.48, 1.59, 2.89, 5.18, 1.34],
	mya: [15.7, 4.2, 15.7, 12.17, 3.17]
};
const KNOWN_TOKENIZERS = ['cl100k_base', 'o200k_base', 'llama3', 'qwen3', 'gemma3'];

it.each(Object.entries(KNOWN))('%s has the known ratios', (language, ratios) => {
	const printed = KNOWN_TOKENIZERS.map((id) => rows.get(id)?.get(language)?.ratio.toFixed(2));
	expect(printed).toEqual(ratios.map((ratio) => ratio.toFixed(2)));
});
