import { byteLevel, metaspace, sequence, split } from '../../support/spec-parts';
import { regexEdits } from '../regex-edits';
import type { Mutation, Stage, TokenizerJson } from '../types';
import { type Mutations, StageMutations } from './stage-steps';

const LLAMA3 =
	"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
const GPT2 = "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
const DIGITS = { type: 'Digits', individual_digits: true };

const ADDED: readonly (readonly [string, string, Stage])[] = [
	['pre-tokenizer', 'Digits alone', DIGITS],
	['pre-tokenizer', 'Digits together', { type: 'Digits', individual_digits: false }],
	['pre-tokenizer', 'Split at spaces', split({ String: ' ' })],
	...['Next', 'Previous'].map((other): readonly [string, string, Stage] => [
		'pre-tokenizer',
		`Split at spaces, merged with the ${other.toLowerCase()}`,
		split({ String: ' ' }, `MergedWith${other}`)
	]),
	['pre-tokenizer', 'Split at runs of line feeds', split({ Regex: '\\n+' })],
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
	['unread stage', 'WhitespaceSplit', { type: 'WhitespaceSplit' }],
	['unread stage', 'CharDelimiterSplit', { type: 'CharDelimiterSplit', delimiter: '-' }],
	['unread stage', 'BertPreTokenizer', { type: 'BertPreTokenizer' }]
];

export function preTokenizerMutations(file: TokenizerJson): Mutation[] {
	const mutations = new StageMutations(file, 'pre_tokenizer');
	const { steps } = mutations;
	for (const [className, name, step] of ADDED) {
		mutations.to(className, `${name} first`, [step, ...steps]);
		if (steps.length > 0) mutations.last(className, `${name} last`, step);
	}
	for (const [i, step] of steps.entries()) {
		mutations.without('pre-tokenizer', i);
		mutations.earlier('pre-tokenizer', i);
		mutations.twice('pre-tokenizer', i);
		const nameOf = (flag: string) => `${flag} turned in ${i}`;
		if (step.type === 'Split') splitMutations(mutations, i);
		if (step.type === 'Digits') mutations.turn('pre-tokenizer', nameOf, i, 'individual_digits');
		if (step.type === 'ByteLevel') {
			// `use_regex` defaults to true.
			const use_regex = step.use_regex === false;
			mutations.fields('pre-tokenizer', nameOf('use_regex'), i, { use_regex });
			mutations.turn('pre-tokenizer', nameOf, i, 'add_prefix_space');
			mutations.turn('offsets only', nameOf, i, 'trim_offsets');
		}
	}
	if (steps.length > 0) {
		mutations.set('pre-tokenizer', 'null', { pre_tokenizer: null });
		mutations.inSequence();
		mutations.to('pre-tokenizer', 'ByteLevel of gpt2', [byteLevel()]);
		mutations.to('pre-tokenizer', 'Metaspace only', [metaspace()]);
	} else {
		const pre_tokenizer = sequence('pre_tokenizer');
		mutations.set('formatting', 'an empty Sequence', { pre_tokenizer });
	}
	return mutations.list;
}

/** Replaces steps with equivalent steps, and with steps that only seem equivalent. */
export function rewrittenStages(file: TokenizerJson): Mutation[] {
	const mutations = new StageMutations(file, 'pre_tokenizer');
	const { steps } = mutations;
	for (const [i, step] of steps.entries()) {
		const to = (className: string, name: string, ...instead: readonly Stage[]) =>
			mutations.to(className, `${name} ${i}`, steps.toSpliced(i, 1, ...instead));
		if (step.type === 'ByteLevel' && step.use_regex !== false && step.add_prefix_space !== true) {
			const rest = { ...step, use_regex: false };
			to('equal', 'a Split for the regex of ByteLevel', split({ Regex: GPT2 }), rest);
		}
		if (step.type === 'Digits') {
			const count = step.individual_digits === true ? '' : '+';
			to('equal', 'a Split for Digits', split({ Regex: `\\p{N}${count}` }));
			to(
				'pre-tokenizer',
				'a Split at decimal digits for Digits',
				split({ Regex: `[0-9]${count}` })
			);
		}
	}
	if (JSON.stringify(file.normalizer).includes('▁')) metaspaceMutations(mutations);
	return mutations.list;
}

