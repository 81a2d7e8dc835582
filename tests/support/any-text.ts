import fc from 'fast-check';

const codePoint = fc.integer({ min: 0, max: 0x10ffff }).map((value) => String.fromCodePoint(value));

/**
 * Any Unicode at all; lone surrogates may occur. As fast-check's `unit: 'binary'`, which takes a second to set up in each
 * test file.
 */
export const anyText = (constraints: Omit<fc.StringConstraints, 'unit'> = {}) =>
	fc.string({ ...constraints, unit: codePoint });
