import {
	joinEncodings,
	type JoinedEncodings
} from '../../src/lib/features/strawberry/joined-encodings';
import type { StrawberryWorkers } from '../../src/lib/features/strawberry/worker';
import { endingAt, fakeCalls } from './fake-calls';

/** The workers of the Strawberry page. The test answers their calls. */
export function fakeStrawberry() {
	const splitVariants = fakeCalls<'splitVariants'>();
	const traceWord = fakeCalls<'traceWord'>();
	const workers: StrawberryWorkers = {
		splitVariants: splitVariants.method,
		traceWord: traceWord.method
	};
	return { workers, splitCalls: splitVariants.calls, traceCalls: traceWord.calls };
}

/** An answer in which each text is one token. */
export const oneTokenEach = (texts: readonly string[]): JoinedEncodings =>
	joinEncodings(texts.map((text) => endingAt(Buffer.byteLength(text))));
