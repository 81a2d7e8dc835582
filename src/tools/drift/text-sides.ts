import { sideBySide, type SideBySide } from '../../lib/drift/text/side-by-side';
import type { Tokenizer } from '../../lib/engine';
import { encodeUtf8 } from '../../lib/engine/text/utf8';

/** One text under two tokenizers, as a worker answers it. */
export function textSides(a: Tokenizer, b: Tokenizer, text: string): SideBySide {
	const bytes = encodeUtf8(text).length;
	return finish(
		sideBySide({ text, bytes, a: a.encode(text), b: b.encode(text) }, { a, b }, 'text')
	);
}

/** Takes steps to their end. */
export function finish<T>(steps: Generator<unknown, T>): T {
	for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}
