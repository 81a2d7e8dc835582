import { byteLength } from '../engine/text';
import { scriptOf } from './script';
import type { MeasuredText } from './types';
import { wordsOf } from './words';

/** A text of the user's, measured as one part. Its language is unknown; its script is detected. */
export function ownText(text: string): MeasuredText {
	const partEnds = Uint32Array.of(byteLength(text));
	return { text, partEnds, words: wordsOf(text, scriptOf(text), null) };
}
