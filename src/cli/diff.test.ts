import { expect, it } from 'vitest';
import { expectRefusal, runBpeLab } from '../../tests/support/run-bpe-lab';
import { smallRanks } from '../../tests/support/small-specs';
import { applyEdit } from '../lib/drift/edits/apply';
import type { SpecEdit } from '../lib/drift/edits/spec-edit';
import { tokenizerJsonText, type TokenizerSpec } from '../lib/engine';

const A = tokenizerJsonText(smallRanks());
const edited = (edit: SpecEdit, spec: TokenizerSpec = smallRanks()) =>
	tokenizerJsonText(applyEdit(spec, edit));

const FILES = {
	'a.json': A,
	'reformatted.json': JSON.stringify(JSON.parse(A)),
	'truncated.json': JSON.stringify({
		...(JSON.parse(A) as object),
		truncation: { direction: 'Right', max_length: 4, strategy: 'LongestFirst', stride: 0 }
	}),
	'harmless.json': edited({
		kind: 'post_processor',
		value: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true }
	}),
	'silent.json': edited({ kind: 'swap-ids', ids: [256, 261] }),
	'crash.json': edited({ kind: 'shift-ids', from: 261, by: 100 }),
	'refused.json': JSON.stringify({ ...(JSON.parse(A) as object), decoder: { type: 'New' } }),
	'harmless-regex.json': edited({
		kind: 'split-regex',
		split: 0,
		regex: ' ?\\p{L}+|\\p{N}+|[^\\p{L}\\p{N}]|zz(?!z)z'
	}),
	...folder('one', { eos_token: 'he', padding_side: 'left' }),
	...folder('same', { padding_side: 'left', eos_token: { __type: 'AddedToken', content: 'he' } }),
	...folder('class', {
		tokenizer_class: 'LlamaTokenizerFast',
		eos_token: 'he',
		padding_side: 'left'
	}),
	...folder('template', { eos_token: 'he', padding_side: 'left', chat_template: '{{ messages }}' }),
	'templates/tokenizer.json': A,
	'templates/tokenizer_config.json': '{ "eos_token": "he", "padding_side": "left" }',
	'templates/chat_template.jinja': '{{ messages }}\n',
	'broken/tokenizer.json': A,
	'broken/tokenizer_config.json': '{"padding_side": "up"}',
	'torn/tokenizer.json': A,
	'torn/tokenizer_config.json': '{"padding_side"',
	'empty/README.md': 'no tokenizer',
	'empty/config.json': '{}',
	'unigram/tokenizer.json': JSON.stringify({ model: { type: 'Unigram', vocab: [['a', 0]] } }),
	'one.txt': 'hello lo',
	'two.txt': 'lo',
	'empty.txt': '',
	'bad.txt': [Uint8Array.of(0x61, 0xff)],
	'words.json': '["no tokenizer"]',
	'broken.json': '{"model": ',
	'utf-16.json': [new Uint8Array(Buffer.from(A, 'utf16le'))],
	'followed.json': `${A}{}`,
	'marked.json': `\ufeff${A}`,
	'fraction.json': A.replace(/: 0,/, ': 0.0,'),
	'half.json': A.replace('"hell"', '"hell\\ud800"'),
	'endless.json': edited({ kind: 'split-regex', split: 0, regex: '(?:\\p{L}+)+!|.' }),
	'endless-too.json': edited({ kind: 'split-regex', split: 0, regex: '(?:\\p{L}+)+!|.|zz(?!z)z' })
};

/** A folder that contains tokenizer A. */
function folder(name: string, config: object) {
	return {
		[`${name}/tokenizer.json`]: A,
		[`${name}/tokenizer_config.json`]: JSON.stringify(config)
	};
}

const diff = (args: string) => runBpeLab(`diff ${args}`, FILES);

const report = async (args: string) =>
	JSON.parse((await diff(`${args} --json`)).output) as Record<string, unknown>;

it.each([
	['a.json a.json', 'identical'],
	['a.json reformatted.json', 'formatting-only'],
	['a.json truncated.json', 'silent'],
	['truncated.json truncated.json', 'identical'],
	['a.json harmless.json', 'harmless'],
	['a.json silent.json', 'silent'],
	['a.json crash.json', 'crash'],
	['a.json crash.json --embedding-rows 500', 'silent']
])('%s is %s', async (args, verdict) => {
	expect((await report(args)).verdict).toBe(verdict);
});

