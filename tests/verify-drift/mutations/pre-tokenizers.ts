import { regexEdits } from '../regex-edits';
import type { Mutation, Stage, TokenizerJson } from '../types';
import {
	byteLevel,
	change,
	metaspace,
	sequenceOf,
	split,
	stepsOf,
	withField,
	withSteps
} from './stage-steps';

const LLAMA3 =
	"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
const GPT2 = "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
const DIGITS = { type: 'Digits', individual_digits: true };

const ADDED: readonly (readonly [string, string, Stage])[] = [
	['pre-tokenizer', 'Digits alone', DIGITS],
	['pre-tokenizer', 'Digits together', { type: 'Digits', individual_digits: false }],
	['pre-tokenizer', 'Split at spaces', split({ String: ' ' })],
	[
		'pre-tokenizer',
		'Split at spaces, merged with the next',
		split({ String: ' ' }, 'MergedWithNext')
	],
	[
		'pre-tokenizer',
		'Split at spaces, merged with the previous',
		split({ String: ' ' }, 'MergedWithPrevious')
	],
	['pre-tokenizer', 'Split at line feeds', split({ String: '\n' })],
	['pre-tokenizer', 'Split at runs of line feeds', split({ Regex: '\\n+' })],
	['D3', 'Split at an ideographic space', split({ Regex: '\\x{3000}' })],
	['D3', 'Split at a thin space', split({ String: '\u2009' })],
	['D1', 'Split at a letter of Unicode 14', split({ String: '\u{10570}' })],
	['D5', 'Split after 128 letters', split({ Regex: '\\p{L}{128}' })],
	['D5', 'Split at dates', split({ Regex: '\\d{4}-\\d{2}-\\d{2}' })],
	['D12', 'Split at nothing that a text has', split({ Regex: '\\x{10FFFF}' })],
	['pre-tokenizer', 'Metaspace', metaspace()],
	['pre-tokenizer', 'Metaspace, never prepended', metaspace({ prepend_scheme: 'never' })],
	['pre-tokenizer', 'Split by the regex of llama3', split({ Regex: LLAMA3 })],
	['pre-tokenizer', 'Split by the regex of gpt2', split({ Regex: GPT2 })],
	['unread stage', 'Punctuation', { type: 'Punctuation', behavior: 'Isolated' }],
	['unread stage', 'Whitespace', { type: 'Whitespace' }],
	['unread stage', 'WhitespaceSplit', { type: 'WhitespaceSplit' }],
	['unread stage', 'UnicodeScripts', { type: 'UnicodeScripts' }],
	['unread stage', 'CharDelimiterSplit', { type: 'CharDelimiterSplit', delimiter: '-' }],
	['unread stage', 'BertPreTokenizer', { type: 'BertPreTokenizer' }]
];

export function preTokenizerMutations(file: TokenizerJson): Mutation[] {
	const steps = stepsOf(file, 'pre_tokenizer');
	const to = (className: string, name: string, other: readonly Stage[]) =>
		change(className, `pre-tokenizer: ${name}`, () => withSteps(file, 'pre_tokenizer', other));
	const mutations: Mutation[] = [];
	for (const [className, name, step] of ADDED) {
		mutations.push(to(className, `${name} first`, [step, ...steps]));
		if (steps.length > 0) mutations.push(to(className, `${name} last`, [...steps, step]));
	}
	for (const [i, step] of steps.entries()) {
		mutations.push(
			to(
				'pre-tokenizer',
				`without ${step.type} ${i}`,
				steps.filter((_, j) => j !== i)
			)
		);
		if (i > 0)
			mutations.push(
				to(
					'pre-tokenizer',
					`${step.type} ${i} one earlier`,
					steps.with(i, steps[i - 1]).with(i - 1, step)
				)
			);
		mutations.push(
			to('pre-tokenizer', `${step.type} ${i} twice`, [
				...steps.slice(0, i),
				step,
				...steps.slice(i)
			])
		);
		mutations.push(
			...stepMutations(step, (className, name, other) =>
				to(className, `${name} in ${i}`, steps.with(i, other))
			)
		);
	}
	if (steps.length > 0) {
		mutations.push(
			change('pre-tokenizer', 'pre-tokenizer: null', () => ({ ...file, pre_tokenizer: null })),
			change('formatting', 'pre-tokenizer: in a Sequence', () => ({
				...file,
				pre_tokenizer: sequenceOf('pre_tokenizer', file.pre_tokenizer ? [file.pre_tokenizer] : [])
			})),
			to('pre-tokenizer', 'ByteLevel of gpt2', [byteLevel()]),
			to('pre-tokenizer', 'Metaspace only', [metaspace()])
		);
	} else {
		mutations.push(
			change('formatting', 'pre-tokenizer: an empty Sequence', () => ({
				...file,
				pre_tokenizer: sequenceOf('pre_tokenizer', [])
			}))
		);
	}
	return mutations;
}

