import { trainedSpec } from '../../src/lib/engine/train';
import type { TokenizerSpec } from '../../src/lib/engine';
import { trainOn } from './training';

/**
 * A tokenizer with tokens for only the bytes that occur in the text. Like Hugging Face's library, it drops all other
 * bytes.
 */
export const observedSpec = (text: string): TokenizerSpec =>
	trainedSpec(trainOn(text, { alphabet: 'observed', vocabularySize: 400 }));
