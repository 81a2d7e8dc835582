import { editedTrees, parseRegex, printRegex, type RegexNode } from './regex';

/** White space of Oniguruma's `\s`, one code point or range per entry. */
const SPACES = [
	'\\t',
	'\\n',
	'\\x0B',
	'\\f',
	'\\r',
	'\\x{20}',
	'\\x{85}',
	'\\x{A0}',
	'\\x{1680}',
	'\\x{2000}',
	'\\x{2001}',
	'\\x{2002}',
	'\\x{2003}',
	'\\x{2004}',
	'\\x{2005}',
	'\\x{2006}',
	'\\x{2007}',
	'\\x{2008}',
	'\\x{2009}',
	'\\x{200A}',
	'\\x{2028}',
	'\\x{2029}',
	'\\x{202F}',
	'\\x{205F}',
	'\\x{3000}'
];

const NARROWER: Readonly<Record<string, readonly string[]>> = {
	'\\p{L}': [
		'\\p{Ll}',
		'\\p{Lu}',
		'a-zA-Z',
		'\\p{Lu}\\p{Ll}\\p{Lt}\\p{Lm}',
		'\\p{L}\\p{M}',
		'\\p{Alphabetic}',
		'\\w'
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

/** The same class, written differently. */
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
	kind: 'class',
	negated,
	items
});
const EMPTY: RegexNode = { kind: 'sequence', items: [] };

type Edits = readonly (readonly [string, RegexNode])[];