/** SentencePiece files add `▁` in either a normalizer or a pre-tokenizer. */
function metaspaceMutations(mutations: Mutations): void {
	const by = (pre_tokenizer: object) => ({ ...mutations.file, normalizer: null, pre_tokenizer });
	for (const prepend_scheme of ['always', 'first', 'never']) {
		for (const split of [true, false])
			mutations.add('legacy', `Metaspace ${prepend_scheme}, split ${split}, no normalizer`, () =>
				by(metaspace({ prepend_scheme, split }))
			);
	}
	const from = JSON.stringify(by(metaspace()));
	const then = (className: string, name: string, stage: object) =>
		mutations.add(className, `Metaspace, then ${name}`, () => by(stage), undefined, from);
	const older = { type: 'Metaspace', replacement: '▁' };
	then('formatting', 'add_prefix_space for prepend_scheme', { ...older, add_prefix_space: true });
	then('formatting', 'no split field', { ...older, prepend_scheme: 'always' });
	then('formatting', 'no prepend_scheme', { ...older, split: true });
	then('formatting', 'both fields', metaspace({ add_prefix_space: true }));
	then('pre-tokenizer', 'add_prefix_space false', { ...older, add_prefix_space: false });
	then('refused', 'fields that contradict', metaspace({ add_prefix_space: false }));
	then('pre-tokenizer', 'first', metaspace({ prepend_scheme: 'first' }));
	then('pre-tokenizer', 'never', metaspace({ prepend_scheme: 'never' }));
	then('pre-tokenizer', 'no split', metaspace({ split: false }));
	then('pre-tokenizer', 'another replacement', metaspace({ replacement: '_' }));
	then('refused', 'a replacement of two characters', metaspace({ replacement: '▁▁' }));
}

const BEHAVIORS = ['Removed', 'Isolated', 'MergedWithPrevious', 'MergedWithNext', 'Contiguous'];

function splitMutations(mutations: StageMutations, i: number): void {
	const step = mutations.steps[i];
	const { Regex, String: literal } = step.pattern as { Regex?: string; String?: string };
	const fields = (className: string, name: string, changed: object) =>
		mutations.fields(className, `${name} in ${i}`, i, changed);
	const by = (className: string, name: string, pattern: object) =>
		fields(className, name, { pattern });
	for (const behavior of BEHAVIORS) {
		for (const invert of [false, true]) {
			if (behavior === step.behavior && invert === step.invert) continue;
			const both = behavior !== step.behavior && invert !== step.invert;
			const name = `${behavior}, invert ${invert}`;
			fields(both ? 'D11' : 'pre-tokenizer', name, { behavior, invert });
		}
	}
	if (literal !== undefined) {
		by('pre-tokenizer', 'an empty string', { String: '' });
		by('pre-tokenizer', 'a line feed', { String: '\n' });
		by('formatting', 'a regex that says the same', { Regex: `[${literal}]` });
	}
	if (Regex !== undefined) {
		for (const edit of regexEdits(Regex)) by(edit.class, edit.name, { Regex: edit.pattern });
		by('pre-tokenizer', 'the regex as a string', { String: Regex });
		by('pre-tokenizer', 'the regex of llama3', { Regex: LLAMA3 });
		by('pre-tokenizer', 'the regex of gpt2', { Regex: GPT2 });
		by('equal', 'the whole in a group', { Regex: `(?:${Regex})` });
		by('refused', 'a regex that does not close', { Regex: `${Regex}|(` });
	}
}
