import type { Extras } from './extras';
import { graphemeEnd } from './graphemes';
import { lowercaseOf } from './lowercase';
import { isWordCharacter, scriptOf } from './rare-classes';
import { compileRegex } from './regex/matcher';

export const EXTRAS: Extras = {
	compileRegex,
	isWordCharacter,
	scriptOf,
	lowercaseOf,
	graphemeEnd
};
