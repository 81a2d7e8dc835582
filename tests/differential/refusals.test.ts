import { describe, expect, it } from 'vitest';
import { readTokenizerFile } from '../../src/lib/drift';
import { mutatedFiles } from '../support/mutated-files';
import { nativeLibrary } from '../support/native-library';
import { TOKENIZER_JSON } from '../support/native-tokenizers';
import { nativeVerdicts } from '../support/native-verdicts';
import { SEED } from '../support/random-texts';
import { addedToken, padding, tokenizerFile, truncation } from '../support/spec-parts';

/** The lab's reason for refusing a file; `null` if the file loads, as far as the lab can tell. */
async function refusalOf(text: string): Promise<string | null> {
	const source = await readTokenizerFile(text);
	return 'problem' in source ? source.problem : (source.file?.refusal ?? null);
}

const MODEL = { type: 'BPE', vocab: { a: 0, b: 1, ab: 2 }, merges: ['a b'] };
const edited = (parts: object, model: object = {}): string =>
	JSON.stringify({ ...tokenizerFile({ model: { ...MODEL, ...model } }), ...parts });
const flags = (json: object) => edited({ added_tokens: [addedToken(3, 'x', json)] });

console.log(`refusals: SEED=${SEED} runs the same again`);

describe.skipIf(!nativeLibrary)('what a file shows of being refused', () => {
	it('is never said of a file that the engine reads and the native library loads, and is seen in most others', async () => {
		const texts = mutatedFiles(SEED, 600).filter((text) => text.includes('"type":"BPE"'));
		const native = nativeVerdicts(texts);
		const sources = await Promise.all(
			texts.map((text) => readTokenizerFile(text).catch(() => null))
		);
		const found = sources.map((source) =>
			source && 'spec' in source ? (source.file?.refusal ?? null) : null
		);
		const wrong = found.filter((one, i) => one !== null && native[i] === 'yes');
		expect(wrong).toEqual([]);
		const refused = texts.flatMap((_, i) => (native[i].startsWith('refused') ? [i] : []));
		const unseen = refused.filter((i) => {
			const source = sources[i];
			return source !== null && 'spec' in source && found[i] === null;
		});
		expect(refused.length).toBeGreaterThan(200);
		expect(unseen.length).toBeLessThan(refused.length / 20);
	});

	it.each([
		`\ufeff${edited({})}`,
		edited({ version: '2.0' }),
		edited({ extra: null }),
		edited({}, { dropout: 1.5 }),
		edited({ truncation: truncation({ strategy: 'Longest' }) }),
		edited({ padding: padding({ pad_id: -1 }) }),
		edited({ padding: true }),
		edited({}).replace('"a":0', '"a":0.0'),
		edited({}).replace('"b":1', '"b":1,"\\ud800":9'),
		flags({}).replace('"lstrip":false', '"lstrip":false,"lstrip":false'),
		flags({}).replace(',"lstrip":false', '')
	])('is seen in %j', async (text) => {
		const native = nativeVerdicts([text])[0];
		expect(native).toMatch(/^refused: /);
		expect(await refusalOf(text)).not.toBeNull();
	});

	it('is nothing in the files of real packages', async () => {
		for (const id of ['llama2', 'llama3', 'qwen3'])
			expect(await refusalOf(JSON.stringify(TOKENIZER_JSON[id]()))).toBeNull();
	});
});
