import {
	buildVocabulary,
	tokenAt,
	vocabularySize,
	type PostProcessorSpec,
	type TokenizerSpec
} from '../../engine';
import { EditError } from './edit-error';
import { withListedMerges } from './listed-merges';

/** Largest id: far above those of real tokenizers, and tables as long as it can still be made. */
const MAX_ID = (1 << 22) - 1;

/** Two tokens trade ids. */
export function swapIds(spec: TokenizerSpec, ids: readonly [number, number]): TokenizerSpec {
	const size = largestId(spec) + 1;
	for (const id of ids) {
		if (!Number.isInteger(id) || id < 0 || id >= size) {
			throw new EditError(`swap-ids: got id ${id}, expected 0 to ${size - 1}`);
		}
	}
	const [first, second] = ids;
	return renumber(spec, (id) => (id === first ? second : id === second ? first : id));
}

/** Every id from one on becomes larger. */
export function shiftIds(spec: TokenizerSpec, from: number, by: number): TokenizerSpec {
	const largest = largestId(spec);
	if (!Number.isInteger(from) || from < 0 || from > largest) {
		throw new EditError(`shift-ids: got the first id ${from}, expected 0 to ${largest}`);
	}
	if (!Number.isInteger(by) || by < 1 || largest + by > MAX_ID) {
		throw new EditError(`shift-ids: got ${by}, expected 1 to ${MAX_ID - largest}`);
	}
	return renumber(spec, (id) => (id < from ? id : id + by));
}

function largestId({ model, added_tokens }: TokenizerSpec): number {
	let largest = vocabularySize(model.vocabulary) - 1;
	for (const { id } of added_tokens) largest = Math.max(largest, id);
	return largest;
}

/** Gives every token another id, wherever ids stand. Merges keep their order, so they must be listed. */
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
			merges: model.merges && model.merges.map(idOf),
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
