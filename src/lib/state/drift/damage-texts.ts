import { downloadCorpus } from '../../catalogue/corpora';
import { splitDocuments } from '../../catalogue/documents';
import { encodeUtf8 } from '../../engine/text/utf8';
import type { DamageText } from './damage.svelte';
import type { DiffDocuments } from './documents.svelte';
import type { DiffDocument } from './diff-text.svelte';

/** Bytes below which a text of the user's teaches a model nothing. */
const LEAST = 20_000;

const packed = (id: string, name: string) => ({
	id,
	name,
	size: '',
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
export function damageTexts(
	documents: DiffDocuments
): readonly (DamageText & { readonly id: string; readonly size: string })[] {
	const all = documents.all;
	const bytes = all.reduce((sum, { text }) => sum + text.length, 0);
	const own = {
		id: 'own',
		name: all.length > 1 ? 'your files' : documents.text === null ? all[0].name : 'your text',
		size: ` (${Math.round(bytes / 1000).toLocaleString('en')} kB)`,
		documents: () => Promise.resolve(all)
	};
	return [
		packed('factbook', 'country profiles'),
		packed('code', 'JavaScript'),
		packed('languages', 'twenty languages'),
		...(bytes >= LEAST ? [own] : [])
	];
}
