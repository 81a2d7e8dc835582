import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { run } from '../../src/cli/main';
import { declarationCodes, declarationText } from '../support/declarations';
import { MemoryIo } from '../support/memory-io';
import { TIKTOKEN_RANKS } from '../support/native-tokenizers';

interface Row {
	readonly language: string;
	readonly tokens: number;
	readonly ratio: number;
}

it('bpe-lab inflation counts the tokens of every declaration as native tiktoken', async () => {
	const io = new MemoryIo();
	expect(await run(['inflation', '--json', '-t', 'cl100k_base'], io)).toBe(0);
	const { Tiktoken } = createRequire(import.meta.url)('tiktoken');
	const { bpe_ranks, special_tokens, pat_str } = TIKTOKEN_RANKS.cl100k_base();
	const reference = new Tiktoken(bpe_ranks, special_tokens, pat_str);
	// Reads the texts from the package without the lab's code.
	const counts = declarationCodes().flatMap((code) => {
		const text = declarationText(code);
		return text === null ? [] : [[code, reference.encode_ordinary(text).length] as const];
	});
	reference.free();
	expect(counts).toHaveLength(521);
	const english = new Map(counts).get('eng') ?? NaN;
	const expected = counts.map(([language, tokens]) => [language, tokens, tokens / english]);
	const printed = (JSON.parse(io.output) as Row[]).map((row) => [
		row.language,
		row.tokens,
		row.ratio
	]);
	expect(printed.sort()).toEqual(expected.sort());
});
