import { editedTrees, parseRegex, printRegex, type RegexNode } from './regex';

/** White space that Oniguruma's `\s` matches, one code point or range per entry. */
const SPACES = [
	...['\\t', '\\n', '\\x0B', '\\f', '\\r', '\\x{20}', '\\x{85}', '\\x{A0}', '\\x{1680}'],
	...['\\x{2000}', '\\x{2001}', '\\x{2002}', '\\x{2003}', '\\x{2004}', '\\x{2005}', '\\x{2006}'],
	...['\\x{2007}', '\\x{2008}', '\\x{2009}', '\\x{200A}', '\\x{2028}', '\\x{2029}', '\\x{202F}'],
	...['\\x{205F}', '\\x{3000}']
];

const NARROWER: Readonly<Record<string, readonly string[]>> = {
	'\\p{L}': [
		...['\\p{Ll}', '\\p{Lu}', 'a-zA-Z', '\\p{Lu}\\p{Ll}\\p{Lt}\\p{Lm}', '\\p{L}\\p{M}'],
		...['\\p{Alphabetic}', '\\w']
	],
	'\\p{N}': ['\\p{Nd}', '0-9', '\\d', '\\p{Nd}\\p{Nl}'],
	'\\p{M}': ['\\p{Mn}', '\\p{Mn}\\p{Mc}'],
	'\\p{P}': ['\\p{Po}', '!-/'],
	'\\p{S}': ['\\p{Sm}\\p{Sc}\\p{So}', '\\p{Sm}'],
	'\\p{Lu}': ['A-Z', '\\p{Lt}'],
	'\\p{Ll}': ['a-z'],
	'\\p{Lt}': ['A-Z'],
	'\\p{Lm}': ['\\p{Lo}'],
	'\\p{Lo}': ['\\p{Lm}', '\\p{Han}'],
	'\\s': [' \\t\\r\\n', '\\p{Zs}', '\\p{Z}', ' ', '\\h'],
	'\\r': ['\\t'],
	'\\n': ['\\x{85}'],
	'0-9': ['\\p{N}', '0-8'],
	'a-z': ['a-y', 'A-Za-z'],
	'A-Z': ['A-Y'],
	'A-Za-z': ['A-Z']
};

/** Equivalent spellings of items in character classes. */
const EQUAL: Readonly<Record<string, readonly string[]>> = {
	'\\p{L}': ['\\p{Letter}', '\\p{Lu}\\p{Ll}\\p{Lt}\\p{Lm}\\p{Lo}'],
	'\\p{N}': ['\\p{Number}', '\\p{Nd}\\p{Nl}\\p{No}'],
	'\\p{M}': ['\\p{Mn}\\p{Mc}\\p{Me}'],
	'\\p{P}': ['\\p{Pc}\\p{Pd}\\p{Ps}\\p{Pe}\\p{Pi}\\p{Pf}\\p{Po}'],
	'\\p{S}': ['\\p{Sm}\\p{Sc}\\p{Sk}\\p{So}'],
	'\\r': ['\\x0D', '\\x{d}'],
	'\\n': ['\\x0A', '\\x{a}'],
	'\\s': [SPACES.join('')]
};

const atom = (source: string): RegexNode => ({ kind: 'atom', source });
const classOf = (items: readonly string[], negated = false): RegexNode => ({
	...{ kind: 'class', negated, items }
});
const choice = (options: readonly RegexNode[]): RegexNode => ({ kind: 'alternatives', options });
const sequence = (...items: readonly RegexNode[]): RegexNode => ({ kind: 'sequence', items });
const group = (open: string, body: RegexNode): RegexNode => ({ kind: 'group', open, body });

/** Class and name of a mutation, and the node that replaces the original. */
type Edit = readonly [name: string, node: RegexNode];

const start = (node: RegexNode): string => printRegex(node).slice(0, 24);

