/** An id that has no token: beyond the vocabulary, or left out by it. */
export class NoTokenError extends RangeError {}
