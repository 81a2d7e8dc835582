/** What links say, which must stay as it is, and what pages make of wrong ones. That both agree: round-trips.test.ts. */
import { describe, expect, it } from 'vitest';
import { INFLATION_NAMES, NAMES } from '../../../../tests/support/fake-address';
import { sidesOf } from '../../../../tests/support/fake-drift';
import { DEFAULT_RULES } from '../downloads/corpora';
import { COMPARE_LINK } from './compare';
import { readDiff, writeDiff } from './diff';
import { readInflation, writeInflation, type InflationLink } from './inflation';
import { readLink, writeLink, type LinkReading } from './schema';
import { STRAWBERRY_LINK } from './strawberry';
import { readTraining, writeTraining } from './train';
import { VOCABULARY_LINK } from './vocabulary';

const INFLATION: InflationLink = {
	...{ tokenizers: ['cl100k_base', 'o200k_base'], baseline: 'eng', chosen: 'tur', all: false },
	...{ search: '', script: null, log: true, order: { tokenizer: 0 }, detail: 'cl100k_base' },
	...{ article: 1, word: 'tur', open: [], prompt: 2000, model: 'Llama 3 8B', budget: 2000 },
	...{ cache: null, priceOf: null, price: null, window: null }
};
const FIRST_DIFF = { sides: sidesOf('gpt2', 'qwen3'), rows: null };

/** All values of a link, and what is wrong with it. */
const together = ({ values, problems }: LinkReading<object>): Record<string, unknown> => ({
	...values,
	problems
});
const params = (search: string) => new URLSearchParams(search);
const compare = (search: string) => together(readLink(COMPARE_LINK, params(search), NAMES));
const strawberry = (search: string) => together(readLink(STRAWBERRY_LINK, params(search), NAMES));
const vocabulary = (search: string) => together(readLink(VOCABULARY_LINK, params(search), NAMES));
const train = (search: string) => together(readTraining(params(search)));
const diff = (search: string) => together(readDiff(params(search), FIRST_DIFF, NAMES));
const inflation = (search: string) =>
	together(readInflation(params(search), INFLATION_NAMES, INFLATION.tokenizers ?? []));

const chosen = (tokenizers: readonly string[], defaults = ['gpt2', 'llama3']) =>
	writeLink(COMPARE_LINK, { tokenizers }, { tokenizers: defaults });
const inflated = (link: Partial<InflationLink>, defaults = INFLATION) =>
	writeInflation({ ...INFLATION, ...link }, defaults);
const trained = (link: Partial<Parameters<typeof writeTraining>[0]>) =>
	writeTraining({ rules: DEFAULT_RULES, corpus: null, step: null, ...link });

describe('a link says', () => {
	it.each([
		['nothing of the default tokenizers', chosen(['gpt2', 'llama3']), ''],
		['tokenizers in another order', chosen(['llama3', 'gpt2']), '?t=llama3,gpt2'],
		['that none is chosen', chosen([]), '?t='],
		[
			'the live tokenizer, drawing, the pinned token by its bytes, and costs, readably',
			writeLink(COMPARE_LINK, {
				...{ tokenizers: ['a', 'b'], corpus: 'code', merges: 7 },
				...{ special: 'parse', display: 'ids', colourAll: true, whitespace: false },
				pin: { tokenizer: 'gpt2', start: 1, end: 5 },
				priceOf: new Map([['gpt2', 'GPT-5 mini']]),
				price: new Map<string, number | 'none'>([
					['gpt2', 0.25],
					['llama3', 'none']
				])
			}),
			'?t=a,b&corpus=code&merges=7&special=parse&view=ids&colour=all&marks=off&pin=gpt2:1-5&for=gpt2:GPT-5%20mini&price=gpt2:0.25&price=llama3:none'
		],
		['the size of a training', trained({ corpus: 'english' }), '?corpus=english&size=1024'],
		[
			'how a training is shown',
			trained({
				...{ step: 7, beside: 'llama3', whitespace: false },
				...{ speed: 'fast', search: 'th e', order: 'usage', unused: true, tree: 300 },
				...{ extent: 'shown', predict: true }
			}),
			'?size=1024&step=7&beside=llama3&marks=off&speed=fast&find=th+e&sort=usage&unused=1&tree=300&export=shown&predict=1'
		],
		[
			'how a diff is shown',
			writeDiff({
				...{ ...FIRST_DIFF, template: true },
				...{ vocabularyList: 'added', vocabularySearch: ' the' },
				...{ unreachableList: 'a', unreachableSearch: '280' }
			}),
			'?a=gpt2&b=qwen3&template=on&vocabulary=added&vocabulary-find=+the&unreachable=a&unreachable-find=280'
		],
		['an emptied letter', writeLink(STRAWBERRY_LINK, { letter: '' }), '?letter='],
		['no letter that is two', writeLink(STRAWBERRY_LINK, { letter: 'rr' }), ''],
		[
			'the settings of a word',
			writeLink(STRAWBERRY_LINK, {
				...{ caseRule: 'exact', tracedTokenizer: 'qwen3', form: 'sentence' },
				table: 'forms'
			}),
			'?case=exact&merges=qwen3&form=sentence&table=forms'
		],
		['nothing of default languages', inflated({}), ''],
		[
			'all tokenizers if an order refers to one',
			inflated({ order: { tokenizer: 1 } }),
			'?t=cl100k_base,o200k_base&sort=o200k_base'
		],
		[
			'the settings of languages',
			inflated({
				...{ baseline: 'mya', search: 'a & ü', script: 'Myanmar', log: false, order: 'name' },
				...{ prompt: 500, window: 8192 }
			}),
			'?t=cl100k_base,o200k_base&base=mya&q=a+%26+%C3%BC&script=Myanmar&scale=linear&sort=name&prompt=500&window=8192'
		]
	])('%s', (_, written, link) => {
		expect(written).toBe(link);
	});
});

