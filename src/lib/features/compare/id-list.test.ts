import fc from 'fast-check';
import { expect, it } from 'vitest';
import { codePoint } from '../../../../tests/support/arbitrary-text';
import { MAX_ERRORS, parseIds } from './id-list';

const read = (text: string) => [...parseIds(text).ids];
const messages = (text: string) => parseIds(text).errors;

it.each([
	['a JSON array', '[1, 2, 3]'],
	['spaces', '1 2 3'],
	['no spaces', '1,2,3'],
	['lines and tabs', '1\r\n2\t3\n'],
	['quoted numbers', '["1", \'2\', "3"]'],
	['a tensor', "tensor([[1, 2, 3]], device='cuda:0', dtype=torch.int32)"],
	['a numpy array', 'np.array([1, 2, 3], dtype=int64)'],
	['a TensorFlow tensor', '<tf.Tensor: shape=(1, 3), dtype=int32, numpy=array([[1, 2, 3]])>'],
	['a typed array', 'Uint32Array(3) [ 1, 2, 3 ]'],
	['a label', 'ids: 1 2 3'],
	['a label of some words', 'Token IDs = [1, 2, 3]'],
	['a JSON key', '{"input_ids": [1, 2, 3]}'],
	['a BOM', '\ufeff1 2 3']
])('reads %s', (_, text) => {
	expect(read(text)).toEqual([1, 2, 3]);
	expect(parseIds(text).errors).toEqual([]);
});

it.each([
	[
		'INFO 12:00:01 [engine] prompt_token_ids: [128000, 9906], n=1, max_tokens=40',
		[128000, 9906],
		'“prompt_token_ids”. Skipped “n”, “max_tokens”'
	],
	['{"index":0,"ids":[1,2]}\n{"index":1,"ids":[3]}', [1, 2, 3], '“ids”. Skipped “index”'],
	['INFO token_id=5 logprob=-0.1\n token_id=6', [5, 6], '“token_id”. Skipped “logprob”'],
	['eos_token_id=2 ids: 5 6 took 40 ms', [5, 6], '“ids”. Skipped “eos_token_id”']
])('reads the labelled ids of a log line: %s', (text, ids, labels) => {
	expect(read(text)).toEqual(ids);
	expect(parseIds(text).notes).toEqual([`Used only the numbers labelled ${labels}.`]);
	expect(parseIds(text).errors).toEqual([]);
});

it('reads the ids of a printed table, and skips its texts', () => {
	const { ids, notes, errors } = parseIds("  9906 -> 'Hello'\n  1917 -> ' 2 worlds'");
	expect([...ids]).toEqual([9906, 1917]);
	expect(notes).toEqual(['Skipped 2 quoted strings.']);
	expect(errors).toEqual([]);
});

it('takes no number out of a sentence, but a list in brackets', () => {
	expect(parseIds('llama 3 generated 40 tok/s')).toMatchObject({
		ids: new Uint32Array(),
		notes: [
			'Found no list of ids. Paste a list such as [9906, 1917], or a line such as token_id=9906. Skipped “3”, “40”.'
		]
	});
	expect(parseIds('the ids are [5, 6] after 3 s')).toMatchObject({
		ids: Uint32Array.of(5, 6),
		notes: ['Used only the list in brackets. Skipped “3”.']
	});
});

it('does not guess among labels that name no ids, and says what it skipped', () => {
	expect(read('{"token": "Hello", "logprob": -0.1, "bytes": [72, 101]}')).toEqual([]);
	expect(read('tokens: 40, time: 3 s')).toEqual([]);
	expect(parseIds('scores: 1 2').notes).toEqual(['Used only the numbers labelled “scores”.']);
	const notes = ['Skipped “tensor”.', "Skipped “device='cpu'”."];
	expect(parseIds("tensor([1], device='cpu')").notes).toEqual(notes);
	expect(parseIds('[1, 2]').notes).toEqual([]);
});

it('reads digit groups with underscores, and notes a comma inside a number', () => {
	expect(read('1_000 100_257')).toEqual([1000, 100257]);
	const { ids, notes } = parseIds('1,000');
	expect([...ids]).toEqual([1, 0]);
	expect(notes).toEqual(['A comma separates ids: “1,000” was read as two.']);
});

it('reads the largest id, and names the first number that is too large', () => {
	expect(read('0 4294967295')).toEqual([0, 4294967295]);
	expect(messages('4294967296')).toEqual(['“4294967296” is above 4,294,967,295, the largest id.']);
	expect(messages('99999999999999999999999')).toHaveLength(1);
});

it.each([
	['-1', '“-1” is negative. Ids begin at 0.'],
	['-100', '“-100” is negative. In training labels, -100 marks a position to ignore.'],
	['3.5', '“3.5” is a decimal number. Ids are whole numbers.'],
	['1e5', '“1e5” is a decimal number. Ids are whole numbers.'],
	['0x1F', '“0x1F” is hexadecimal. Write ids in decimal (31).'],
	['...', '“...”: some ids are missing here, because the printed list was shortened.'],
	['banana', '“banana” is not a number.'],
	['1-2', '“1-2” is not a number.'],
	// Isolated, so that it doesn't reorder the sentence.
	['١٢', '“\u2068١٢\u2069” is not a number.'],
	['😀', '“😀” is not a number.']
])('names %s and goes on', (text, message) => {
	const { ids, errors } = parseIds(`7, ${text}, 8`);
	expect([...ids]).toEqual([7, 8]);
	expect(errors).toEqual([message]);
});

it('lists the first errors of a list', () => {
	const { ids, errors } = parseIds('1, x, 2, '.repeat(100));
	expect([ids.length, errors.length]).toEqual([200, MAX_ERRORS]);
});

it('reads any list with any separator', () => {
	const separator = fc.constantFrom(' ', ', ', '\n', '\t', ' ; ', '][');
	fc.assert(
		fc.property(fc.array(fc.nat(2 ** 32 - 1)), separator, (ids, between) => {
			expect(read(ids.join(between))).toEqual(ids);
		})
	);
});

it('never throws, and accounts for every text that is not a separator', () => {
	fc.assert(
		fc.property(fc.string({ unit: codePoint }), (text) => {
			const { ids, errors, notes } = parseIds(text);
			if (/[^\s\v,;|[\](){}<>"'`]/.test(text))
				expect(ids.length + errors.length + notes.length).toBeGreaterThan(0);
		})
	);
});

it('reads 1 MB', () => {
	const text = Array.from({ length: 170_000 }, (_, k) => (k * 7919) % 200_000).join(' ');
	expect(read(text).join(' ') === text).toBe(true);
});
