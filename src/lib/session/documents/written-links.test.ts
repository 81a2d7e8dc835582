/**
 * Written links, whose format must not change, and how pages handle invalid links. round-trips.test.ts checks that
 * reading and writing agree.
 */
import { describe, expect, it } from 'vitest';
import { INFLATION_NAMES, NAMES } from '../../../../tests/support/fake-address';
import { sidesOf } from '../../../../tests/support/fake-drift';
import { DEFAULT_TOKENIZERS } from '../../tokenizers/catalogue';
import { DEFAULT_RULES } from '../downloads/corpora';
import { COMPARE_FIELDS } from './compare';
import { DIFF_FIELDS, FIRST_SIDES, writeDiff } from './diff';
import type { DocumentValue } from './document.svelte';
import { INFLATION_FIELDS } from './inflation';
import { readLink, writeLink, type LinkSchema } from './schema';
import { STRAWBERRY_FIELDS } from './strawberry';
import { fieldsOf, rulesOf, TRAIN_FIELDS } from './train';
import { VOCABULARY_FIELDS } from './vocabulary';

/** Reads links with these fields: returns all values and the problems. */
const reader =
	<C, S extends LinkSchema<C>>(fields: S, names: C) =>
	(search: string): DocumentValue<S> & { readonly problems: readonly string[] } => {
		const problems: string[] = [];
		const report = (problem: string) => problems.push(problem);
		return { ...readLink<C, S>(fields, new URLSearchParams(search), names, report), problems };
	};
const compare = reader(COMPARE_FIELDS, NAMES);
const strawberry = reader(STRAWBERRY_FIELDS, NAMES);
const vocabulary = reader(VOCABULARY_FIELDS, NAMES);
const train = reader(TRAIN_FIELDS, NAMES);
const diff = reader(DIFF_FIELDS, NAMES);
const inflation = reader(INFLATION_FIELDS, INFLATION_NAMES);

const chosen = (tokenizers: readonly string[]) => writeLink(COMPARE_FIELDS, { tokenizers });
const inflated = (values: Partial<DocumentValue<typeof INFLATION_FIELDS>>) =>
	writeLink(INFLATION_FIELDS, values);
/** Link as Train writes it, which always includes the vocabulary size. */
const trained = (values: Partial<DocumentValue<typeof TRAIN_FIELDS>>) =>
	writeLink(TRAIN_FIELDS, { ...fieldsOf(DEFAULT_RULES), ...values }, { vocabularySize: null });

describe('a link says', () => {
	it.each([
		['nothing of the default tokenizers', chosen(DEFAULT_TOKENIZERS), ''],
		['tokenizers in another order', chosen(['llama3', 'gpt2']), '?t=llama3,gpt2'],
		['that none is chosen', chosen([]), '?t='],
		[
			'the base, the live tokenizer, drawing, the pinned token by its bytes, and a model, readably',
			writeLink(COMPARE_FIELDS, {
				...{ tokenizers: ['a', 'b'], source: 'code', chosenMerges: 7 },
				...{ special: 'parse', display: 'ids', colourAll: true, whitespace: false },
				pinned: { tokenizer: 'gpt2', start: 1, end: 5 },
				base: 'a',
				priceOf: new Map([['gpt2', 'GPT-5 mini']])
			}),
			'?t=a,b&base=a&corpus=code&merges=7&special=parse&view=ids&colour=all&marks=off&pin=gpt2:1-5&for=gpt2:GPT-5%20mini'
		],
		['the size of a training', trained({ corpus: 'english' }), '?corpus=english&size=1024'],
		[
			'how a training is shown',
			trained({
				...{ step: 7, beside: 'llama3', whitespace: false },
				...{ pair: 2, speed: 'fast', predict: true }
			}),
			'?size=1024&step=7&pair=2&beside=llama3&marks=off&speed=fast&predict=1'
		],
		[
			'how a diff is shown',
			writeDiff({
				...{ sides: sidesOf('gpt2', 'qwen3'), rows: 9, template: true }
			}),
			'?a=gpt2&b=qwen3&rows=9&template=on'
		],
		[
			'the changes of a side, if there are any',
			writeDiff({
				sides: {
					a: { tokenizer: 'gpt2', edits: [] },
					b: { tokenizer: 'llama3', edits: [{ kind: 'drop-last-merges', count: 3 }] }
				},
				rows: null
			}),
			'?a=gpt2&b=llama3&edit-b=%5B%7B%22kind%22%3A%22drop-last-merges%22%2C%22count%22%3A3%7D%5D'
		],
		[
			'which lists of a diff are shown',
			writeLink(DIFF_FIELDS, {
				...{ vocabularyList: 'added', vocabularySearch: ' the' },
				...{ unreachableList: 'a', unreachableSearch: '280' }
			}),
			'?vocabulary=added&vocabulary-find=+the&unreachable=a&unreachable-find=280'
		],
		['an emptied letter', writeLink(STRAWBERRY_FIELDS, { letter: '' }), '?letter='],
		[
			'the settings of a word',
			writeLink(STRAWBERRY_FIELDS, {
				...{ caseRule: 'exact', tracedTokenizer: 'qwen3', form: 'sentence' },
				spelling: 'upper'
			}),
			'?case=exact&merges=qwen3&form=sentence&spelling=upper'
		],
		['nothing of default languages', inflated({}), ''],
		[
			'the settings of languages',
			inflated({
				...{ baseline: 'mya', search: 'a & ü', script: 'Myanmar', log: false, sort: 'name' },
				...{ prompt: 500, window: 8192 }
			}),
			'?base=mya&q=a+%26+%C3%BC&script=Myanmar&scale=linear&sort=name&prompt=500&window=8192'
		]
	])('%s', (_, written, link) => {
		expect(written).toBe(link);
	});
});

