import { formatCount } from '../../engine/text';
import { quote } from '../format';
import type { HubFileDifference } from '../types';
import type { Role } from './settings';
import type { LoadedTokenizer } from './transformers';

/** The version of transformers that these comparisons follow. */
const TRANSFORMERS = 'transformers 5.3.0';

export const SAME = 'The same, written differently.';

export const NO_EFFECT = `No effect on ids, text or prompts in ${TRANSFORMERS}.`;

export const NO_DIFFERENCE = 'No difference in the output was found.';

export const TOGETHER = 'Changes the output only together with other fields.';

export function describeClasses(a: LoadedTokenizer, b: LoadedTokenizer): string {
	const [inA, inB] = [describeClass(a), describeClass(b)];
	return inA === inB
		? `Both sides ${inA.replace(/^runs/, 'run').replace(/^builds/, 'build')}.`
		: `With A’s class, ${TRANSFORMERS} ${inA}. With B’s class, it ${inB}.`;
}

function describeClass({ className, kind }: LoadedTokenizer): string {
	const name = quote(className);
	switch (kind) {
		case 'plain':
			return 'runs tokenizer.json as it is';
		case 'bpe':
			return `builds the stages of ${name} instead of those in tokenizer.json`;
		case 'other':
			return `builds ${name}, which is not a BPE model, from the vocabulary`;
		case 'python':
			return `runs ${name}, which does not read tokenizer.json`;
	}
}

const EFFECTS = {
	bos_token: 'Programs and chat templates begin a text with this token.',
	eos_token: 'Servers stop generating at this token, and each training text ends with it.',
	pad_token: 'Shorter texts in a batch are padded with this token.',
	unk_token: NO_EFFECT,
	sep_token: NO_EFFECT,
	cls_token: NO_EFFECT,
	mask_token: NO_EFFECT,
	padding_side: 'Batches are padded on this side.',
	truncation_side: 'Texts that are too long are truncated on this side.',
	model_max_length: 'With truncation, texts are shortened to this number of tokens.',
	eos_token_id: 'Generation stops at these ids.',
	bos_token_id: 'Generation without a prompt begins with this token.',
	pad_token_id: 'During generation, shorter texts in a batch are padded with this token.'
};

/** Describes a setting's values on both sides, where `null` means unset. @param setting if set, its effect is explained */
export function describeValues(
	a: string | number | null,
	b: string | number | null,
	setting?: keyof typeof EFFECTS
): string {
	const show = (value: typeof a) =>
		typeof value === 'number' ? formatCount(value) : (value ?? 'none');
	return `${show(a)} in A, ${show(b)} in B.${setting ? ` ${EFFECTS[setting]}` : ''}`;
}

export const describeToken = (token: LoadedTokenizer['roles'][Role]): string | null =>
	token && `${quote(token.content)} (id ${token.id})`;

export const SPLIT_SPECIAL = (splits: 'A' | 'B'): string =>
	`Special tokens in a text are treated as ordinary text in ${splits} only.`;

export const CLEAN_UP = (cleans: 'A' | 'B'): string =>
	`${cleans} removes spaces before punctuation in decoded text.`;

export const NO_PAD_TOKEN = 'There is no pad token, so neither side can pad.';

export function describeTemplates(a: string | undefined, b: string | undefined): string {
	if (b === undefined) {
		return 'B has no such template: transformers stops with an error, and servers use one of their own.';
	}
	if (a === undefined) return 'Only B has such a template.';
	const [linesA, linesB] = [a.split('\n'), b.split('\n')];
	const line = linesA.findIndex((one, i) => one !== linesB[i]);
	const at = line < 0 ? linesA.length : line;
	const end = 'nothing';
	const show = (lines: readonly string[]) =>
		at in lines ? quote(excerpt(linesA[at] ?? '', linesB[at] ?? '', lines[at])) : end;
	return `The prompts differ. Line ${at + 1} of the template: ${show(linesA)} in A, ${show(linesB)} in B.`;
}

/** The end of a line, from shortly before the point where two lines first differ. */
function excerpt(a: string, b: string, line: string): string {
	let same = 0;
	while (same < a.length && a[same] === b[same]) same++;
	const start = Math.max(0, same - 20);
	return start === 0 ? line : `…${Array.from(line.slice(start)).join('')}`;
}

export const BOS_AND_EOS = `${TRANSFORMERS} ignores it: the post_processor in tokenizer.json decides.`;

export const describeOtherFields = (names: readonly string[]): string =>
	`No known effect on ids, text or prompts: ${names.map((name) => quote(name)).join(', ')}.`;

/** What the verdict means if it is due to a file next to tokenizer.json. */
export const HUB_FILE_HEADLINES: Readonly<Record<HubFileDifference['changes'], string>> = {
	ids: 'The same text gets different ids in transformers, and no error will tell you.',
	text: 'The same ids decode to different text in transformers, and no error will tell you.',
	batches: 'The same batch gets different ids in transformers, and no error will tell you.',
	prompt: 'The same chat produces a different prompt, and no error will tell you.',
	generation: 'Generation stops or starts at a different token, and no error will tell you.',
	nothing: 'The two differ, but with no known effect on the output. You can serve A’s model with B.'
};

export const fileNotCompared = (what: string, side: 'A' | 'B'): string =>
	`${what} is in ${side} only, so it was not compared.`;

export const filesNotCompared = (side: 'A' | 'B'): string =>
	`Only ${side} has files next to its tokenizer.json, so they were not compared.`;

export const EACH_ALONE =
	'Each field was tried alone: “in B” means A with B’s value for this field.';

export const BESIDE = 'Beside tokenizer.json';

/** Describes a difference on one line: the field, and what changes. */
export const describeHubFile = ({
	file,
	field,
	sentence
}: Pick<HubFileDifference, 'file' | 'field' | 'sentence'>): string =>
	`${field === null || file.endsWith('.jinja') ? file : `${file}, ${field}`}: ${sentence}`;

export const NO_HUB_FILE_DIFFERENCE = 'The files next to tokenizer.json are the same.';
