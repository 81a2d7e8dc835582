import { expect, it } from 'vitest';
import { slicedFile } from '../../../../tests/support/tokenizer-files';
import { LimitError } from './limits';
import { readTokenizer } from './read';

const json = JSON.stringify({ model: { type: 'BPE', vocab: { a: 0 }, merges: [] } });
const file = (content: string) => slicedFile(new TextEncoder().encode(content), 'tokenizer.json');

it('reads within its limits', async () => {
	const { spec } = await readTokenizer([file(json)], { limits: { seconds: 60, megabytes: 1 } });
	expect(spec.model.vocabulary.ends).toHaveLength(1);
});

it.each([
	[{ seconds: 60, megabytes: 1 }, json + ' '.repeat(2 << 20), 'takes more than 1 MB'],
	[{ seconds: -1, megabytes: 1 }, json, 'takes more than -1 s']
])('stops at %j', async (limits, content, message) => {
	const reading = readTokenizer([file(content)], { limits });
	await expect(reading).rejects.toThrow(LimitError);
	await expect(reading).rejects.toThrow(message);
});