/** Replacements of one node, with the class and name of the mutation. */
function realEdits(node: RegexNode): Edits {
	switch (node.kind) {
		case 'alternatives':
			return node.options.flatMap((option, i) => {
				const rest = node.options.filter((_, j) => j !== i);
				const shorter: RegexNode = { kind: 'alternatives', options: rest };
				const source = printRegex(option).slice(0, 24);
				const edits: [string, RegexNode][] = [[`regex: drop ${source}`, shorter]];
				if (i > 0) {
					const options = node.options.with(i, node.options[i - 1]).with(i - 1, option);
					edits.push([`regex: ${source} one earlier`, { kind: 'alternatives', options }]);
				}
				if (i > 1)
					edits.push([
						`regex: ${source} first`,
						{ kind: 'alternatives', options: [option, ...rest] }
					]);
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
			return node.items.map((item, i): readonly [string, RegexNode] => [
				`regex: without ${printRegex(item).slice(0, 24)}`,
				{ kind: 'sequence', items: node.items.filter((_, j) => j !== i) }
			]);
	}
}

function groupEdits(node: RegexNode & { kind: 'group' }): Edits {
	const as = (open: string): RegexNode => ({ ...node, open });
	switch (node.open) {
		case '(?i:':
			return [
				['regex: case-sensitive', as('(?:')],
				[
					'regex: upper-case contractions alone',
					{ kind: 'alternatives', options: [node, node.body] }
				]
			];
		case '(?:':
		case '(':
			return [['regex: case-insensitive', as('(?i:')]];
		case '(?!':
			return [
				['regex: lookahead turned', as('(?=')],
				['regex: lookahead behind', as('(?<!')],
				['regex: lookahead dropped', EMPTY]
			];
		case '(?=':
			return [
				['regex: lookahead turned', as('(?!')],
				['regex: lookahead dropped', EMPTY]
			];
		case '(?<=':
			return [
				['regex: lookbehind turned', as('(?<!')],
				['regex: lookbehind dropped', EMPTY]
			];
		case '(?<!':
			return [
				['regex: lookbehind turned', as('(?<=')],
				['regex: lookbehind dropped', EMPTY]
			];
		default:
			return [];
	}
}

function repeatEdits(node: RegexNode & { kind: 'repeat' }): Edits {
	const source = printRegex(node).slice(0, 24);
	const counts = [
		'+',
		'*',
		'?',
		'{1,2}',
		'{1,3}',
		'{1,4}',
		'{2}',
		'{2,}',
		'{1,16}',
		'{1,100}',
		'{1,128}',
		'{1,256}',
		'{1,1000}'
	];
	const other = counts
		.filter((count) => count !== node.count)
		.map((count): readonly [string, RegexNode] => {
			const most = Number(/(\d+)\}$/.exec(count)?.[1] ?? 0);
			return [`${most >= 100 ? 'D5' : 'regex'}: ${source} as ${count}`, { ...node, count }];
		});
	return [
		...other,
		[`regex: ${source} once`, node.body],
		[`regex: ${source} lazy`, { ...node, suffix: '?' }],
		// After an interval Oniguruma reads `+` as another repetition.
		...(node.count.startsWith('{')
			? []
			: [[`regex: ${source} possessive`, { ...node, suffix: '+' }] as const]),
		...(node.suffix === '' ? [] : [[`regex: ${source} greedy`, { ...node, suffix: '' }] as const])
	];
}

function classEdits(node: RegexNode & { kind: 'class' }): Edits {
	const edits: [string, RegexNode][] = [
		['regex: class turned', { ...node, negated: !node.negated }],
		...['\\p{M}', '_', "'", '\\p{So}', '\\x{200D}', '\\p{Han}', '/'].map(
			(item): [string, RegexNode] => [
				`regex: class with ${item}`,
				{ ...node, items: [...node.items, item] }
			]
		)
	];
	for (const [i, item] of node.items.entries()) {
		const rest = node.items.filter((_, j) => j !== i);
		if (rest.length > 0) edits.push([`regex: class without ${item}`, { ...node, items: rest }]);
		for (const narrower of NARROWER[item] ?? []) {
			edits.push([
				`regex: class with ${narrower} for ${item}`,
				{ ...node, items: node.items.with(i, narrower) }
			]);
		}
		if (item === '\\s') {
			for (const space of SPACES) {
				const others = SPACES.filter((other) => other !== space).join('');
				edits.push([`D3: class without ${space}`, { ...node, items: node.items.with(i, others) }]);
			}
		}
	}
	return edits;
}

function atomEdits(source: string): Edits {
	const edits: [string, RegexNode][] = (NARROWER[source] ?? []).map((narrower) => [
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
		// Letters newer than Unicode 9: Adlam is not, Mtavruli, Hanifi Rohingya and Vithkuqi are.
		for (const range of [
			'\\x{1C90}-\\x{1CBF}',
			'\\x{10D00}-\\x{10D23}',
			'\\x{10570}-\\x{105BC}',
			'\\x{30000}-\\x{3134A}'
		]) {
			edits.push([
				`D1: ${source} without ${range}`,
				{
					kind: 'sequence',
					items: [{ kind: 'group', open: '(?!', body: classOf([range]) }, atom(source)]
				}
			]);
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

/** Equivalent nodes. */
function equalEdits(node: RegexNode): Edits {
	switch (node.kind) {
		case 'alternatives':
			return node.options.map((option): readonly [string, RegexNode] => [
				`equal: ${printRegex(option).slice(0, 24)} again at the end`,
				{ kind: 'alternatives', options: [...node.options, option] }
			]);
		case 'repeat': {
			const longer: Readonly<Record<string, string>> = {
				'+': '{1,}',
				'*': '{0,}',
				'?': '{0,1}',
				'{1,3}': '{1,03}'
			};
			const count = longer[node.count];
			const edits: [string, RegexNode][] = [
				['equal: repetition in a group', { kind: 'group', open: '(?:', body: node }]
			];
			if (count && node.suffix === '')
				edits.push([`equal: ${count} for ${node.count}`, { ...node, count }]);
			return edits;
		}
		case 'class': {
			const edits: [string, RegexNode][] = [];
			const plain = !node.items.includes('&&');
			if (node.items.length > 1 && plain && !node.items.includes('-')) {
				edits.push([
					'equal: class in another order',
					{ ...node, items: [...node.items].reverse() }
				]);
			}
			for (const [i, item] of node.items.entries()) {
				for (const equal of EQUAL[item] ?? []) {
					edits.push([
						`equal: ${equal.slice(0, 24)} for ${item}`,
						{ ...node, items: node.items.with(i, equal) }
					]);
				}
			}
			if (plain && !node.items.includes('-')) {
				edits.push(['equal: an item twice', { ...node, items: [...node.items, node.items[0]] }]);
			}
			return edits;
		}
		case 'atom':
			if (/^(?:\\[psSrn]|\\p\{.*\}| )$/.test(node.source)) {
				const edits: [string, RegexNode][] = [[`equal: [${node.source}]`, classOf([node.source])]];
				for (const equal of EQUAL[node.source] ?? [])
					edits.push([`equal: ${equal.slice(0, 24)} for ${node.source}`, classOf([equal])]);
				return edits;
			}
			return [];
		default:
			return [];
	}
}

export interface RegexEdit {
	readonly class: string;
	readonly name: string;
	readonly pattern: string;
}

/** Alternatives that are added before or after the others. */
const ADDED = [
	['D5', 'dates', '\\d{4}-\\d{2}-\\d{2}'],
	['D5', 'phone numbers', '\\+?\\d{2,3}[ -]\\d{3}[ -]\\d{4}'],
	['D5', 'e-mail addresses', '[a-z0-9.]+@[a-z0-9]+\\.[a-z]{2,}'],
	['D5', 'addresses of the web', 'https?://\\S+'],
	['D5', 'times', '\\d{1,2}:\\d{2}(?::\\d{2})?'],
	['D5', 'numbers with a point', '\\d+\\.\\d+'],
	['D5', 'eight hex digits', '(?i:0x[0-9a-f]{8})'],
	['regex', 'Han', '\\p{Han}+'],
	['regex', 'emoji', '[\\x{1F300}-\\x{1FAFF}]'],
	['regex', 'tabs', '\\t'],
	['regex', 'two line feeds', '\\n\\n'],
	['regex', 'hash tags', '#\\w+'],
	['D5', 'a thousand letters', '\\p{L}{1000,}'],
	['D5', 'three hundred spaces', ' {300}']
] as const;

/** Every edit of a pattern, real ones first. An unreadable pattern only gets more alternatives. */
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
