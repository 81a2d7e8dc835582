import { trainedSpec } from '../../src/lib/engine/train';
import type { TokenizerSpec } from '../../src/lib/engine';
import { trainOn } from './training';

/** A tokenizer whose only bytes are those of the text. Like Hugging Face's, it drops all others. */
export const observedSpec = (text: string): TokenizerSpec =>
	trainedSpec(trainOn(text, { alphabet: 'observed', vocabularySize: 400 }));
