import { replace } from '../../support/spec-parts';
import { regexEdits } from '../regex-edits';
import type { Mutation, Stage, TokenizerJson } from '../types';
import { StageMutations, withoutField } from './stage-steps';

const regex = (source: string, content: string) => replace({ Regex: source }, content);
const literal = (source: string, content: string) => replace({ String: source }, content);

const ADDED: readonly (readonly [string, string, Stage])[] = [
	['normalizer', 'NFC', { type: 'NFC' }],
	['normalizer', 'NFD', { type: 'NFD' }],
	['normalizer', 'NFKC', { type: 'NFKC' }],
	['normalizer', 'NFKD', { type: 'NFKD' }],
	['normalizer', 'Lowercase', { type: 'Lowercase' }],
	['normalizer', 'Strip both', { type: 'Strip', strip_left: true, strip_right: true }],
	['normalizer', 'Strip right', { type: 'Strip', strip_left: false, strip_right: true }],
	['no effect', 'Strip neither', { type: 'Strip', strip_left: false, strip_right: false }],
	['normalizer', 'Prepend ▁', { type: 'Prepend', prepend: '▁' }],
	['normalizer', 'Prepend a space', { type: 'Prepend', prepend: ' ' }],
	['normalizer', 'line ends', literal('\r\n', '\n')],
	['normalizer', 'runs of spaces', regex(' {2,}', ' ')],
	['normalizer', 'runs of white space', regex('\\s+', ' ')],
	['normalizer', 'double quotes', regex("``|''", '"')],
	['D3', 'the thin space', regex('\\x{2009}', ' ')],
	['D3', 'the next-line control', literal('\u0085', '\n')],
	['D3', 'all separators', regex('\\p{Zs}', ' ')],
	['D4', 'a hyphen between digits', regex('(?<=[0-9])-(?=[0-9])', '–')],
	['D4', 'a comma before three digits', regex(',(?=[0-9]{3})', '')],
	['D4', 'enclosing marks', regex('\\p{Me}', '')],
	['D4', 'spaces before a mark', regex(' (?=[!?])', '')],
	['D4', 'a letter three times', regex('z(?=zz)', '')],
	['D4', 'one Han character', literal('國', '国')],
	['D5', 'more than a hundred letters', regex('a{120}', 'b')],
	['D5', 'e-mail addresses', regex('[a-z.]+@[a-z]+\\.[a-z]+', '@')],
	['D1', 'the era sign of Unicode 12.1', literal('\u32ff', '令和')],
	['D1', 'a letter of Unicode 11', literal('\u1c90', '\u10d0')],
	['no effect', 'a character that is none', literal('\u{10ffff}\u{10ffff}', 'x')],
	['no effect', 'a replacement by itself', literal('q', 'q')],
	['normalizer', 'an empty string', literal('', 'x')],
	['D10', 'Prepend nothing', { type: 'Prepend', prepend: '' }],
	['unread stage', 'StripAccents', { type: 'StripAccents' }],
	['unread stage', 'ByteLevel', { type: 'ByteLevel' }]
];

export function normalizerMutations(file: TokenizerJson): Mutation[] {
	const mutations = new StageMutations(file, 'normalizer');
	const { steps } = mutations;
	for (const [className, name, step] of ADDED) mutations.lastAndFirst(className, name, step);
	for (const [i, step] of steps.entries()) {
		mutations.without('normalizer', i);
		mutations.twice('normalizer', i);
		mutations.earlier('normalizer', i);
		if (/^NF/.test(step.type)) {
			for (const type of ['NFC', 'NFD', 'NFKC', 'NFKD']) {
				if (type !== step.type)
					mutations.to('normalizer', `${type} for ${step.type}`, steps.with(i, { type }));
			}
			mutations.fields('no effect', `an unknown field of ${step.type}`, i, { unicode: '9.0' });
			mutations.to('D1', `composed before ${step.type} by characters newer than Unicode 9`, [
				literal('\u{105d2}\u0307', '\u{105c9}'),
				literal('\u32ff', '令和'),
				...steps
			]);
		}
		if (step.type === 'Prepend') {
			for (const prepend of ['', ' ', '▁▁', '_']) {
				const className = prepend === '' ? 'D10' : 'normalizer';
				mutations.fields(className, `prepend ${JSON.stringify(prepend)}`, i, { prepend });
			}
		}
		if (step.type === 'Replace') replaceMutations(mutations, i);
	}
	mutations.inSequence();
	mutations.set('refused', 'an unknown type', { normalizer: { type: 'NFX' } });
	mutations.set('refused', 'a type with no fields', { normalizer: { type: 'Replace' } });
	if (steps.length === 0 && file.normalizer)
		mutations.set('formatting', 'null', { normalizer: null });
	if (file.normalizer === null)
		mutations.add('formatting', 'no field', () => withoutField(file, 'normalizer'));
	return mutations.list;
}

function replaceMutations(mutations: StageMutations, i: number): void {
	const { pattern } = mutations.steps[i] as { pattern?: { String?: string; Regex?: string } };
	const by = (className: string, name: string, Regex: string) =>
		mutations.fields(className, `${name} in ${i}`, i, { pattern: { Regex } });
	for (const content of ['', '▁▁', '_', ' '])
		mutations.fields('normalizer', `content ${JSON.stringify(content)} in ${i}`, i, { content });
	if (pattern?.String !== undefined) {
		const escaped = `[${pattern.String}]`;
		by('equal', 'a regex that says the same', escaped);
		by('normalizer', 'white space for a space', '\\s');
		by('D4', 'not before white space', `${escaped}(?!\\s)`);
		by('D4', 'not after a letter of Han', `(?<!\\p{Han})${escaped}`);
		by('D5', 'at most 100', `(?<!${escaped}{100})${escaped}`);
	}
	if (pattern?.Regex !== undefined)
		for (const edit of regexEdits(pattern.Regex)) by(edit.class, edit.name, edit.pattern);
}
