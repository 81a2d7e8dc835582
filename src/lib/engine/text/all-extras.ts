import type { Extras } from './extras';
import { isWordCharacter, scriptOf } from './rare-classes';
import { compileRegex } from './regex/matcher';

export const EXTRAS: Extras = { compileRegex, isWordCharacter, scriptOf };
