import { joinEncodings, type Spellings } from '../../src/lib/features/strawberry/spelling';
import type { SpellingWorkers } from '../../src/lib/features/strawberry/strawberry.svelte';
import { endingAt, fakeCalls } from './fake-calls';

/** The workers of the Strawberry page, whose calls the test answers. */
export function fakeSpelling() {
	const spellings = fakeCalls<'spellings'>();
	const ladder = fakeCalls<'ladder'>();
	const workers: SpellingWorkers = { spellings: spellings.method, ladder: ladder.method };
	return { workers, spellings: spellings.calls, ladders: ladder.calls };
}

/** An answer in which each text is one token. */
export const oneTokenEach = (texts: readonly string[]): Spellings =>
	joinEncodings(texts.map((text) => endingAt(Buffer.byteLength(text))));