it.each([
	['any', [0, 0, 1, 1, 1]],
	['silent', [0, 0, 0, 1, 1]],
	['crash', [0, 0, 0, 0, 1]]
])(
	'with --fail-on %s fails from that severity up, and never for a reformatted copy',
	async (gate, codes) => {
		const found = [];
		for (const name of ['a', 'reformatted', 'harmless', 'silent', 'crash']) {
			const { code, output, warnings } = await diff(
				`a.json ${name}.json --probes quick --fail-on ${gate}`
			);
			found.push(code);
			expect(output).toContain(`a.json → ${name}.json: `);
			expect(warnings).toHaveLength(code);
			if (code === 1 && name === 'silent')
				expect(warnings[0]).toBe(
					'silent: model.vocab: B moves 2 tokens to different ids. B gives "he" different ids.'
				);
		}
		expect(found).toEqual(codes);
	}
);

it('compares texts, each file a document', async () => {
	const { text } = await report('a.json silent.json --text one.txt two.txt');
	expect(text).toMatchObject({
		tokensA: 4,
		tokensB: 4,
		changedTokens: 1,
		documents: 2,
		documentsChanged: 1,
		firstDivergence: { document: 'one.txt', byte: 0, idsA: [261], idsB: [256] }
	});
	expect(await report('a.json silent.json')).not.toHaveProperty('text');
});

it('does not count a check that had no text as passed', async () => {
	const { checks } = await report('a.json a.json --text empty.txt');
	expect(checks).toContainEqual(
		expect.objectContaining({
			id: 'text',
			status: 'open',
			sentence: 'Not run: the text is empty.'
		})
	);
});

it.each([
	['json', '--json'],
	['markdown', '--markdown']
])('--format %s is %s', async (format, short) => {
	const { output } = await diff(`a.json silent.json --format ${format}`);
	expect(output.replace(`--format ${format}`, short)).toBe(
		(await diff(`a.json silent.json ${short}`)).output
	);
});

it('prints annotations of GitHub: the verdict, then what changes the output', async () => {
	const { code, output } = await diff('a.json silent.json --format github --fail-on silent');
	expect(code).toBe(1);
	const [verdict, ...others] = output.trimEnd().split('\n');
	expect(verdict).toMatch(
		/^::error title=Tokenizer drift%3A silent,file=silent\.json::a\.json → silent\.json%0AThe same text gets different ids/
	);
	expect(others[0]).toBe(
		'::error title=model.vocab,file=silent.json::B moves 2 tokens to different ids. B gives "he" different ids.'
	);
});

it.each([
	['reformatted', 'notice', 'formatting-only'],
	['harmless', 'warning', 'harmless'],
	['refused', 'error', 'crash']
])('annotates %s.json as a %s', async (name, level, verdict) => {
	const { output } = await diff(`a.json ${name}.json --format github`);
	expect(output).toMatch(new RegExp(`^::${level} title=Tokenizer drift%3A ${verdict},[^\\n]*\\n$`));
});

it('prints the verdict, its evidence, and one line per check', async () => {
	const { code, output, statuses } = await diff('a.json silent.json');
	expect(code).toBe(0);
	expect(output).toMatch(/^a.json → silent.json: silent\nThe same text gets different ids/);
	expect(output.match(/^ {2}[✓✗–]/gm)).toHaveLength(10);
	expect(statuses.at(-1)).toBe('');
});

it.each([
	'a.json silent.json --fail-on silent',
	'a.json crash.json --embedding-rows 300 --fail-on any',
	'a.json harmless.json --text one.txt'
])('%s prints a command that repeats it', async (args) => {
	const { code, output } = await diff(args);
	const [, command] = /Repeat +bpe-lab diff (.*)/.exec(output) ?? [];
	expect(command.split(' ').toSorted()).toEqual(args.split(' ').toSorted());
	expect(await diff(command)).toMatchObject({ code, output });
});

it('tries fewer inputs with --probes quick, and says so', async () => {
	const { output } = await diff('a.json harmless-regex.json --probes quick');
	expect(output).toMatch(/No difference on [\d,]+ inputs\. More were not tried\./);
	const quick = await report('a.json harmless-regex.json --probes quick');
	const deep = await report('a.json harmless-regex.json');
	expect(Number(deep.probes)).toBeGreaterThan(3 * Number(quick.probes));
	expect(deep).toMatchObject({ evidence: 'probed' });
});

