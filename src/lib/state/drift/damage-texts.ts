import { downloadCorpus } from '../../catalogue/corpora';
import { splitDocuments } from '../../catalogue/documents';
import { DAMAGE_CORPORA, type DamageCorpus } from '../../content/drift/damage-corpora';
import type { DamageNote } from '../../content/drift/damage-notes';
import { encodeUtf8 } from '../../engine/text/utf8';
import type { DamageText } from './damage.svelte';
import type { DiffDocuments } from './documents.svelte';
import type { DiffDocument } from './diff-text.svelte';

/** Bytes below which a text of the user's teaches a model nothing. */
const LEAST = 20_000;

/** A text as the page offers it. */
export interface OfferedText extends DamageText {
	readonly id: string;
	readonly size: string;
	/** What is in it and whose it is; null for the user's. */
	readonly note: DamageNote | null;
}

const packed = ({ id, name, note }: DamageCorpus): OfferedText => ({
	id,
	name,
	size: '',
	note,
	documents: () => corpusDocuments(id, name)
});

/** The documents of a packed corpus. */
export async function corpusDocuments(id: string, name: string): Promise<readonly DiffDocument[]> {
	const documents = splitDocuments(await downloadCorpus(id), name);
	return documents.map((document) => ({
		name: document.name,
		text: encodeUtf8(document.text)
	}));
}

/** What damage can be measured on: examples, and the user's text or files where they are long enough. */
export function damageTexts(documents: DiffDocuments): readonly OfferedText[] {
	const all = documents.all;
	const bytes = all.reduce((sum, { text }) => sum + text.length, 0);
	const own: OfferedText = {
		id: 'own',
		note: null,
		name: all.length > 1 ? 'your files' : documents.text === null ? all[0].name : 'your text',
		size: ` (${Math.round(bytes / 1000).toLocaleString('en')} kB)`,
		documents: () => Promise.resolve(all)
	};
	return [...DAMAGE_CORPORA.map(packed), ...(bytes >= LEAST ? [own] : [])];
}
