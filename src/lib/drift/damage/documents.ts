/** Reads and writes a corpus of several documents in one file: a form feed before each, then its name on a line. */

export interface CorpusDocument {
	readonly name: string;
	readonly text: string;
}

const SEPARATOR = '\f';

/** @throws Error if a name or a text has a character that separates documents */
export function joinDocuments(documents: readonly CorpusDocument[]): string {
	for (const { name, text } of documents) {
		if (name.includes('\n') || `${name}${text}`.includes(SEPARATOR)) {
			throw new Error(`document ${JSON.stringify(name)}: got a form feed, or a name of two lines`);
		}
	}
	return documents.map(({ name, text }) => `${SEPARATOR}${name}\n${text}`).join('');
}

/** The documents of a corpus; a file without form feeds is one document named `whole`. */
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