/** Replacements for a node, each of which may change what the pattern matches. */
function realEdits(node: RegexNode): readonly Edit[] {
	switch (node.kind) {
		case 'alternatives':
			return node.options.flatMap((option, i) => {
				const rest = node.options.toSpliced(i, 1);
				const edits: Edit[] = [[`regex: drop ${start(option)}`, choice(rest)]];
				if (i > 0) {
					const earlier = choice(rest.toSpliced(i - 1, 0, option));
					edits.push([`regex: ${start(option)} one earlier`, earlier]);
				}
				if (i > 1) edits.push([`regex: ${start(option)} first`, choice([option, ...rest])]);
				return edits;
			});
		case 'group':
			return groupEdits(node);
		case 'repeat':
			return repeatEdits(node);
		case 'class':
			return classEdits(node);
		case 'atom':
			return atomEdits(node.source);
		case 'sequence':
			return node.items.map((item, i): Edit => [
				`regex: without ${start(item)}`,
				sequence(...node.items.toSpliced(i, 1))
			]);
	}
}

/** Replacements for each lookaround's opening parenthesis, by name of the edit. */
const LOOKAROUNDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	'(?!': { 'lookahead turned': '(?=', 'lookahead behind': '(?<!' },
	'(?=': { 'lookahead turned': '(?!' },
	'(?<=': { 'lookbehind turned': '(?<!' },
	'(?<!': { 'lookbehind turned': '(?<=' }
};

function groupEdits(node: RegexNode & { kind: 'group' }): readonly Edit[] {
	const as = (name: string, open: string): Edit => [`regex: ${name}`, { ...node, open }];
	if (node.open === '(?:' || node.open === '(') return [as('case-insensitive', '(?i:')];
	if (node.open === '(?i:') {
		const both = choice([node, node.body]);
		return [as('case-sensitive', '(?:'), ['regex: upper-case contractions alone', both]];
	}
	const edits = Object.entries(LOOKAROUNDS[node.open] ?? {});
	if (edits.length === 0) return [];
	const what = node.open.includes('<') ? 'lookbehind' : 'lookahead';
	return [...edits.map(([name, open]) => as(name, open)), [`regex: ${what} dropped`, sequence()]];
}

const COUNTS = [
	...['+', '*', '?', '{1,2}', '{1,3}', '{1,4}', '{2}', '{2,}', '{1,16}', '{1,100}', '{1,128}'],
	...['{1,256}', '{1,1000}']
];

function repeatEdits(node: RegexNode & { kind: 'repeat' }): readonly Edit[] {
	const edits = COUNTS.filter((count) => count !== node.count).map((count): Edit => {
		const most = Number(/(\d+)\}$/.exec(count)?.[1] ?? 0);
		return [`${most >= 100 ? 'D5' : 'regex'}: ${start(node)} as ${count}`, { ...node, count }];
	});
	const as = (name: string, suffix: string) =>
		edits.push([`regex: ${start(node)} ${name}`, { ...node, suffix }]);
	edits.push([`regex: ${start(node)} once`, node.body]);
	as('lazy', '?');
	// After an interval, Oniguruma reads `+` as another repetition.
	if (!node.count.startsWith('{')) as('possessive', '+');
	if (node.suffix !== '') as('greedy', '');
	return edits;
}

function classEdits(node: RegexNode & { kind: 'class' }): readonly Edit[] {
	const edits: Edit[] = [['regex: class turned', { ...node, negated: !node.negated }]];
	const to = (name: string, items: readonly string[]) => edits.push([name, { ...node, items }]);
	for (const item of ['\\p{M}', '_', "'", '\\p{So}', '\\x{200D}', '\\p{Han}', '/'])
		to(`regex: class with ${item}`, [...node.items, item]);
	for (const [i, item] of node.items.entries()) {
		if (node.items.length > 1) to(`regex: class without ${item}`, node.items.toSpliced(i, 1));
		for (const narrower of NARROWER[item] ?? [])
			to(`regex: class with ${narrower} for ${item}`, node.items.with(i, narrower));
		for (const space of item === '\\s' ? SPACES : []) {
			const others = SPACES.filter((other) => other !== space).join('');
			to(`D3: class without ${space}`, node.items.with(i, others));
		}
	}
	return edits;
}

