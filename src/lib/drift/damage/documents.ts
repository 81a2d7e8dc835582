/**
 * Reads and writes a corpus of several documents in one file. Each document starts with a form feed and a line with its
 * name.
 */

export interface CorpusDocument {
	readonly name: string;
	readonly text: string;
}

const SEPARATOR = '\f';

/** @throws Error if a name or text contains a character that separates documents */
export function joinDocuments(documents: readonly CorpusDocument[]): string {
	for (const { name, text } of documents) {
		if (name.includes('\n') || `${name}${text}`.includes(SEPARATOR)) {
			throw new Error(`document ${JSON.stringify(name)}: got a form feed, or a name of two lines`);
		}
	}
	return documents.map(({ name, text }) => `${SEPARATOR}${name}\n${text}`).join('');
}

/** Splits a corpus into its documents. A file without form feeds is a single document named `whole`. */
export function splitDocuments(corpus: string, whole: string): CorpusDocument[] {
	if (!corpus.startsWith(SEPARATOR)) return [{ name: whole, text: corpus }];
	return corpus
		.slice(1)
		.split(SEPARATOR)
		.map((document) => {
			const end = document.indexOf('\n');
			return { name: document.slice(0, end), text: document.slice(end + 1) };
		});
}