describe('a link without fields', () => {
	it.each([
		[
			'Compare',
			compare(''),
			{ tokenizers: DEFAULT_TOKENIZERS, source: 'english', chosenMerges: null, problems: [] }
		],
		[
			'Strawberry',
			strawberry(''),
			{
				...{ tokenizers: ['cl100k_base', 'o200k_base', 'gpt2', 'llama2'], letter: 'r' },
				...{ caseRule: 'alike', tracedTokenizer: 'cl100k_base', form: 'alone', problems: [] }
			}
		],
		[
			'Train',
			train(''),
			{
				...{ ...fieldsOf(DEFAULT_RULES), corpus: null, problems: [] },
				...{ step: 1, pair: null, whitespace: true, speed: 'normal' }
			}
		],
		[
			'Diff',
			diff('?other=1'),
			{
				...{ a: 'llama3', editsA: [], b: 'llama3', editsB: FIRST_SIDES.b.edits, rows: null },
				...{ vocabularyList: 'first', unreachableList: 'first' },
				...{ special: 'text', template: false, display: 'text' },
				problems: ['The link contains “other”, which this page does not recognise.']
			}
		],
		[
			'Inflation',
			inflation(''),
			{
				...{ tokenizers: ['cl100k_base', 'o200k_base'], baseline: 'eng', chosen: null },
				...{ all: false, log: true, sort: null, detail: null, prompt: 2000 },
				...{ model: 'Llama 3 8B', price: null, problems: [] }
			}
		]
	])('has the defaults of %s', (_, found, defaults) => {
		expect(found).toMatchObject(defaults);
	});
});

describe('tokenizers', () => {
	it.each([
		['?t=llama3,cl100k_base', ['llama3', 'cl100k_base']],
		['?t=', []],
		['?t=,,', DEFAULT_TOKENIZERS],
		['?t=gpt2,+gpt2+,qwen3', ['gpt2', 'qwen3']],
		['?t=r50k_base,gpt2,qwen3', ['gpt2', 'qwen3']]
	])('of %s are %j', (search, tokenizers) => {
		expect(compare(search)).toMatchObject({ tokenizers, problems: [] });
	});

	it('are named if they do not exist, and the rest is kept', () => {
		expect(compare('?t=gpt2,gpt5,toString')).toMatchObject({
			tokenizers: ['gpt2'],
			problems: [
				'The link asks for the tokenizers “gpt5” and “toString”, which are neither in the catalogue nor saved in this browser.'
			]
		});
		expect(compare('?t=gpt5').tokenizers).toEqual(DEFAULT_TOKENIZERS);
	});

	it('are in a file, if they are someone else’s', () => {
		const [problem] = compare('?t=gpt2,own-2').problems;
		expect(problem).toMatch(
			/“own-2”, which is neither .+ Ask the sender to save the page as a file/
		);
	});

	it('may be missing only because saved tokenizers are', () => {
		const slow = { ...NAMES, problem: 'The storage is slow.' };
		expect(reader(COMPARE_FIELDS, slow)('?t=gpt2,own-2').problems).toEqual([
			'The link asks for the tokenizer “own-2”, which is not in the catalogue. The storage is slow.'
		]);
	});

	it('do not include the live one on a page that does not offer it', () => {
		expect(strawberry('t=gpt2,yours')).toMatchObject({ tokenizers: ['gpt2'], problems: [] });
		expect(strawberry('t=yours')).toEqual(strawberry(''));
	});
});

