import { describe, expect, it } from 'vitest';
import { MemoryIo } from '../../tests/support/memory-io';
import { packedSpec } from '../../tests/support/packed-tokenizers';
import { smallRanks } from '../../tests/support/small-specs';
import { tokenizerJsonText, type TokenizerSpec } from '../lib/engine';
import { run } from './main';

async function inspect(spec: TokenizerSpec, ...options: readonly string[]) {
	const io = new MemoryIo({ 'x.json': tokenizerJsonText(spec) });
	expect(await run(['inspect', 'x.json', ...options], io)).toBe(0);
	return io.output;
}

const QWEN = packedSpec('qwen3');
const token = (id: number, content: string) => ({
	id,
	content,
	single_word: false,
	lstrip: false,
	rstrip: false,
	normalized: false,
	special: true
});

describe('inspect', () => {
	it('recognises a tokenizer of the catalogue in its file', async () => {
		const output = await inspect(QWEN);
		expect(output).toContain('\nIdentical to qwen3.\n');
		expect(output).toContain('\nnormalizer\n  Unicode normalization NFC\n');
		expect(output).toContain('BPE on bytes with 151,387 listed merges');
		expect(output).toMatch(/\nFingerprint bpe-lab-drift-v2:[0-9a-f]{64}\n$/);
	});

	it('says how a variant differs', async () => {
		const added_tokens = [...QWEN.added_tokens, token(151_669, '<a>'), token(151_670, '<b>')];
		const output = await inspect({ ...QWEN, normalizer: null, added_tokens }, '--json');
		expect(JSON.parse(output)).toMatchObject({
			format: 'tokenizer.json',
			files: ['x.json'],
			vocabulary: { size: 151_671, addedTokens: QWEN.added_tokens.length + 2 },
			identification: {
				known: 'qwen3',
				relation: 'variant',
				sentence: 'The vocabulary of qwen3 with 2 more added tokens and no normalizer.'
			}
		});
	});

	it('says that a vocabulary is not known', async () => {
		expect(await inspect(smallRanks())).toContain(
			'No tokenizer of the catalogue has half of this vocabulary at the same ids.'
		);
	});

	it('prints no control character of a file', async () => {
		const hostile = token(301, '\u001b[31mred\u0007');
		const spec = smallRanks();
		const output = await inspect({ ...spec, added_tokens: [...spec.added_tokens, hostile] });
		// eslint-disable-next-line no-control-regex
		expect(output).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
		expect(output).toContain('red');
	});

	it.each(['Unigram', 'WordPiece', 'WordLevel'])('names %s, which it refuses', async (type) => {
		const io = new MemoryIo({ 'x.json': JSON.stringify({ model: { type, vocab: { a: 0 } } }) });
		expect(await run(['inspect', 'x.json'], io)).toBe(2);
		expect(io.output).toBe('');
		expect(io.warnings).toEqual([
			expect.stringContaining(`x.json: model.type: got "${type}", expected "BPE"`)
		]);
	});

	it('refuses what is no tokenizer in one line', async () => {
		const io = new MemoryIo({ 'x.txt': 'hello' });
		expect(await run(['inspect', 'x.txt'], io)).toBe(2);
		expect(io.output).toBe('');
		expect(io.warnings).toEqual([expect.stringMatching(/^x\.txt: got text that is no tokenizer/)]);
	});
});
