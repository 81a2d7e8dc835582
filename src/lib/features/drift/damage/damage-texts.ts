import { downloadCorpus } from '../../../session/downloads/corpora';
import { splitDocuments } from '../../../drift/damage/documents';
import type { DamageNote } from '../../../drift/damage/types';
import { DAMAGE_CORPORA } from './damage-corpora';
import { encodeUtf8 } from '../../../engine/text';
import type { DamageQuestion, DamageText } from './damage.svelte';
import type { DiffDocuments } from '../diff/documents.svelte';
import type { DiffDocument } from '../diff/diff-text.svelte';
import { MIN_CORPUS_BYTES, type OwnCorpus } from './own-corpus.svelte';

/** A text that the page measures on. */
export interface OfferedText extends DamageText {
	readonly id: string;
	/** What is in it and whose it is; `null` for the user's. */
	readonly note: DamageNote | null;
}

/** The example corpora. */
const PACKED: readonly OfferedText[] = DAMAGE_CORPORA.map(({ id, name, note }) => ({
	id,
	key: id,
	name,
	note,
	documents: () => corpusDocuments(id, name)
}));

/** An example corpus. @throws Error if there is none of that id */
export function packedText(id: string): OfferedText {
	const found = PACKED.find((text) => text.id === id);
	if (!found) throw new Error(`there is no corpus "${id}" to measure on`);
	return found;
}

/** The documents of a packed corpus. */
async function corpusDocuments(id: string, name: string): Promise<readonly DiffDocument[]> {
	const documents = splitDocuments(await downloadCorpus(id), name);
	return documents.map((document) => ({
		name: document.name,
		text: encodeUtf8(document.text)
	}));
}

/** What damage is measured on: the example corpora, then the compared text and the user's own if they are long enough. */
export function damageTexts(shown: DiffDocuments, own: OwnCorpus): readonly OfferedText[] {
	const given = (id: string, name: string, documents: readonly DiffDocument[]): OfferedText => ({
		id,
		key: documents,
		name: documents.length > 1 ? `${documents.length} files` : name,
		note: null,
		documents: () => Promise.resolve(documents)
	});
	const bytes = shown.all.reduce((sum, { text }) => sum + text.length, 0);
	return [
		...PACKED,
		...(bytes >= MIN_CORPUS_BYTES ? [given('shown', 'the compared text', shown.all)] : []),
		...(own.sizes ? [given('own', own.all[0].name, own.all)] : [])
	];
}

/** What is asked about two sides: one question per text. */
export const damageQuestions = <T extends DamageText>(
	{ sides, rows }: Omit<DamageQuestion, 'text'>,
	texts: readonly T[]
): readonly (DamageQuestion & { readonly text: T })[] =>
	texts.map((text) => ({ sides, rows, text }));
