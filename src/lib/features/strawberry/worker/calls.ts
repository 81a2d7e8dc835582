/** Calls about one word: how it is cut in many spellings, and how it came together. */
import type { Ladder } from '../ladder';
import type { StandingCut } from '../rivals';
import type { Spellings } from '../spelling';
import type { TokenizerChoice } from '../../../session/worker/tokenizing-calls';

export interface SpellingCalls {
	/** Many short texts in one message: typing a word asks for all its spellings at once. */
	spellings: { params: SpellingsParams; result: Spellings };
	/** Every merge of a short text, and why its cuts stand. */
	ladder: { params: LadderParams; result: WordLadder };
}

export interface SpellingsParams extends TokenizerChoice {
	readonly texts: readonly string[];
}

export interface LadderParams extends TokenizerChoice {
	readonly text: string;
	/** Byte of the text's UTF-8 from which on its tokens are followed; 0 for all. */
	readonly byteStart: number;
}

export interface WordLadder {
	readonly ladder: Ladder;
	readonly cuts: readonly StandingCut[];
}
