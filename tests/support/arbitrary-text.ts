import fc from 'fast-check';

/** Any code point except surrogates, as in fast-check's `binary` unit, which takes a second to create. */
export const codePoint = fc
	.oneof(fc.integer({ min: 0, max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10ffff }))
	.map((code) => String.fromCodePoint(code));

/** Any Unicode text, possibly with lone surrogates. */
export const anyText = (constraints: Omit<fc.StringConstraints, 'unit'> = {}) =>
	fc.string({
		...constraints,
		unit: fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code))
	});

const word = fc.constantFrom(
	...['the', 'Hello', 'tokenizer', "don't", 'naïve', 'größer', 'привет', 'Мир', '你好', '世界'],
	...['こんにちは', 'カタカナ', 'مرحبا', 'שלום', 'สวัสดี', 'नमस्ते', '안녕', 'tiếng', 'e\u0301', 'ﬁ'],
	...['x', 'A', 'ǅ', '𝒳', '👩\u200d💻', '12', '34567', '٣', '<|endoftext|>', '<s>', '</s>', '▁']
);
const between = fc.constantFrom(
	...['\n', '\n', '\n', ' ', ' ', ' ', '', '  ', '\n\n', ' \n', '\n ', '\r\n', '\r', '\t', '\n\t'],
	...['.', ', ', '.\n', '!?', "'", '-', '(', ')\n', '\u00a0', '\u3000', '\u0085', '\ufeff'],
	...['\u2028'],
	...['\u0301', '\u200d', '\0', '\ud800']
);
const part = fc.oneof(
	{ weight: 5, arbitrary: fc.tuple(word, between).map((parts) => parts.join('')) },
	{ weight: 1, arbitrary: fc.string({ unit: codePoint, maxLength: 4 }) }
);

/** Words in many scripts, separators, and any other Unicode text, possibly with lone surrogates. */
export const multilingualText = fc.array(part, { maxLength: 40 }).map((parts) => parts.join(''));
