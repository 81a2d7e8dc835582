import { graphemeEnd } from './graphemes';
import { lowercaseOf } from './lowercase';
import { isWordCharacter, scriptOf } from './rare-classes';
import { compileRegex } from './regex/matcher';

/** Implements `Extras`. Loaded separately from the engine. */
export const EXTRAS = {
	compileRegex,
	isWordCharacter,
	scriptOf,
	lowercaseOf,
	graphemeEnd
};
