import { PageDocument, type DocumentValue } from '../../src/lib/session/documents/document.svelte';
import type { TokenizerNames } from '../../src/lib/session/documents/fields';
import type { LinkSchema } from '../../src/lib/session/documents/schema';

/** A document that writes no address. */
export const unwrittenDocument = <S extends LinkSchema<TokenizerNames>>(
	fields: S,
	defaults: Partial<DocumentValue<S>> = {}
) =>
	new PageDocument<TokenizerNames, S>(fields, {
		names: { has: () => true },
		defaults,
		replace: () => undefined
	});