describe('a wrong link', () => {
	it.each<[string, (search: string) => object, string, object, string[]]>([
		[
			'Compare',
			compare,
			'?corpus=klingon&merges=-1&view=hex&marks=some&budget=0&sort=colour&for=gpt5:x&for=gpt2:x&base=gpt5',
			{ source: 'english', chosenMerges: null, base: null, priceOf: new Map() },
			[
				...['“gpt5”', 'corpus=klingon', 'merges=-1', 'view=hex', 'marks=some', '“gpt5”'],
				'the model “gpt2:x”',
				'“budget=0”; expected a number of tokens, or window',
				'“sort=colour”; expected a column of the figures'
			]
		],
		[
			'Train',
			train,
			'?size=many&ties=mine&pattern=cl100k&longest=0&step=-1&pair=x&speed=9',
			fieldsOf({ ...DEFAULT_RULES, pattern: 'cl100k' }),
			['size=many', 'ties=mine', 'longest=0', 'step=-1', 'pair=x', 'speed=9']
		],
		[
			'Strawberry',
			strawberry,
			't=gpt2,z&letter=rr&case=upper&merges=y&form=x&spelling=odd&open=door',
			{ tokenizers: ['gpt2'], letter: 'r', tracedTokenizer: 'cl100k_base' },
			['“z”', 'one letter', 'case=upper', '“y”', 'form=x', 'spelling=odd', '“open”']
		],
		[
			'Vocabulary',
			vocabulary,
			'kind=odd&script=Elvish&sort=size',
			{ kind: null, script: null, order: 'id' },
			['script=Elvish', 'kind=odd', 'sort=size']
		],
		[
			'Inflation',
			inflation,
			'price=-1&window=0&open=own&base=tlh&lang=tur&prompt=0&script=Klingon&model=x',
			{ price: null, window: null, prompt: 2000, baseline: 'eng', chosen: 'tur' },
			[
				...['the language “tlh”, which', 'the script “Klingon”', 'prompt=0', 'the model “x”'],
				...['“price=-1”; expected a number of at least 0', 'window=0', '“open”']
			]
		],
		['Inflation', inflation, 'price=1e999', { price: null }, ['price=1e999']]
	])('to %s is reported, and the rest is kept: %#', (_, read, search, kept, words) => {
		const found = read(search);
		expect(found).toMatchObject(kept);
		expect(found).toHaveProperty(
			'problems',
			words.map((word) => expect.stringContaining(word) as string)
		);
	});

	it.each(['gpt5:1-2', 'gpt2', 'gpt2:5-3', 'gpt2:-1-3', 'gpt2:1.5-3', ''])('pins no %j', (pin) => {
		const { pinned: found, problems } = compare(`?pin=${pin}`);
		expect(found).toBeNull();
		expect(problems).toHaveLength(1);
	});

	it('to Compare names no model of another tokenizer', () => {
		expect(compare('?for=cl100k_base:GPT-4&for=gpt2:GPT-4')).toMatchObject({
			priceOf: new Map([['cl100k_base', 'GPT-4']]),
			problems: ['The link asks for the model “gpt2:GPT-4”, which the lab does not have.']
		});
	});

	it('to Diff says what is wrong with the changes of a side', () => {
		expect(diff('?edit-a={').problems).toEqual([
			'The link’s changes to a tokenizer cannot be read (the link is cut off or damaged).'
		]);
	});
});

it.each([DEFAULT_RULES, { ...DEFAULT_RULES, pattern: { regex: 'a+' }, specialTokens: ['<s>'] }])(
	'rules are the same as fields: %#',
	(rules) => {
		const fields = { ...train('?pattern=cl100k&regex=b'), ...fieldsOf(rules) };
		expect(rulesOf(fields)).toEqual(rules);
	}
);
