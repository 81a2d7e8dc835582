import type { PrerenderedWord } from '../../src/lib/features/strawberry/prerender';
import { variantsOf } from '../../src/lib/features/strawberry/variants';
import { traceWord } from '../../src/lib/features/strawberry/word-merges';
import type { StrawberryWorkers } from '../../src/lib/features/strawberry/worker';
import { createTokenizer, type Encoding } from '../../src/lib/engine';
import { endingAt, fakeMethods } from './fake-calls';
import { smallRanks } from './small-specs';

/** Workers for the Strawberry page. The test answers the calls. */
export function fakeStrawberry() {
	const { methods, calls } = fakeMethods('splitVariants', 'traceWord');
	const workers: StrawberryWorkers = methods;
	return { workers, splitCalls: calls.splitVariants, traceCalls: calls.traceWord };
}

/** Encodings in which each text is a single token. */
export const oneTokenEach = (texts: readonly string[]): readonly Encoding[] =>
	texts.map((text) => endingAt(Buffer.byteLength(text)));

export const textsOf = (word: string): readonly string[] =>
	variantsOf(word).map(({ text }) => text);

/** A prerendered word. Each of the word's variants is a single token in the given tokenizers. */
export function prerenderedWord(word: string, tokenizers: readonly string[] = []): PrerenderedWord {
	const encodings = tokenizers.map((id) => [id, oneTokenEach(textsOf(word))] as const);
	const trace = traceWord(createTokenizer(smallRanks()), word);
	const claimed = { alone: 0, sentence: 0 };
	return { word, encodings: Object.fromEntries(encodings), trace, claimed };
}
