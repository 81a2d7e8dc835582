import type { TokenizerSpec } from '../../../engine';
import type { SpecEdit } from './spec-edit';

/**
 * A tokenizer with one thing changed. The spec given is left as it is, and what does not change is
 * shared with it: tables of 200,000 tokens are copied only where they change.
 * @throws EditError where the edit does not apply: no such Split, merge, id or added token
 */
export function applyEdit(spec: TokenizerSpec, edit: SpecEdit): TokenizerSpec {
	throw new Error(`not yet: ${edit.kind} of ${String(spec.model.type)}`);
}

/** Edits one after another. @throws EditError as {@link applyEdit} */
export function applyEdits(spec: TokenizerSpec, edits: readonly SpecEdit[]): TokenizerSpec {
	return edits.reduce(applyEdit, spec);
}
