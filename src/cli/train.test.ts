import { describe, expect, it } from 'vitest';
import { vocabOf } from '../../tests/support/spec-parts';
import { MemoryIo } from '../../tests/support/memory-io';
import { expectRefusal, runBpeLab, type Files } from '../../tests/support/run-bpe-lab';
import { run } from './main';

const CORPUS = 'hello hello world\nhello world\n';

const bpeLab = (args: string, files: Files = { '-': CORPUS, 'a.txt': CORPUS }) =>
	runBpeLab(args, files);

interface TokenizerFile {
	readonly pre_tokenizer: unknown;
	readonly added_tokens: { readonly id: number; readonly content: string }[];
	readonly model: { readonly vocab: Record<string, number>; readonly merges: string[] };
}
const parsed = (text: string) => JSON.parse(text) as TokenizerFile;

/** The tokenizer that a successful run wrote to t.json, and the messages it printed. */
async function trained(args: string, files?: Files) {
	const { code, output, saved, warnings } = await bpeLab(`train --out t.json ${args}`, files);
	expect({ code, output, files: Object.keys(saved) }, warnings.join()).toEqual({
		code: 0,
		output: '',
		files: ['t.json']
	});
	return { ...parsed(saved['t.json']), messages: warnings };
}

describe('train', () => {
	it('writes a tokenizer.json and says how it went', async () => {
		// The four pairs of hello occur three times each, so the smallest ids go first.
		const { model, messages } = await trained('--vocab-size 12 a.txt');
		expect(model.vocab).toEqual(vocabOf([...'dehlorwĊĠ', 'el', 'hel', 'lo']));
		expect(model.merges).toEqual(['e l', 'h el', 'l o']);
		expect(messages).toEqual(['3 merges, a vocabulary of 12; wrote t.json']);
	});

	it('goes by its options', async () => {
		const { model: firstSeen } = await trained('--vocab-size 10 --ties first-seen');
		expect(firstSeen.merges).toEqual(['h e']);
		const { model: longest } = await trained('--vocab-size 99 --max-token-length 2');
		expect(longest.merges.every((merge) => merge.length <= 3)).toBe(true);
		const { added_tokens: first } = await trained('--vocab-size 13 --special <s> </s>');
		expect(first.map(({ id, content }) => [id, content])).toEqual([
			[0, '<s>'],
			[1, '</s>']
		]);
		const { added_tokens: last } = await trained(
			'--vocab-size 260 --alphabet bytes --special <s> --special </s>'
		);
		expect(last.map(({ id }) => id)).toEqual([258, 259]);
		const { pre_tokenizer } = await trained('--vocab-size 12 --pattern /l+|./');
		expect(pre_tokenizer).toMatchObject({
			pretokenizers: [{ pattern: { Regex: 'l+|.' } }, { type: 'ByteLevel', use_regex: false }]
		});
	});

	it('trains on lines by default', async () => {
		const files = { '-': 'ab\ncd\nab\ncd\n' };
		const args = '--vocab-size 99 --pattern none';
		const longest = ({ model }: TokenizerFile) =>
			Math.max(...Object.keys(model.vocab).map((token) => token.length));
		expect(longest(await trained(args, files))).toBe(3);
		expect(longest(await trained(`${args} --feed whole`, files))).toBe(6);
	});

	it('takes each file for a text of its own', async () => {
		const files = { a: 'ab', b: 'ab', c: 'ab' };
		const { model } = await trained('--vocab-size 99 --pattern none --feed whole a b c', files);
		expect(model.merges).toEqual(['a b']);
	});

	it.each([
		['--vocab-size 99', 'no pair of tokens occurs at least 2 times'],
		['--vocab-size 99 --min-frequency 0', 'no pair of tokens is left'],
		[
			'--vocab-size 99 --max-token-length 3',
			'no pair that makes a token of 3 bytes or fewer occurs at least 2 times'
		]
	])('with %s says how far it got and why', async (args, why) => {
		const { messages } = await trained(args);
		expect(messages).toHaveLength(1);
		expect(messages[0]).toMatch(/^\d+ merges, a vocabulary of \d+ instead of 99, because /);
		expect(messages[0]).toContain(`because ${why}; wrote t.json`);
	});

	it('writes .tiktoken, and says what that leaves out', async () => {
		const args = 'train --vocab-size 258 --alphabet bytes --special <s> --out x.tiktoken';
		const { code, saved, warnings } = await bpeLab(args);
		expect({ code, files: Object.keys(saved) }).toEqual({ code: 0, files: ['x.tiktoken'] });
		const lines = saved['x.tiktoken'].trimEnd().split('\n');
		expect([lines.length, lines[104], lines[256]]).toEqual([257, 'aA== 104', 'ZWw= 256']);
		expect(warnings[1]).toMatch(/^x\.tiktoken contains only tokens and ids; .*special tokens$/);
	});

	it.each(['new', 'new/', './old', 'v1.0/'])(
		'writes vocab.json and merges.txt into the folder %s',
		async (out) => {
			const io = new MemoryIo({ '-': CORPUS });
			await io.saveFolder(
				'old',
				() => Promise.resolve(),
				() => false
			);
			expect(await run(['train', '--vocab-size', '10', '--out', out], io)).toBe(0);
			const [vocab, merges] = Object.values(io.saved);
			expect(Object.keys(io.saved).map((path) => path.replace(/^.*\//, ''))).toEqual([
				'vocab.json',
				'merges.txt'
			]);
			expect(await io.kindOf(out)).toBe('folder');
			expect(merges).toBe('#version: 0.2\ne l\n');
			expect(JSON.parse(vocab)).toMatchObject({ d: 0, el: 9 });
		}
	);

	it('says that a folder does not hold another pattern than GPT-2’s', async () => {
		const { warnings } = await bpeLab('train --vocab-size 10 --pattern qwen2 --out new');
		expect(warnings[1]).toMatch(
			/^new doesn't say how text is split; whoever loads it needs the pattern \(/
		);
	});

	it.each([
		['--out t.json', 'missing option --vocab-size'],
		['--vocab-size 9', 'missing option --out'],
		['--vocab-size many --out t.json', '--vocab-size: got "many", expected a whole number'],
		[
			'--vocab-size 9 --ties random --out t.json',
			'--ties: got "random", expected huggingface or first-seen'
		],
		['--vocab-size 9 --pattern gpt5 --out t.json', 'expected gpt2, cl100k, o200k, llama3, qwen2'],
		['--vocab-size 9 --pattern // --out t.json', 'or a regular expression between slashes'],
		['--vocab-size 9 --pattern /(/ --out t.json', '--pattern: regular expression "(": a "("'],
		['--vocab-size 5 --out t.json', 'vocabulary size 5 is too small: the alphabet has 9 bytes'],
		['--vocab-size 9 --special a a --out t.json', 'special token "a" is'],
		['--vocab-size 9 --out t.json gone.txt', 'gone.txt: there is no such file'],
		['--vocab-size 9 --out t.json empty.txt', 'the corpus is empty'],
		['--vocab-size 9 --out t.json latin1.txt', 'latin1.txt: not UTF-8 at byte 3 (0xE9)'],
		['--vocab-size 9 --out t.json a.txt latin1.txt', 'latin1.txt: not UTF-8 at byte 3 (0xE9)'],
		['--vocab-size 9 --out no/where.json', '--out no/where.json: there is no folder no'],
		['--vocab-size 9 --out t.model', '--out t.model: expected a name that ends in .json'],
		['--vocab-size 9 --out ./a.json a.json', '--out ./a.json: got an input file'],
		[
			'--vocab-size 9 --out t.json a.txt --counts c.tsv',
			"--counts can't be used with the file a.txt"
		],
		['--vocab-size 9 --out t.json --counts c.tsv --ties first-seen', '--ties first-seen needs'],
		['--vocab-size 9 --out t.json --counts gone.tsv', 'gone.tsv: there is no such file'],
		[
			'--vocab-size 9 --out t.json --counts c.tsv',
			'c.tsv line 2: got "\\"b\\" 4", expected a JSON string, a tab and a count'
		]
	])('train %s is refused in one line, and nothing is written', async (args, message) => {
		const files = {
			...{ '-': CORPUS, 'a.txt': CORPUS, 'a.json': CORPUS, 'empty.txt': '' },
			'latin1.txt': [Buffer.from('caf\xe9 au lait', 'latin1')],
			'c.tsv': '"a"\t3\n"b" 4\n'
		};
		expectRefusal(await bpeLab(`train ${args}`, files), message);
	});
});

describe('count', () => {
	it('prints pre-tokens with their counts, first seen first', async () => {
		const { code, output, warnings } = await bpeLab('count');
		expect({ code, warnings }).toEqual({ code: 0, warnings: [] });
		expect(output).toBe('"hello"\t2\n" hello"\t1\n" world"\t2\n"\\n"\t2\n');
	});

	it('writes keys as JSON.stringify does, with escapes for what a terminal acts on', async () => {
		const { output } = await bpeLab('count --pattern none', {
			'-': 'a"\t\\é\u2028\u0007\u009b\u202e##[x]'
		});
		expect(output).toBe('"a\\"\\t\\\\é\\u2028\\u0007\\u009b\\u202e\\u0023#[x]"\t1\n');
		expect(JSON.parse(output.split('\t')[0])).toBe('a"\t\\é\u2028\u0007\u009b\u202e##[x]');
	});

	it('counts a field of JSON lines, each a text of its own', async () => {
		const lines = [{ text: 'a b', id: 1 }, { text: '' }, { id: 2, text: 'a\nb' }];
		const input = lines.map((line) => JSON.stringify(line)).join('\n');
		const { code, output } = await bpeLab('count --ndjson text', { '-': input });
		expect({ code, output }).toEqual({ code: 0, output: '"a"\t2\n" b"\t1\n"\\n"\t1\n"b"\t1\n' });
	});

	it.each([
		['{"txt":"b"}', 'got no "text"'],
		['{"text":4}', 'got 4'],
		['["text"]', 'got ["text"]'],
		['null', 'got null'],
		['', 'got an empty line'],
		['{"text":"b"', 'got "{\\"text\\":\\"b\\""']
	])('refuses the JSON line %s', async (line, got) => {
		const input = `{"text":"a"}\n${line}\n`;
		expectRefusal(
			await bpeLab('count --ndjson text', { '-': input }),
			`standard input line 2: ${got}, expected a JSON object with a string in "text"`
		);
	});

	it('says when a pattern is found nowhere', async () => {
		const { code, output, warnings } = await bpeLab('count --pattern /x+/');
		expect({ code, output }).toEqual({
			code: 0,
			output: '"hello hello world\\n"\t1\n"hello world\\n"\t1\n'
		});
		expect(warnings).toEqual([
			'--pattern /x+/ matches nothing in the text, so each line is one pre-token'
		]);
		expect((await bpeLab('count --pattern /x+/ --feed whole a.txt')).warnings).toEqual([
			'--pattern /x+/ matches nothing in the text, so each text is one pre-token'
		]);
		expect((await bpeLab('count --pattern /o+/')).warnings).toEqual([]);
		expect((await bpeLab('count --pattern none')).warnings).toEqual([]);
	});

	it('tells how far it is', async () => {
		const { statuses } = await bpeLab('count a.txt');
		expect(statuses[0]).toMatch(/^100% 30 bytes · \d+ pre-tokens$/);
		expect(statuses.at(-1)).toBe('');
	});
});