function atomEdits(source: string): readonly Edit[] {
	const edits = (NARROWER[source] ?? []).map((narrower): Edit => [
		`regex: ${narrower} for ${source}`,
		classOf([narrower])
	]);
	if (source === '\\s' || source === '\\S') {
		for (const space of SPACES) {
			const others = SPACES.filter((other) => other !== space);
			edits.push([`D3: ${source} without ${space}`, classOf(others, source === '\\S')]);
		}
	}
	if (source === '\\p{L}') {
		// Letters added after Unicode 9: Mtavruli, Hanifi Rohingya, Vithkuqi and ideographs, but not Adlam.
		const ranges = ['1C90}-\\x{1CBF', '10D00}-\\x{10D23', '10570}-\\x{105BC', '30000}-\\x{3134A'];
		for (const range of ranges.map((ends) => `\\x{${ends}}`)) {
			const other = sequence(group('(?!', classOf([range])), atom(source));
			edits.push([`D1: ${source} without ${range}`, other]);
		}
	}
	if (/^[a-z]$/i.test(source)) edits.push([`regex: x for ${source}`, atom('x')]);
	if (source === ' ')
		edits.push(
			['regex: \\s for a space', atom('\\s')],
			['regex: no-break space', classOf([' ', '\\x{A0}'])]
		);
	return edits;
}

/** Longer, equivalent spellings of quantifiers. */
const LONGER: Readonly<Record<string, string>> = {
	...{ '+': '{1,}', '*': '{0,}', '?': '{0,1}', '{1,3}': '{1,03}' }
};

/** Replacements for a node that don't change what the pattern matches. */
function equalEdits(node: RegexNode): readonly Edit[] {
	switch (node.kind) {
		case 'alternatives':
			return node.options.map((option): Edit => [
				`equal: ${start(option)} again at the end`,
				choice([...node.options, option])
			]);
		case 'repeat': {
			const count = node.suffix === '' ? LONGER[node.count] : undefined;
			return [
				['equal: repetition in a group', group('(?:', node)],
				...(count ? [[`equal: ${count} for ${node.count}`, { ...node, count }] as const] : [])
			];
		}
		case 'class': {
			const edits: Edit[] = [];
			const to = (name: string, items: readonly string[]) =>
				edits.push([`equal: ${name}`, { ...node, items }]);
			const isPlain = !node.items.includes('&&') && !node.items.includes('-');
			if (node.items.length > 1 && isPlain) to('class in another order', node.items.toReversed());
			for (const [i, item] of node.items.entries())
				for (const equal of EQUAL[item] ?? [])
					to(`${equal.slice(0, 24)} for ${item}`, node.items.with(i, equal));
			if (isPlain) to('an item twice', [...node.items, node.items[0]]);
			return edits;
		}
		case 'atom': {
			const { source } = node;
			if (!/^(?:\\[psSrn]|\\p\{.*\}| )$/.test(source)) return [];
			return [
				[`equal: [${source}]`, classOf([source])],
				...(EQUAL[source] ?? []).map((equal): Edit => [
					`equal: ${equal.slice(0, 24)} for ${source}`,
					classOf([equal])
				])
			];
		}
		default:
			return [];
	}
}

export interface RegexEdit {
	readonly class: string;
	readonly name: string;
	readonly pattern: string;
}

/** Alternatives to add before or after the existing ones. */
const ADDED = [
	['D5', 'dates', '\\d{4}-\\d{2}-\\d{2}'],
	['D5', 'e-mail addresses', '[a-z0-9.]+@[a-z0-9]+\\.[a-z]{2,}'],
	['D5', 'addresses of the web', 'https?://\\S+'],
	['D5', 'eight hex digits', '(?i:0x[0-9a-f]{8})'],
	['regex', 'Han', '\\p{Han}+'],
	['regex', 'tabs', '\\t'],
	['regex', 'two line feeds', '\\n\\n'],
	['D5', 'three hundred spaces', ' {300}']
] as const;

/**
 * All edits of a pattern. Those that may change what it matches come before the equivalent ones. @throws Error if the
 * pattern can't be parsed
 */
export function regexEdits(pattern: string): RegexEdit[] {
	const edits: RegexEdit[] = ADDED.map(([className, name, added]) => ({
		class: className,
		name: `${name} first`,
		pattern: `${added}|${pattern}`
	}));
	const tree = parseRegex(pattern);
	for (const edit of [realEdits, equalEdits]) {
		for (const [name, other] of editedTrees(tree, edit)) {
			const printed = printRegex(other);
			const [className, ...rest] = name.split(': ');
			if (printed !== pattern && printed !== '')
				edits.push({ class: className, name: rest.join(': '), pattern: printed });
		}
	}
	const seen = new Set<string>();
	return edits.filter((edit) => !seen.has(edit.pattern) && seen.add(edit.pattern));
}
