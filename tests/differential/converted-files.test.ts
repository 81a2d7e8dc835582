import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { run } from '../../src/cli/main';
import { MemoryIo } from '../support/memory-io';
import { nativeLibrary } from '../support/native-library';
import { ORACLE_INPUTS, oracleOf } from '../support/oracle';
import { packedSpec } from '../support/packed-tokenizers';
import { sized } from '../support/size';

/** Checks that files written by `bpe-lab convert` give the reference's ids in the programs that read them. */

const { Tiktoken } = createRequire(import.meta.url)('tiktoken');

async function convert(...args: readonly string[]) {
	const io = new MemoryIo();
	const code = await run(['convert', ...args], io);
	return { code, saved: io.saved, warnings: io.warnings };
}

const pieces = (id: string) => {
	const { pre_tokenizer } = packedSpec(id);
	const [split] = pre_tokenizer?.type === 'Sequence' ? pre_tokenizer.pretokenizers : [];
	if (split?.type !== 'Split' || !('Regex' in split.pattern)) throw new Error('expected a Split');
	return split.pattern.Regex;
};

const WELL_FORMED = ORACLE_INPUTS.map(({ text }, i) => ({ text, i })).filter(({ text }) =>
	text.isWellFormed()
);

describe.skipIf(!nativeLibrary)('tokenizer.json in the native library', () => {
	it.each(
		sized(
			['cl100k_base', 'llama2', 'kimi-k2'],
			['gpt2', 'cl100k_base', 'o200k_base', 'llama2', 'qwen2.5', 'kimi-k2', 'whisper']
		)
	)('gives the ids of %s', async (id) => {
		const { code, saved, warnings } = await convert(id, '--out', 'out.json');
		expect({ code, warnings }).toEqual({ code: 0, warnings: ['wrote out.json'] });
		const json = JSON.parse(saved['out.json']) as { added_tokens: { special: boolean }[] };
		// The oracle's rows treat special tokens as text.
		const plain = { ...json, added_tokens: json.added_tokens.filter(({ special }) => !special) };
		const native = nativeLibrary?.Tokenizer.fromString(JSON.stringify(plain));
		const { text: expected } = oracleOf(id);
		for (const { text, i } of WELL_FORMED) {
			const encoding = await native?.encode(text, null, { addSpecialTokens: false });
			expect(encoding?.getIds(), text).toEqual(expected[i]);
		}
	});
});

describe('.tiktoken in native tiktoken', () => {
	it.each(sized(['gpt2'], ['gpt2', 'cl100k_base', 'o200k_base', 'whisper', 'llama4']))(
		'gives the ids of %s',
		async (id) => {
			const { code, saved } = await convert(id, '--out', 'out.tiktoken');
			expect(code).toBe(0);
			const native = new Tiktoken(saved['out.tiktoken'], {}, pieces(id));
			const { text: expected } = oracleOf(id);
			for (const { text, i } of WELL_FORMED) {
				expect([...native.encode_ordinary(text)], text).toEqual(expected[i]);
			}
			native.free();
		}
	);
});

describe('what a format cannot hold', () => {
	it.each([
		['qwen3', 'x.tiktoken', 'would lose the pattern /(?i:'],
		['cl100k_base', 'folder', 'would lose the pattern'],
		['claude-legacy', 'x.json', 'would lose the Unicode version of its normalizer']
	])('of %s as %s is said, and nothing is written', async (id, out, message) => {
		const { code, saved, warnings } = await convert(id, '--out', out);
		expect({ code, saved }).toEqual({ code: 2, saved: {} });
		expect(warnings[0]).toContain(message);
		expect(warnings[0]).toContain('add --lossy');
	});

	it('includes stages without a regex and special tokens around a text', async () => {
		const { saved } = await convert('gpt2', '--out', 'gpt2.json');
		const json = JSON.parse(saved['gpt2.json']) as object;
		const byteLevel = { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true };
		const file = JSON.stringify({
			...json,
			pre_tokenizer: { type: 'Sequence', pretokenizers: [{ type: 'Whitespace' }, byteLevel] },
			post_processor: {
				...{ type: 'RobertaProcessing', sep: ['!', 0], cls: ['"', 1] },
				...{ trim_offsets: true, add_prefix_space: true }
			}
		});
		for (const out of ['x.tiktoken', 'folder']) {
			const io = new MemoryIo({ 'mine.json': file });
			expect(await run(['convert', 'mine.json', '--out', out], io)).toBe(2);
			expect(io.saved).toEqual({});
			expect(io.warnings[0]).toContain('the pre-tokenizer Whitespace');
			expect(io.warnings[0]).toContain('the space added before the text');
			expect(io.warnings[0]).toContain('the special tokens added around the text');
		}
	});

	it('is written with --lossy, and named', async () => {
		const { code, saved, warnings } = await convert('cl100k_base', '--out', 'folder', '--lossy');
		expect(code).toBe(0);
		expect(Object.keys(saved)).toEqual(['folder/vocab.json', 'folder/merges.txt']);
		expect(warnings[0]).toMatch(/^wrote folder without the pattern .* and which tokens are added/);
	});

	it('is refused with --lossy if the ids would be others', async () => {
		const { code, warnings } = await convert('llama2', '--out', 'x.tiktoken', '--lossy');
		expect(code).toBe(2);
		expect(warnings[0]).toContain('expected a byte-level vocabulary');
	});
});
