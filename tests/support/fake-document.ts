import { vi } from 'vitest';
import {
	PageDocument,
	type DocumentOptions,
	type OpenedLink
} from '../../src/lib/session/documents/document.svelte';
import {
	modelPerTokenizer,
	tokenizer,
	tokenizers,
	tokenOf
} from '../../src/lib/session/documents/fields';
import type { LinkContent, LinkInput } from '../../src/lib/session/documents/link-codec';
import { text as textField, whole } from '../../src/lib/session/documents/schema';
import { NAMES, recordAddress, urlOf } from './fake-address';

const FIELDS = {
	list: tokenizers('t', ['gpt2']),
	beside: tokenizer('beside', 'llama3'),
	count: whole('n', 0, 0),
	search: { ...textField('q', ''), isTyped: true },
	place: { ...whole('place', null, 0), refersToInput: true },
	pin: tokenOf('pin'),
	price: modelPerTokenizer('price', () => true)
};
export const FILES = [new File(['abc'], 'a.txt')];

type Options = DocumentOptions<typeof FIELDS, typeof NAMES>;

export const text = (value: string): LinkInput => ({ kind: 'text', value });
/** Input of a page opened without a link. */
export const FIRST = text('first');

/**
 * Creates a document with fake inputs. `settle` changes the document, and waits until the new URL has been written.
 * Needs fake timers.
 */
export function fakeDocument(options: Partial<Options> = {}) {
	const { written, replace, settle } = recordAddress();
	const shown = { content: 'default' as LinkContent };
	const take = vi.fn<(link: OpenedLink) => void>(({ input }) => {
		if (input) shown.content = input;
	});
	const openFiles = vi.fn(() => Promise.resolve());
	const document = new PageDocument(FIELDS, {
		names: NAMES,
		input: {
			default: FIRST,
			content: () => shown.content,
			hasSample: () => typeof shown.content === 'object' && shown.content.sample !== undefined,
			take,
			files: () => FILES,
			openFiles
		},
		replace,
		...options
	});
	const show = (patch: Partial<typeof document.value>, content: LinkContent = 'default') => {
		document.set(patch);
		shown.content = content;
		return document.write();
	};
	return {
		...{ document, value: document.value, shown, take, openFiles, written, show },
		settle: (...change: Parameters<typeof show>) => settle(() => show(...change)),
		read: (rest: string) => document.read(urlOf(rest))
	};
}