describe('a link without fields', () => {
	it.each([
		['Compare', compare(''), { tokenizers: null, corpus: 'english', merges: null, problems: [] }],
		[
			'Strawberry',
			strawberry(''),
			{
				...{ tokenizers: null, letter: null, caseRule: 'alike', tracedTokenizer: null },
				...{ form: 'alone', problems: [] }
			}
		],
		[
			'Train',
			train(''),
			{
				...{ rules: DEFAULT_RULES, corpus: null, problems: [] },
				...{ step: null, whitespace: true, speed: 'normal', order: 'id' }
			}
		],
		[
			'Diff',
			diff('?other=1'),
			{
				...{ sides: null, rows: null, vocabularyList: 'first', unreachableList: 'first' },
				...{ special: 'text', template: false, display: 'text' },
				problems: ['The link has “other”, which this page does not know.']
			}
		],
		[
			'Inflation',
			inflation(''),
			{
				...{ tokenizers: null, all: false, log: true, order: { tokenizer: 0 } },
				problems: []
			}
		]
	])('has the defaults of %s', (_, found, defaults) => {
		expect(found).toMatchObject(defaults);
	});

	it('takes a side from the page if it names only the other', () => {
		expect(diff('?b=llama3').sides).toEqual(sidesOf('gpt2', 'llama3'));
		expect(diff('?b=r50k_base').sides).toEqual(sidesOf('gpt2', 'gpt2'));
		expect(diff('?edit-b=[]').sides).toEqual(FIRST_DIFF.sides);
		expect(diff('?rows=9')).toMatchObject({ sides: null, rows: 9 });
	});
});

describe('tokenizers', () => {
	it.each([
		['?t=llama3,cl100k_base', ['llama3', 'cl100k_base']],
		['?t=', []],
		['?t=,,', null],
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
		expect(compare('?t=gpt5').tokenizers).toBeNull();
	});

	it('may be missing only because saved tokenizers are', () => {
		const slow = { ...NAMES, problem: 'The storage is slow.' };
		expect(readLink(COMPARE_LINK, params('?t=gpt2,own-2'), slow).problems).toEqual([
			'The link asks for the tokenizer “own-2”, which is not in the catalogue. The storage is slow.'
		]);
	});

	it('do not include the live one on a page that does not offer it', () => {
		expect(strawberry('t=gpt2,yours')).toMatchObject({ tokenizers: ['gpt2'], problems: [] });
		expect(strawberry('t=yours')).toMatchObject({ tokenizers: null, problems: [] });
	});
});
describe('a wrong link', () => {
	it.each<[string, (search: string) => object, string, object, string[]]>([
		[
			'Compare',
			compare,
			'?corpus=klingon&merges=-1&view=hex&marks=some&budget=0&sort=colour&price=gpt2:1&price=gpt5:1&price=2&window=gpt2:0',
			{ corpus: 'english', merges: null, price: new Map([['gpt2', 1]]) },
			[
				...['corpus=klingon', 'merges=-1', 'view=hex', 'marks=some', '“gpt5”', '“2”', 'window=0'],
				'“budget=0”; expected a number of tokens, or window',
				'“sort=colour”; expected a column of the figures'
			]
		],
		[
			'Train',
			train,
			'?size=many&ties=mine&pattern=cl100k&longest=0&step=-1&speed=9&sort=name',
			{ rules: { ...DEFAULT_RULES, pattern: 'cl100k' } },
			['size=many', 'ties=mine', 'longest=0', 'step=-1', 'speed=9', 'sort=name']
		],
		[
			'Strawberry',
			strawberry,
			't=gpt2,z&letter=rr&case=upper&merges=y&form=x&step=-1&open=door',
			{ tokenizers: ['gpt2'], letter: null, tracedTokenizer: null },
			['“z”', 'one letter', 'case=upper', '“y”', 'form=x', 'step=-1', '“open”']
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
			{ price: null, window: null, prompt: null, baseline: null, chosen: 'tur' },
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
		const { pin: found, problems } = compare(`?pin=${pin}`);
		expect(found).toBeNull();
		expect(problems).toHaveLength(1);
	});

	it('to Diff opens no half of a pair', () => {
		const found = diff('?a=nonsense&edit-b=[{"kind":"explode"}]&rows=-3');
		const words = ['“nonsense”', 'explode', 'Neither tokenizer of the link', '“rows=-3”'];
		expect(found).toMatchObject({
			sides: null,
			problems: words.map((word) => expect.stringContaining(word) as string)
		});
		expect(diff('?edit-a={')).toMatchObject({
			sides: null,
			problems: [
				'The link’s changes to a tokenizer cannot be read (the link is cut off or damaged).',
				expect.stringContaining('Neither')
			]
		});
		expect(diff('?a=llama3&b=nonsense&rows=7')).toMatchObject({ sides: null, rows: 7 });
		expect(diff('?a=llama3&rows=-3').sides).toEqual(sidesOf('llama3', 'qwen3'));
	});

	it('to Inflation refers only to its own tokenizers', () => {
		expect(inflation('sort=o200k_base')).toMatchObject({ order: { tokenizer: 1 }, problems: [] });
		expect(inflation('t=gpt2,own-1&sort=cl100k_base&in=o200k_base')).toMatchObject({
			order: { tokenizer: 0 },
			problems: [
				expect.stringContaining('“sort=cl100k_base”; expected name or one of its tokenizers'),
				expect.stringContaining('“in=o200k_base”; expected one of its tokenizers')
			]
		});
	});
});
