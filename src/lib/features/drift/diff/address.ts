import {
	readDiff,
	writeDiff,
	type DiffViewLink,
	type DriftSides,
	type LinkedDiff
} from '../../../session/links/diff';
import { SIDES_NOT_OPENED } from '../../../session/links/messages';
import { PageAddress, type Names } from '../../../session/links/page-address.svelte';
import type { DiffDocument } from './diff-text.svelte';
import type { DiffDocuments } from './documents.svelte';

/** The state that a link restores; a test passes a plain object. */
export interface LinkedState {
	readonly diff: LinkedDiff & { set(sides: DriftSides, rows: number | null): void };
	readonly view: { readonly link: DiffViewLink; restore(link: DiffViewLink): void };
	/** The user's text; `null` if files are compared. */
	readonly documents: Pick<DiffDocuments, 'text' | 'all' | 'open'>;
	readonly setText: (text: string) => void;
	readonly tokenizers: Names;
	/** The state of a plain address. */
	readonly firstAddress: LinkedDiff & { readonly text: string };
}

/** Files of documents, each made once, so that an unchanged one is not stored again. */
const made = new WeakMap<DiffDocument, File>();

function fileOf(document: DiffDocument): File {
	const found = made.get(document);
	if (found) return found;
	const file = new File([new Uint8Array(document.text)], document.name);
	made.set(document, file);
	return file;
}

/**
 * Keeps both sides, the rows, the text and the view in the address. If one side of a link cannot be read, the
 * other is not taken over either: half a pair would be a different question.
 */
export const createDiffAddress = (
	{ diff, view, documents, setText, tokenizers, firstAddress }: LinkedState,
	replace: (address: string) => void
): PageAddress =>
	new PageAddress(
		{
			load: () => tokenizers.load(),
			links: tokenizers.links,
			defaultInput: { kind: 'text', value: firstAddress.text },
			files: () => documents.all.map(fileOf),
			openFiles: (files) => documents.open(files),
			marksHash: true,
			typed: ['edit-a', 'edit-b', 'vocabulary-find', 'unreachable-find'],
			input: () => documents.text,
			read(search, input) {
				const { values, problems } = readDiff(search, firstAddress, tokenizers);
				const { sides, rows, ...linkedView } = values;
				const take = (_isSound: boolean, keepsInput: boolean) => {
					if (sides || rows !== null) diff.set(sides ?? diff.sides, rows);
					// An anchor alone, such as a row of a table, says nothing about the view.
					if (input || search.size > 0) view.restore(linkedView);
					if (input && !keepsInput) setText(input.value);
				};
				return { problems, take, isUnreadable: problems.includes(SIDES_NOT_OPENED) };
			},
			write() {
				const { text } = documents;
				const search = writeDiff({ sides: diff.sides, rows: diff.rows, ...view.link });
				const hasText = text !== null && text !== firstAddress.text;
				// A plain address stays plain until something is changed.
				const isPlain = !hasText && search === writeDiff(firstAddress);
				return {
					search,
					isPlain,
					content() {
						if (text === null) return 'file';
						return hasText ? { kind: 'text', value: text } : 'nothing';
					}
				};
			}
		},
		replace
	);
