import type { TokenKind } from '../../engine';

/**
 * The kinds of tokens as the drawing needs them. The interface takes only types from the engine;
 * the type checks that the numbers are the engine's.
 */
export const KIND: typeof TokenKind = {
	ordinary: 0,
	special: 1,
	added: 2,
	unknown: 3,
	byteFallback: 4
};
