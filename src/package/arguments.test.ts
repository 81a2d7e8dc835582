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

it.each<[call: string, make: () => unknown, message: string]>([
	[
		'encode(5)',
		() => tokenizer.encode(5),
		'text: got 5, expected a string or its UTF-8 as a Uint8Array'
	],
	[
		'encode(["a"])',
		() => tokenizer.encode(['a']),
		'text: got an array of 1, expected a string or its UTF-8 as a Uint8Array'
	],
	[
		'encode("a", { special: "parsed" })',
		() => tokenizer.encode('a', { special: 'parsed' }),
		'special: got "parsed", expected "text" or "parse"'
	],
	['trace(null)', () => tokenizer.trace(null), 'text: got null, expected a string'],
	[
		'decode("abc")',
		() => tokenizer.decode('abc'),
		'ids: got "abc", expected an array of token ids'
	],
	['decode()', () => tokenizer.decode(), 'ids: got nothing, expected an array of token ids'],
	[
		'decode(encoding)',
		() => tokenizer.decode(tokenizer.encode('a')),
		'ids: got an object, expected an array of token ids'
	],
	['decode(["1"])', () => tokenizer.decode(['1']), 'token id: got "1", expected a number'],
	[
		'decodeStream().push(5)',
		() => (tokenizer.decodeStream() as lab.DecodeStream).push(5 as never),
		'ids: got 5, expected an array of token ids'
	],
	['tokenBytes(1n)', () => tokenizer.tokenBytes(1n), 'token id: got a BigInt, expected a number'],
	['loadTokenizer(5)', () => loadTokenizer(5), `source: got 5, expected ${SOURCE}`],
	['loadTokenizer()', () => loadTokenizer(), `source: got nothing, expected ${SOURCE}`],
	['loadTokenizer([])', () => loadTokenizer([]), `source: got an array of 0, expected ${SOURCE}`],
	['loadTokenizer([5])', () => loadTokenizer([5]), `source: got 5, expected ${SOURCE}`],
	[
		'loadTokenizer(ArrayBuffer)',
		() => loadTokenizer(new ArrayBuffer(3)),
		`source: got an object, expected ${SOURCE}`
	],
	[
		'loadTokenizer("gpt2", { pattern: /a/ })',
		() => loadTokenizer('gpt2', { pattern: /a/ }),
		'pattern: got an object, expected a regular expression as a string'
	],
	[
		'loadTokenizer("gpt2", { baseUrl: 5 })',
		() => loadTokenizer('gpt2', { baseUrl: 5 }),
		'baseUrl: got 5, expected the address of a folder as a string'
	],
	['createTokenizer(5)', () => createTokenizer(5), `spec: got 5, expected ${SPEC}`],
	['tokenizerJsonText(tokenizer)', () => tokenizerJsonText(tokenizer), 'spec: got an object'],
	['writeTiktoken()', () => writeTiktoken(), `spec: got nothing, expected ${SPEC}`],
	['writeVocabAndMerges("a")', () => writeVocabAndMerges('a'), `spec: got "a", expected ${SPEC}`],
	['trainOn(5)', () => trainOn(5, {}), 'text: got 5, expected a string'],
	[
		'judge("gpt2", "gpt2")',
		() => judge('gpt2' as never, 'gpt2' as never),
		'a: got "gpt2", expected { spec: a TokenizerSpec }'
	]
])(
	'%s says which argument is wrong, what was got and what was expected',
	async (_, make, message) => {
		const error: unknown = await Promise.resolve()
			.then(make)
			.catch((error: unknown) => error);
		expect(error).toBeInstanceOf(TypeError);
		expect((error as Error).message).toContain(message);
	}
);
