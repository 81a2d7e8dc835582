import {
	PageDocument,
	type DocumentValue,
	type Names
} from '../../src/lib/session/documents/document.svelte';
import type { LinkSchema } from '../../src/lib/session/documents/schema';

/** A document that writes no address. */
export const unwrittenDocument = <S extends LinkSchema<Names>>(
	fields: S,
	defaults: Partial<DocumentValue<S>> = {}
) =>
	new PageDocument<Names, S>(fields, {
		names: { has: () => true },
		defaults,
		replace: () => undefined
	});