it.each([
	['refused', 'decoder.type: got "New"'],
	['words', 'got JSON without a "model"'],
	['broken', 'not JSON at line'],
	['utf-16', 'not UTF-8 at byte'],
	['followed', 'not JSON at line']
])('is a crash and fails if B cannot be read: %s.json', async (name, problem) => {
	const { code, output, warnings } = await diff(`a.json ${name}.json --json`);
	expect([code, warnings.length]).toEqual([1, 1]);
	const loads = {
		a: expect.stringMatching(/^not checked: /) as string,
		b: expect.stringContaining(`refused: ${problem}`) as string
	};
	expect(JSON.parse(output)).toMatchObject({ verdict: 'crash', evidence: 'proven', loads });
});

it.each([
	['marked', 'byte order mark'],
	['fraction', '0.0'],
	['half', 'surrogate']
])('is a crash if B shows that it cannot load: %s.json', async (name, problem) => {
	const { code, warnings } = await diff(`a.json ${name}.json --fail-on crash`);
	expect([code, warnings.length]).toEqual([1, 1]);
	expect(warnings[0]).toContain(problem);
});

it('does not count a check as passed that could not run to its end', async () => {
	const { output } = await diff('endless.json endless-too.json');
	expect(output).toMatch(/\n {2}\? Output +Both give the same ids .*\n +A’s pattern .* backtracks/);
	expect(output).toMatch(/\n {2}\? Self-encode +Could not run: a pattern backtracks/);
});

it.each([
	['one one', 'identical', []],
	['one same', 'formatting-only', ['eos_token']],
	['one class', 'silent', ['tokenizer_class']],
	['template one', 'silent', ['chat_template']],
	['one template', 'harmless', ['chat_template']],
	['template templates', 'formatting-only', ['chat_template']]
])('judges the files beside tokenizer.json: %s is %s', async (args, verdict, fields) => {
	expect(await report(args)).toMatchObject({
		verdict,
		beside: { differences: fields.map((field) => ({ field, severity: verdict })), notes: [] }
	});
});

it('lists differing files beside tokenizer.json in text and in Markdown', async () => {
	const { output } = await diff('one class');
	expect(output).toMatch(/\nBeside tokenizer\.json\n[^]*tokenizer_class/);
	const markdown = (await diff('one class --markdown')).output;
	expect(markdown).toMatch(/\n## Beside tokenizer\.json\n[^]*\| `tokenizer_class` \|/);
});

it('fails the gate for a file beside tokenizer.json, and shows an annotation in it', async () => {
	const { code, output, warnings } = await diff('one class --fail-on silent --format github');
	expect(code).toBe(1);
	expect(warnings[0]).toMatch(/^silent: tokenizer_config\.json, tokenizer_class: /);
	expect(output.split('\n')[0]).toMatch(
		/^::error title=[^,]*,file=class\/tokenizer_config\.json::/
	);
});

it.each(['a.json one', 'one a.json', 'gpt2 one'])(
	'does not compare files that only one side has, and says so once: %s',
	async (args) => {
		const { beside } = await report(args);
		const side = args.startsWith('one') ? 'A' : 'B';
		expect(beside).toEqual({
			differences: [],
			notes: [`Only ${side} has files next to its tokenizer.json, so they were not compared.`]
		});
	}
);

it.each([
	['one broken', 'one, broken: tokenizer_config.json.padding_side: got "up", expected "left" or'],
	['torn one', "torn: tokenizer_config.json: got text that isn't JSON, expected an object"],
	['empty one', 'empty: got a folder without a tokenizer (README.md, config.json), expected'],
	['broken.json a.json', 'broken.json: not JSON at line 1, column 11: got'],
	['one unigram', 'unigram: '],
	['a.json', 'missing argument "b"'],
	['a.json b c', 'too many arguments'],
	['a.json gone.json', 'gone.json: there is no such file'],
	['a.json gone', 'unknown tokenizer "gone": expected '],
	['words.json a.json', 'words.json: '],
	['a.json a.json --text gone.txt', 'gone.txt: there is no such file'],
	['a.json a.json --text bad.txt', 'bad.txt: not UTF-8 at byte 1 (0xFF)'],
	[
		'a.json a.json --embedding-rows 0',
		'--embedding-rows: got "0", expected a whole number of at least 1'
	],
	['a.json a.json --fail-on harmless', '--fail-on: got "harmless", expected any, silent or crash'],
	['a.json a.json --json --markdown', "--json can't be used with --markdown"],
	['a.json a.json --format text --json', "--format text can't be used with --json"],
	['a.json a.json --format html', 'expected text, json, markdown or github']
])('%s is refused in one line', async (args, message) => {
	expectRefusal(await diff(args), message);
});
