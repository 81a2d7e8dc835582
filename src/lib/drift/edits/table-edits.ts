/**
 * Edits ids and merges. Each edit first writes out implied merges as a list, because the ids of the edited tokenizer no
 * longer determine its merges.
 */
import {
	buildVocabulary,
	listOfPairs,
	tokenAt,
	vocabularySize,
	type BpeModelSpec,
	type PostProcessorSpec,
	type TokenizerSpec,
	type Vocabulary
} from '../../engine';
import { mergesFromRanks } from '../../engine/stages';
import { EditError } from './spec-edit';
import { memoize } from '../calls';

/** Memoised because deriving the merges may take a second, and edited tokenizers share the vocabulary. */
const impliedMerges = memoize(mergesFromRanks);

/** Merges of a model, either listed or implied by its ranks, as pairs of ids in order. Must not be modified. */
export const mergesOf = ({ merges, vocabulary }: BpeModelSpec): Uint32Array =>
	merges?.pairs ?? impliedMerges(vocabulary);

/**
 * The same model with its merges listed. With implied merges, a pre-token that equals a token always becomes that
 * token. If some merge produces that token, merging gives the same result; if not, only `ignore_merges` keeps the token
 * reachable.
 */
export function withListedMerges(model: BpeModelSpec): BpeModelSpec {
	if (model.merges) return model;
	const merges = mergesOf(model);
	const isUnmerged = merges.length / 2 < longTokens(model.vocabulary).length;
	return {
		...model,
		merges: listOfPairs(merges),
		ignore_merges: model.ignore_merges || isUnmerged
	};
}

/** Ids of the multi-byte tokens (those that merges produce), in ascending order. */
export function longTokens({ ends }: Vocabulary): Uint32Array {
	const ids: number[] = [];
	for (let id = 0, start = 0; id < ends.length; start = ends[id++]) {
		if (ends[id] - start > 1) ids.push(id);
	}
	return Uint32Array.from(ids);
}

/** @throws EditError whose message begins with `found` */
function expectInteger(found: string, value: number, min: number, max: number): void {
	if (!Number.isInteger(value) || value < min || value > max) {
		throw new EditError(`${found} ${value}, expected a whole number from ${min} to ${max}`);
	}
}

function editMerges(
	spec: TokenizerSpec,
	edit: (merges: Uint32Array, count: number) => Uint32Array
): TokenizerSpec {
	const model = withListedMerges(spec.model);
	const merges = Uint32Array.from(model.merges?.pairs ?? []);
	return { ...spec, model: { ...model, merges: listOfPairs(edit(merges, merges.length / 2)) } };
}

export const swapMerges = (spec: TokenizerSpec, ranks: readonly [number, number]): TokenizerSpec =>
	editMerges(spec, (merges, count) => {
		for (const rank of ranks) expectInteger('swap-merges: got rank', rank, 0, count - 1);
		swapPairs(merges, ...ranks);
		return merges;
	});

export const dropLastMerges = (spec: TokenizerSpec, dropped: number): TokenizerSpec =>
	editMerges(spec, (merges, count) => {
		expectInteger('drop-last-merges: got', dropped, 1, count);
		return merges.slice(0, 2 * (count - dropped));
	});

function swapPairs(merges: Uint32Array, first: number, second: number): void {
	for (let side = 0; side < 2; side++) {
		const id = merges[2 * first + side];
		merges[2 * first + side] = merges[2 * second + side];
		merges[2 * second + side] = id;
	}
}

/** Far above the ids of real tokenizers, but small enough for a table. */
const MAX_ID = (1 << 22) - 1;

export function swapIds(spec: TokenizerSpec, ids: readonly [number, number]): TokenizerSpec {
	for (const id of ids) expectInteger('swap-ids: got id', id, 0, largestId(spec));
	const [first, second] = ids;
	return renumber(spec, (id) => (id === first ? second : id === second ? first : id));
}

export function shiftIds(spec: TokenizerSpec, from: number, by: number): TokenizerSpec {
	const largest = largestId(spec);
	expectInteger('shift-ids: got the first id', from, 0, largest);
	expectInteger('shift-ids: got', by, 1, MAX_ID - largest);
	return renumber(spec, (id) => (id < from ? id : id + by));
}

export function largestId({ model, added_tokens }: TokenizerSpec): number {
	let largest = vocabularySize(model.vocabulary) - 1;
	for (const { id } of added_tokens) largest = Math.max(largest, id);
	return largest;
}

/** Renumbers the tokens in every part of a spec, but keeps the order of the merges. */
function renumber(spec: TokenizerSpec, idOf: (id: number) => number): TokenizerSpec {
	const model = withListedMerges(spec.model);
	const contents: (Uint8Array | undefined)[] = [];
	for (let id = 0; id < vocabularySize(model.vocabulary); id++) {
		const bytes = tokenAt(model.vocabulary, id);
		if (bytes.length > 0) contents[idOf(id)] = bytes;
	}
	return {
		...spec,
		model: {
			...model,
			vocabulary: buildVocabulary(contents),
			merges: model.merges && listOfPairs(model.merges.pairs.map(idOf)),
			...(model.foreign_tokens && {
				foreign_tokens: model.foreign_tokens.map((token) => ({ ...token, id: idOf(token.id) }))
			})
		},
		added_tokens: spec.added_tokens.map((token) => ({ ...token, id: idOf(token.id) })),
		post_processor: spec.post_processor && renumberTemplate(spec.post_processor, idOf)
	};
}

function renumberTemplate(
	spec: PostProcessorSpec,
	idOf: (id: number) => number
): PostProcessorSpec {
	switch (spec.type) {
		case 'ByteLevel':
			return spec;
		case 'RobertaProcessing':
		case 'BertProcessing':
			return {
				...spec,
				sep: [spec.sep[0], idOf(spec.sep[1])],
				cls: [spec.cls[0], idOf(spec.cls[1])]
			};
		case 'Sequence':
			return { ...spec, processors: spec.processors.map((step) => renumberTemplate(step, idOf)) };
		case 'TemplateProcessing':
			return {
				...spec,
				special_tokens: Object.fromEntries(
					Object.entries(spec.special_tokens).map(([name, token]) => [
						name,
						{ ...token, ids: token.ids.map(idOf) }
					])
				)
			};
	}
}
