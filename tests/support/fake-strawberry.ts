import {
	joinEncodings,
	type JoinedEncodings
} from '../../src/lib/features/strawberry/joined-encodings';
import type { StrawberryWorkers } from '../../src/lib/features/strawberry/worker';
import { endingAt, fakeMethods } from './fake-calls';

/** The workers of the Strawberry page. The test answers their calls. */
export function fakeStrawberry() {
	const { methods, calls } = fakeMethods('splitVariants', 'traceWord');
	const workers: StrawberryWorkers = methods;
	return { workers, splitCalls: calls.splitVariants, traceCalls: calls.traceWord };
}

/** An answer in which each text is one token. */
export const oneTokenEach = (texts: readonly string[]): JoinedEncodings =>
	joinEncodings(texts.map((text) => endingAt(Buffer.byteLength(text))));
