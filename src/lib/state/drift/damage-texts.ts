import { downloadCorpus } from '../../catalogue/corpora';
import { splitDocuments } from '../../catalogue/documents';
import type { DamageNote } from '../../drift/damage/types';
import { DAMAGE_CORPORA } from '../../content/drift/damage-corpora';
import { encodeUtf8 } from '../../engine/text/utf8';
import type { DamageText } from './damage.svelte';
import type { DiffDocuments } from './documents.svelte';
import type { DiffDocument } from './diff-text.svelte';
import { LEAST, type OwnCorpus } from './own-corpus.svelte';

/** A text as the page offers it. */
export interface OfferedText extends DamageText {
	readonly id: string;
	/** In the list of texts. */
	readonly label: string;
	/** What is in it and whose it is; null for the user's. */
	readonly note: DamageNote | null;
}

/** The examples, by what they are asked for. */
const PACKED: readonly OfferedText[] = DAMAGE_CORPORA.map(({ id, name, note }) => ({
	id,
	key: id,
	name,
	label: name,
	note,
	documents: () => corpusDocuments(id, name)
}));

/** An example corpus. @throws Error where there is none of that id */
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

/** What damage can be measured on: examples, what the diff is shown on where that is long enough, text of one's own. */
export function damageTexts(shown: DiffDocuments, own: OwnCorpus): readonly OfferedText[] {
	const { all } = shown;
	const bytes = all.reduce((sum, { text }) => sum + text.length, 0);
	const given = (id: string, label: string, documents: readonly DiffDocument[]): OfferedText => ({
		id,
		key: documents,
		name: documents.length > 1 ? `${documents.length} files` : documents[0].name,
		label,
		note: null,
		documents: () => Promise.resolve(documents)
	});
	const size = `${Math.round(bytes / 1000).toLocaleString('en')} kB`;
	return [
		...PACKED,
		...(bytes >= LEAST ? [given('shown', `the text above, ${size}`, all)] : []),
		given('own', 'your own text or files …', own.all)
	];
}
