import { tokenAt, vocabularySize, type AddedTokenSpec, type TokenizerSpec } from '../../engine';
import { EditError } from './edit-error';
import type { AddedTokenChoice, AddedTokenFlag } from './spec-edit';

/**
 * Added tokens are no longer recognised in text. Where the vocabulary of the model names them, it goes
 * on doing so; ids that only the list gave are gone.
 */
export function dropAddedTokens(spec: TokenizerSpec, which: AddedTokenChoice): TokenizerSpec {
	const dropped = chosen(spec, which, 'drop-added-tokens');
	const { model } = spec;
	const named = [...dropped].filter(
		({ id }) =>
			model.byte_level &&
			id < vocabularySize(model.vocabulary) &&
			tokenAt(model.vocabulary, id).length === 0
	);
	const foreign = [
		...(model.foreign_tokens ?? []),
		...named.map(({ id, content }) => ({ id, content }))
	];
	return {
		...spec,
		model: named.length > 0 ? { ...model, foreign_tokens: foreign } : model,
		added_tokens: spec.added_tokens.filter((token) => !dropped.has(token))
	};
}

/** Other flags on added tokens. */
export function flagAddedTokens(
	spec: TokenizerSpec,
	which: AddedTokenChoice,
	flags: Partial<Readonly<Record<AddedTokenFlag, boolean>>>
): TokenizerSpec {
	const flagged = chosen(spec, which, 'added-token-flags');
	return {
		...spec,
		added_tokens: spec.added_tokens.map((token) =>
			flagged.has(token) ? { ...token, ...flags } : token
		)
	};
}

function chosen(spec: TokenizerSpec, which: AddedTokenChoice, edit: string): Set<AddedTokenSpec> {
	const tokens = spec.added_tokens;
	if (typeof which !== 'string') {
		const found = new Set(tokens.filter(({ content }) => which.contents.includes(content)));
		for (const content of which.contents) {
			if (tokens.some((token) => token.content === content)) continue;
			throw new EditError(`${edit}: got "${content}", which is none of the added tokens`);
		}
		return found;
	}
	const found = tokens.filter(
		({ special }) => which === 'all' || special === (which === 'special')
	);
	if (found.length === 0) {
		const kind = which === 'all' ? 'no' : which === 'special' ? 'no special' : 'only special';
		throw new EditError(`${edit}: the tokenizer has ${kind} added tokens`);
	}
	return new Set(found);
}
