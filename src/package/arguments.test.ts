import { beforeAll, expect, it } from 'vitest';
import { judge } from './drift';
import * as lab from './index';

/** The public functions as JavaScript sees them, without types. */
const {
	loadTokenizer,
	createTokenizer,
	tokenizerJsonText,
	writeTiktoken,
	writeVocabAndMerges,
	trainOn
} = lab as unknown as Record<string, (...args: unknown[]) => unknown>;
let tokenizer: Record<string, (...args: unknown[]) => unknown>;
beforeAll(async () => {
	tokenizer = (await loadTokenizer('gpt2')) as typeof tokenizer;
});

const SPEC = 'a TokenizerSpec, such as parseTokenizerJson returns';
const SOURCE = 'a name of the catalogue, a path, a File, a Blob, a Uint8Array or a list of Files';

it.each<[message: string, make: () => unknown]>([
	['text: got 5, expected a string or its UTF-8 as a Uint8Array', () => tokenizer.encode(5)],
	['text: got an array of 1, expected a string or its UTF-8', () => tokenizer.encode(['a'])],
	['special: got "parsed", expected "text" or', () => tokenizer.encode('a', { special: 'parsed' })],
	['text: got null, expected a string', () => tokenizer.trace(null)],
	['ids: got "abc", expected an array of token ids', () => tokenizer.decode('abc')],
	['ids: got nothing, expected an array', () => tokenizer.decode()],
	['ids: got an object, expected an array', () => tokenizer.decode(tokenizer.encode('a'))],
	['token id: got "1", expected a number', () => tokenizer.decode(['1'])],
	['ids: got 5, expected', () => (tokenizer.decodeStream() as lab.DecodeStream).push(5 as never)],
	['token id: got a BigInt, expected a number', () => tokenizer.tokenBytes(1n)],
	[`source: got 5, expected ${SOURCE}`, () => loadTokenizer(5)],
	[`source: got nothing, expected ${SOURCE}`, () => loadTokenizer()],
	[`source: got an array of 0, expected ${SOURCE}`, () => loadTokenizer([])],
	[`source: got 5, expected ${SOURCE}`, () => loadTokenizer([5])],
	[`source: got an object, expected ${SOURCE}`, () => loadTokenizer(new ArrayBuffer(3))],
	['pattern: got an object, expected a regular', () => loadTokenizer('gpt2', { pattern: /a/ })],
	['baseUrl: got 5, expected the address', () => loadTokenizer('gpt2', { baseUrl: 5 })],
	[`spec: got 5, expected ${SPEC}`, () => createTokenizer(5)],
	['spec: got an object', () => tokenizerJsonText(tokenizer)],
	[`spec: got nothing, expected ${SPEC}`, () => writeTiktoken()],
	[`spec: got "a", expected ${SPEC}`, () => writeVocabAndMerges('a')],
	['text: got 5, expected a string', () => trainOn(5, {})],
	['a: got "gpt2", expected { spec: a', () => judge('gpt2' as never, 'gpt2' as never)]
])('a wrong argument is refused: %s', async (message, make) => {
	const error: unknown = await Promise.resolve()
		.then(make)
		.catch((error: unknown) => error);
	expect(error).toBeInstanceOf(TypeError);
	expect((error as Error).message).toContain(message);
});
