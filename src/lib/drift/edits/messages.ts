import type { AddedTokenChoice, SpecEdit } from './spec-edit';

/** Describes an edit: "Split 1: different regex", "merges 5 and 9 swapped". */
export function describeEdit(edit: SpecEdit): string {
	switch (edit.kind) {
		case 'normalizer':
		case 'pre_tokenizer':
		case 'post_processor':
		case 'decoder': {
			const stage = STAGE_NAMES[edit.kind];
			return edit.value === null ? `no ${stage}` : `${stage}: ${edit.value.type}`;
		}
		case 'split-regex':
			return `Split ${edit.split + 1}: different regex`;
		case 'bos':
			return edit.times === 0
				? 'no BOS'
				: `${edit.token ?? 'BOS'} ${edit.times === 1 ? 'once' : 'twice'} before the text`;
		case 'ignore-merges':
			return `ignore_merges ${edit.value ? 'on' : 'off'}`;
		case 'prefix-space':
			return `${edit.value ? 'a' : 'no'} space before the text`;
		case 'drop-added-tokens':
			return `${tokens(edit.which)} dropped`;
		case 'added-token-flags': {
			const flags = Object.entries(edit.flags).map(([flag, on]) => `${flag} ${on ? 'on' : 'off'}`);
			return `${tokens(edit.which)}: ${flags.join(', ')}`;
		}
		case 'swap-merges':
			return `merges ${edit.ranks[0]} and ${edit.ranks[1]} swapped`;
		case 'drop-last-merges':
			return `last ${edit.count === 1 ? 'merge' : `${edit.count.toLocaleString('en')} merges`} dropped`;
		case 'swap-ids':
			return `ids ${edit.ids[0]} and ${edit.ids[1]} swapped`;
		case 'shift-ids':
			return `ids from ${edit.from} on increased by ${edit.by}`;
		case 'clean-up-spaces':
			return `clean-up of spaces ${edit.value ? 'on' : 'off'}`;
	}
}

/** Names of the stages, by their field in tokenizer.json. */
export const STAGE_NAMES = {
	normalizer: 'normalizer',
	pre_tokenizer: 'pre-tokenizer',
	post_processor: 'post-processor',
	decoder: 'decoder'
} as const;

function tokens(which: AddedTokenChoice): string {
	if (which === 'all') return 'added tokens';
	if (which === 'special') return 'special tokens';
	if (which === 'not-special') return 'added tokens that are not special';
	const [first, ...more] = which.contents;
	return more.length === 0 ? first : `${first} and ${more.length} more`;
}
