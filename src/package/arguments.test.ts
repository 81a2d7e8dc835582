import { beforeAll, expect, it } from 'vitest';
import { judge } from './drift';
import * as lab from './index';

/** The public functions without types, as JavaScript code sees them. */
const {
	loadTokenizer,
	createTokenizer,
	tokenizerJsonText,
	writeTiktoken,
	writeVocabAndMerges,
	countFile,
	trainOn
} = lab as unknown as Record<string, (...args: unknown[]) => unknown>;
let tokenizer: Record<string, (...args: unknown[]) => unknown>;
beforeAll(async () => {
	tokenizer = (await loadTokenizer('gpt2')) as typeof tokenizer;
});

const count = (options: object) => tokenizer.count('a', options);
const batch = (options: object) => tokenizer.encodeBatch(['a'], options);
type Stream = AsyncGenerator;

const SPEC = 'a TokenizerSpec, such as parseTokenizerJson returns';
const SOURCE = 'the name of a tokenizer, a path, a File, a Blob, a Uint8Array or a list of Files';

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
	['text: got null, expected a string or its UTF-8', () => tokenizer.count(null)],
	['text: got 5, expected a string or its UTF-8', () => tokenizer.encodeToArray(5)],
	['allowedSpecial: got "none", expected "all"', () => count({ allowedSpecial: 'none' })],
	['allowedSpecial: got an array of 1, expected', () => count({ allowedSpecial: [5] })],
	['disallowedSpecial: got null, expected "all"', () => count({ disallowedSpecial: null })],
	['text: got null, expected a string', () => tokenizer.isWithinTokenLimit(null, 5)],
	['limit: got nothing, expected a whole number', () => tokenizer.isWithinTokenLimit('a')],
	['limit: got -1, expected a whole number', () => tokenizer.isWithinTokenLimit('a', -1)],
	['limit: got "3", expected a whole number', () => tokenizer.truncate('a', '3')],
	['text: got an object, expected a string', () => tokenizer.truncate(new Uint8Array(1), 3)],
	['texts: got "a", expected a list of texts', () => tokenizer.encodeBatch('a')],
	['text: got 5, expected a string or its UTF-8', () => tokenizer.encodeBatch(['a', 5])],
	['padding: got "max", expected a whole number', () => batch({ padding: 'max' })],
	['padId: got nothing, expected the id', () => batch({ padding: 'longest' })],
	['padId: got 50257, expected the id', () => batch({ padding: 'longest', padId: 50257 })],
	['padSide: got "top", expected "left" or', () => batch({ padSide: 'top' })],
	['truncation: got 1.5, expected a whole number', () => batch({ truncation: 1.5 })],
	['parts: got 5, expected strings', () => (tokenizer.encodeStream([5]) as Stream).next()],
	[
		'parts: got null, expected a list or stream',
		() => (tokenizer.encodeStream(null) as Stream).next()
	],
	['token: got 5, expected a string or bytes', () => tokenizer.tokenToId(5)],
	['id: got "1", expected a number', () => tokenizer.idToToken('1')],
	['tokenizer: got "gpt2", expected a tokenizer', () => countFile('gpt2', 'a.txt')],
	['source: got 5, expected a path', () => countFile(tokenizer, 5)],
	['threads: got 0, expected a whole', () => countFile(tokenizer, 'a.txt', { threads: 0 })],
	['a: got "gpt2", expected { spec: a', () => judge('gpt2' as never, 'gpt2' as never)]
])('a wrong argument is refused: %s', async (message, make) => {
	const error: unknown = await Promise.resolve()
		.then(make)
		.catch((error: unknown) => error);
	expect(error).toBeInstanceOf(TypeError);
	expect((error as Error).message).toContain(message);
});

it('takes a lone surrogate as U+FFFD, and says of an id out of range that it is none', async () => {
	const [lone, replaced] = ['a\ud800b', 'a\ufffdb'];
	for (const name of ['count', 'encodeToArray'])
		expect(tokenizer[name](lone)).toEqual(tokenizer[name](replaced));
	expect(tokenizer.isWithinTokenLimit(lone, 9)).toBe(tokenizer.count(replaced));
	expect(tokenizer.truncate(lone, 1)).toBe('a');
	expect(tokenizer.truncate(lone, 9)).toBe(lone);
	expect(tokenizer.encodeBatch([lone])).toEqual(tokenizer.encodeBatch([replaced]));
	const stream = tokenizer.encodeStream([lone]) as AsyncGenerator<Uint32Array, undefined>;
	expect([...((await stream.next()).value ?? [])]).toEqual(tokenizer.encodeToArray(replaced));
	expect(tokenizer.tokenToId('\ud800')).toBeUndefined();
	for (const id of [-1, 50257, 0.5, 1e12]) {
		expect(tokenizer.idToToken(id)).toBeUndefined();
		expect(() => tokenizer.decode([id])).toThrow(String(id));
	}
});
