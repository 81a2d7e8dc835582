import type { TokenizerSpec } from '../engine';
import type { FileFields } from '../tokenizers/files/file-fields';
import { createLibraryRuntime, type Build, type Runtime } from '../tokenizers/runtimes/runtime';
import { quote } from './format';
import { PARSED } from './compare-output';
import { equalNumbers } from './equal';
import type { ConfigDifference, Outcome, Witness } from './types';
import { spread } from './sampling';
import { reasonOf } from '../engine/text';

/**
 * Ids of the added tokens in a file, by content. transformers.js uses these ids, but Hugging Face’s library ignores
 * them: it uses the id in the vocabulary or the next free one.
 */
type AddedIds = ReadonlyMap<string, number>;

interface Side {
	readonly spec: TokenizerSpec;
	/** Defaults to the ids in {@link spec}. */
	readonly addedIds?: FileFields['addedIds'];
}

const MAX_TOKENS = 200;

/**
 * Compares the output of transformers.js, as the lab runs it, for added tokens whose ids differ between the files.
 * `null` if there are no such tokens or the output is the same for all those tried.
 */
export async function compareAddedIds(
	a: Side,
	b: Side,
	build: Build
): Promise<ConfigDifference | null> {
	const [idsA, idsB] = [idsOf(a), idsOf(b)];
	const changed = [...idsA].filter(([content, id]) => idsB.get(content) !== id);
	// A token found on only one side has already been reported as a difference between the specs.
	const shared = changed.filter(([content]) => idsB.has(content)).map(([content]) => content);
	if (shared.length === 0) return null;
	const runtimes = {
		a: await startOrNull(a.spec, idsA, build),
		b: await startOrNull(b.spec, idsB, build)
	};
	for (const content of spread(shared, MAX_TOKENS)) {
		const texts = runtimes.a && runtimes.b ? [content, `a ${content} b`] : [content];
		for (const text of texts) {
			const witness: Witness = {
				reference: 'transformers.js',
				does: 'encode',
				inputs: [text],
				...PARSED,
				a: outcomeOf(runtimes.a, idsA, content, text),
				b: outcomeOf(runtimes.b, idsB, content, text)
			};
			if (sameOutcome(witness.a, witness.b)) continue;
			return {
				field: 'added_tokens[].id',
				a: JSON.stringify(idsA.get(content)),
				b: JSON.stringify(idsB.get(content)),
				severity: 'silent',
				sentence: `The id of ${quote(content)}. Hugging Face’s library ignores it, transformers.js uses it.`,
				example: null,
				witness,
				proven: false
			};
		}
	}
	return null;
}

const idsOf = ({ spec, addedIds }: Side): AddedIds =>
	new Map(addedIds ?? spec.added_tokens.map(({ content, id }) => [content, id]));

function startOrNull(spec: TokenizerSpec, ids: AddedIds, build: Build): Promise<Runtime | null> {
	const added_tokens = spec.added_tokens.map((token) => ({
		...token,
		id: ids.get(token.content) ?? token.id
	}));
	return createLibraryRuntime('transformers.js', { ...spec, added_tokens }, build).catch(
		() => null
	);
}

const sameOutcome = (a: Outcome, b: Outcome): boolean =>
	a.error === b.error && a.text === b.text && equalNumbers(a.ids, b.ids);

/** Without a runtime, returns the id in the file, which is what the library would output for the token alone. */
function outcomeOf(runtime: Runtime | null, ids: AddedIds, content: string, text: string): Outcome {
	const id = ids.get(content);
	if (!runtime) return { ids: id === undefined ? [] : [id], text: content };
	try {
		const { ids } = runtime.encode(text, PARSED);
		return { ids: [...ids], text: runtime.decode(ids) };
	} catch (error) {
		return { ids: [], text: '', error: reasonOf(error) };
	}
}