/** Equivalent steps, and steps that only seem equivalent. */
export function rewrittenStages(file: TokenizerJson): (Mutation & { readonly from?: string })[] {
	const steps = stepsOf(file, 'pre_tokenizer');
	const to = (className: string, name: string, other: readonly Stage[]) =>
		change(className, `pre-tokenizer: ${name}`, () => withSteps(file, 'pre_tokenizer', other));
	const mutations: (Mutation & { readonly from?: string })[] = [];
	for (const [i, step] of steps.entries()) {
		if (step.type === 'ByteLevel' && step.use_regex !== false && step.add_prefix_space !== true) {
			const rest = withField(step, 'use_regex', false);
			mutations.push(
				to('equal', `a Split for the regex of ByteLevel ${i}`, [
					...steps.slice(0, i),
					split({ Regex: GPT2 }),
					rest,
					...steps.slice(i + 1)
				])
			);
		}
		if (step.type === 'Digits') {
			const one = step.individual_digits === true;
			mutations.push(
				to(
					'equal',
					`a Split for Digits ${i}`,
					steps.with(i, split({ Regex: one ? '\\p{N}' : '\\p{N}+' }))
				),
				to(
					'pre-tokenizer',
					`a Split at decimal digits for Digits ${i}`,
					steps.with(i, split({ Regex: one ? '[0-9]' : '[0-9]+' }))
				)
			);
		}
	}
	if (JSON.stringify(file.normalizer).includes('▁')) mutations.push(...metaspaceMutations(file));
	return mutations;
}

/** SentencePiece files add `▁` by a normalizer or by a pre-tokenizer. */
function metaspaceMutations(file: TokenizerJson): (Mutation & { readonly from?: string })[] {
	const by = (pre_tokenizer: object) => ({ ...file, normalizer: null, pre_tokenizer });
	const schemes = ['always', 'first', 'never'];
	const converted = schemes.flatMap((prepend_scheme) =>
		[true, false].map((split) =>
			change(
				'legacy',
				`pre-tokenizer: Metaspace ${prepend_scheme}, split ${split}, no normalizer`,
				() => by(metaspace({ prepend_scheme, split }))
			)
		)
	);
	const from = JSON.stringify(by(metaspace()));
	const older = { type: 'Metaspace', replacement: '▁' };
	const changed = (className: string, name: string, stage: object) => ({
		...change(className, `pre-tokenizer: Metaspace, then ${name}`, () => by(stage)),
		from
	});
	return [
		...converted,
		changed('formatting', 'add_prefix_space for prepend_scheme', {
			...older,
			add_prefix_space: true
		}),
		changed('formatting', 'no split field', { ...older, prepend_scheme: 'always' }),
		changed('formatting', 'no prepend_scheme', { ...older, split: true }),
		changed('formatting', 'both fields', metaspace({ add_prefix_space: true })),
		changed('pre-tokenizer', 'add_prefix_space false', { ...older, add_prefix_space: false }),
		changed('refused', 'fields that contradict', metaspace({ add_prefix_space: false })),
		changed('pre-tokenizer', 'first', metaspace({ prepend_scheme: 'first' })),
		changed('pre-tokenizer', 'never', metaspace({ prepend_scheme: 'never' })),
		changed('pre-tokenizer', 'no split', metaspace({ split: false })),
		changed('pre-tokenizer', 'another replacement', metaspace({ replacement: '_' })),
		changed('refused', 'a replacement of two characters', metaspace({ replacement: '▁▁' }))
	];
}

type Add = (className: string, name: string, step: Stage) => Mutation;

function stepMutations(step: Stage, add: Add): Mutation[] {
	switch (step.type) {
		case 'Split':
			return splitMutations(step, add);
		case 'ByteLevel':
			return [
				add(
					'pre-tokenizer',
					'use_regex turned',
					withField(step, 'use_regex', step.use_regex === false)
				),
				add(
					'pre-tokenizer',
					'add_prefix_space turned',
					withField(step, 'add_prefix_space', step.add_prefix_space !== true)
				),
				add(
					'offsets only',
					'trim_offsets turned',
					withField(step, 'trim_offsets', step.trim_offsets !== true)
				)
			];
		case 'Digits':
			return [
				add(
					'pre-tokenizer',
					'individual_digits turned',
					withField(step, 'individual_digits', step.individual_digits !== true)
				)
			];
		default:
			return [];
	}
}

function splitMutations(step: Stage, add: Add): Mutation[] {
	const mutations: Mutation[] = [];
	const { Regex, String: literal } = step.pattern as { Regex?: string; String?: string };
	for (const behavior of [
		'Removed',
		'Isolated',
		'MergedWithPrevious',
		'MergedWithNext',
		'Contiguous'
	]) {
		for (const invert of [false, true]) {
			if (behavior === step.behavior && invert === step.invert) continue;
			const both = behavior !== step.behavior && invert !== step.invert;
			mutations.push(
				add(both ? 'D11' : 'pre-tokenizer', `${behavior}, invert ${invert}`, {
					...step,
					behavior,
					invert
				})
			);
		}
	}
	if (literal !== undefined) {
		mutations.push(
			add('pre-tokenizer', 'an empty string', withField(step, 'pattern', { String: '' })),
			add('pre-tokenizer', 'a line feed', withField(step, 'pattern', { String: '\n' })),
			add(
				'formatting',
				'a regex that says the same',
				withField(step, 'pattern', { Regex: `[${literal}]` })
			)
		);
	}
	if (Regex !== undefined) {
		for (const edit of regexEdits(Regex)) {
			mutations.push(
				add(edit.class, edit.name, withField(step, 'pattern', { Regex: edit.pattern }))
			);
		}
		mutations.push(
			add('pre-tokenizer', 'the regex as a string', withField(step, 'pattern', { String: Regex })),
			add('pre-tokenizer', 'the regex of llama3', withField(step, 'pattern', { Regex: LLAMA3 })),
			add('pre-tokenizer', 'the regex of gpt2', withField(step, 'pattern', { Regex: GPT2 })),
			add('equal', 'the whole in a group', withField(step, 'pattern', { Regex: `(?:${Regex})` })),
			add(
				'refused',
				'a regex that does not close',
				withField(step, 'pattern', { Regex: `${Regex}|(` })
			)
		);
	}
	return mutations;
}
