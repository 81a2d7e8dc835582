import { alignEncodings } from '../../lib/analysis/drift/text/align';
import { readIds, returnTrip } from '../../lib/analysis/drift/text/read';
import type { Tokenizer } from '../../lib/engine';
import { encodeUtf8 } from '../../lib/engine/text/utf8';
import type { DriftSides } from '../../lib/workers/calls/drift';

/** One text under two tokenizers, as a worker answers it. */
export function textSides(a: Tokenizer, b: Tokenizer, text: string): DriftSides {
	const encodings = { a: a.encode(text), b: b.encode(text) };
	return {
		...encodings,
		alignment: alignEncodings(encodings.a, encodings.b, encodeUtf8(text).length),
		modelReads: readIds(a, encodings.b.ids),
		answerReads: readIds(b, encodings.a.ids),
		roundTrip: {
			a: returnTrip(a, text, encodings.a.ids, 'text'),
			b: returnTrip(b, text, encodings.b.ids, 'text')
		}
	};
}

/** Takes steps to their end. */
export function finish<T>(steps: Generator<unknown, T>): T {
	for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}
