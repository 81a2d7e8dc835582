import { expect, it } from 'vitest';
import { packedSpec } from '../../tests/support/packed-tokenizers';
import { expectRefusal, runBpeLab } from '../../tests/support/run-bpe-lab';
import { addedToken } from '../../tests/support/spec-parts';
import { smallRanks } from '../../tests/support/small-specs';
import { tokenizerJsonText, type TokenizerSpec } from '../lib/engine';

async function inspect(spec: TokenizerSpec, ...options: readonly string[]) {
	const files = { 'x.json': tokenizerJsonText(spec) };
	const { code, output } = await runBpeLab(['inspect', 'x.json', ...options], files);
	expect(code).toBe(0);
	return output;
}

const QWEN = packedSpec('qwen3');
it('recognises a tokenizer of the catalogue in its file', async () => {
	const output = await inspect(QWEN);
	expect(output).toContain('\nIdentical to qwen3.\n');
	expect(output).toContain('\nnormalizer\n  Unicode normalization NFC\n');
	expect(output).toContain('BPE on bytes with 151,387 listed merges');
	expect(output).toMatch(/\nFingerprint bpe-lab-drift-v2:[0-9a-f]{64}\n$/);
});

it('says how a variant differs', async () => {
	const added_tokens = [
		...QWEN.added_tokens,
		addedToken(151_669, '<a>'),
		addedToken(151_670, '<b>')
	];
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
		'No built-in tokenizer has half of this vocabulary under the same ids.'
	);
});

it.each([
	['x.json', '{"model":{"type":"Unigram"}}', 'model.type: got "Unigram", expected "BPE"'],
	['x.txt', 'hello', "got text that isn't a tokenizer"]
])('refuses in one line %s with %s', async (name, content, message) => {
	expectRefusal(await runBpeLab(['inspect', name], { [name]: content }), `${name}: ${message}`);
});
