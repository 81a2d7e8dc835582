import { expect, it } from 'vitest';
import { flag, json, oneOf, readLink, text, texts, toggle, whole, writeLink } from './schema';

const SCHEMA = {
	count: whole('n', null, 1, 1e6),
	size: whole('size', 1024, 0),
	kind: oneOf('kind', ['one', 'two'], 'one'),
	isDense: toggle('scale', 'dense', 'loose', true),
	all: flag('all'),
	query: text('q', ''),
	tokens: texts('token'),
	edits: json<unknown>('edits', [], 'changes', (found) => found)
};
/** Parsed values of a link, and its problems, each with the key of the field concerned, if any. */
function read(search: string, defaults = {}) {
	const problems: [problem: string, key?: string][] = [];
	const report = (...problem: (typeof problems)[number]) => problems.push(problem);
	return {
		values: readLink(SCHEMA, new URLSearchParams(search), null, report, defaults),
		problems
	};
}

it('writes in its own order, without defaults', () => {
	const values = { all: true, kind: 'two', size: 1024, count: 3, query: '' } as const;
	expect(writeLink(SCHEMA, values)).toBe('?n=3&kind=two&all=1');
	expect(writeLink(SCHEMA, {})).toBe('');
});

it('accepts other defaults, and always writes a field whose default is null', () => {
	expect(read('n=3', { size: 8, kind: 'two' }).values).toMatchObject({
		...{ count: 3, size: 8, kind: 'two', all: false }
	});
	expect(writeLink(SCHEMA, { kind: 'one', size: 1024 }, { kind: 'two', size: null })).toBe(
		'?size=1024&kind=one'
	);
	expect(writeLink(SCHEMA, { kind: 'two' }, { kind: 'two' })).toBe('');
});

it('reports found and expected values, and uses the default', () => {
	const { values, problems } = read('n=0&size=1.5&kind=three&scale=x&all=no&edits={');
	expect(values).toEqual({ ...read('').values, all: true });
	expect(problems).toEqual([
		['The link contains “n=0”; expected a whole number from 1 to 1,000,000.', 'count'],
		['The link contains “size=1.5”; expected a whole number of at least 0.', 'size'],
		['The link contains “kind=three”; expected one or two.', 'kind'],
		['The link contains “scale=x”; expected dense or loose.', 'isDense'],
		[expect.stringMatching(/^The link’s changes cannot be read \(.+\)\.$/), 'edits']
	]);
});

it('names unknown fields, which a newer version may have written, and ignores those that other sites add', () => {
	expect(read('utm_source=x&fbclid=1').problems).toEqual([]);
	expect(read('toString=2&size=8')).toMatchObject({
		values: { size: 8 },
		problems: [['The link contains “toString”, which this page does not recognise.']]
	});
	expect(read('a=1&b=2&c=3&d=4&f=5').problems).toEqual([
		['The link contains “a”, “b” and “c”, which this page does not recognise.']
	]);
});
