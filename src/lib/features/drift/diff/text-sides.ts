import { sideBySide, type SideBySide } from '../../../drift/text/side-by-side';
import type { Tokenizer } from '../../../engine';
import { encodeUtf8 } from '../../../engine/text';

/** One text in two tokenizers, as a worker answers it. */
export function textSides(a: Tokenizer, b: Tokenizer, text: string): SideBySide {
	const bytes = encodeUtf8(text).length;
	return runToEnd(
		sideBySide({ text, bytes, a: a.encode(text), b: b.encode(text) }, { a, b }, 'text')
	);
}

/** The result of a generator's last step. */
export function runToEnd<T>(steps: Generator<unknown, T>): T {
	for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}
