import fc from 'fast-check';

const word = fc.constantFrom(
	...['the', 'Hello', 'tokenizer', "don't", 'naïve', 'größer', 'привет', 'Мир', '你好', '世界'],
	...['こんにちは', 'カタカナ', 'مرحبا', 'שלום', 'สวัสดี', 'नमस्ते', '안녕', 'tiếng', 'e\u0301', 'ﬁ'],
	...['x', 'A', 'ǅ', '𝒳', '👩\u200d💻', '12', '34567', '٣', '<|endoftext|>', '<s>', '</s>', '▁']
);
const between = fc.constantFrom(
	...['\n', '\n', '\n', ' ', ' ', ' ', '', '  ', '\n\n', ' \n', '\n ', '\r\n', '\r', '\t', '\n\t'],
	...[
		'.',
		', ',
		'.\n',
		'!?',
		"'",
		'-',
		'(',
		')\n',
		'\u00a0',
		'\u3000',
		'\u0085',
		'\ufeff',
		'\u2028'
	],
	...['\u0301', '\u200d', '\0', '\ud800']
);
const part = fc.oneof(
	{ weight: 5, arbitrary: fc.tuple(word, between).map((parts) => parts.join('')) },
	{ weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 4 }) }
);

/**
 * Words of many scripts, what separates words, and any Unicode at all; lone surrogates may
 * occur.
 */
export const multilingualText = fc.array(part, { maxLength: 40 }).map((parts) => parts.join(''));
