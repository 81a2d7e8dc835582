import type { TokenizerSpec } from '../../engine';
import type { SpecEdit } from './spec-edit';
import {
	dropAddedTokens,
	flagAddedTokens,
	withBos,
	withCleanUp,
	withPrefixSpace,
	withPreTokenizer,
	withSplitRegex
} from './stage-edits';
import {
	dropLastMerges,
	reverseMerges,
	shiftIds,
	shuffleMerges,
	swapIds,
	swapMerges,
	withListedMerges
} from './table-edits';

/**
 * A tokenizer with one thing changed. The spec given is left as it is, and what does not change is
 * shared with it: tables of 200,000 tokens are copied only where they change.
 * @throws EditError where the edit does not apply: no such Split, merge, id or added token
 */
export function applyEdit(spec: TokenizerSpec, edit: SpecEdit): TokenizerSpec {
	switch (edit.kind) {
		case 'normalizer':
			return { ...spec, normalizer: edit.value };
		case 'pre_tokenizer':
			return withPreTokenizer(spec, edit.value);
		case 'split-regex':
			return withSplitRegex(spec, edit.split, edit.regex);
		case 'post_processor':
			return { ...spec, post_processor: edit.value };
		case 'decoder':
			return { ...spec, decoder: edit.value };
		case 'bos':
			return withBos(spec, edit.times, edit.token);
		case 'ignore-merges':
			return withIgnoreMerges(spec, edit.value);
		case 'prefix-space':
			return withPrefixSpace(spec, edit.value);
		case 'drop-added-tokens':
			return dropAddedTokens(spec, edit.which);
		case 'added-token-flags':
			return flagAddedTokens(spec, edit.which, edit.flags);
		case 'swap-merges':
			return swapMerges(spec, edit.ranks);
		case 'drop-last-merges':
			return dropLastMerges(spec, edit.count);
		case 'reorder-merges':
			return edit.order === 'reversed' ? reverseMerges(spec) : shuffleMerges(spec, edit.seed);
		case 'swap-ids':
			return swapIds(spec, edit.ids);
		case 'shift-ids':
			return shiftIds(spec, edit.from, edit.by);
		case 'clean-up-spaces':
			return withCleanUp(spec, edit.value);
	}
}

/** Edits one after another. @throws EditError as {@link applyEdit} */
export function applyEdits(spec: TokenizerSpec, edits: readonly SpecEdit[]): TokenizerSpec {
	return edits.reduce(applyEdit, spec);
}

/** Ranks alone always take a piece that is a token as it stands: to say otherwise, merges must be listed. */
function withIgnoreMerges(spec: TokenizerSpec, value: boolean): TokenizerSpec {
	const model = spec.model.merges ? spec.model : withListedMerges(spec.model);
	return { ...spec, model: { ...model, ignore_merges: value } };
}
