import { expect, it } from 'vitest';
import { findSpecialIds } from './special-ids';

it.each([
	[[128000, 9906], '128000 <|begin_of_text|>', 'llama3'],
	[[128000, 9, 128009], '128000 <|begin_of_text|> 128009 <|eot_id|>', 'llama3'],
	[[151644, 872], '151644 <|im_start|>', 'qwen2.5 qwen3'],
	// In a vocabulary with so many ids, 128000 is an ordinary token.
	[[128000, 199_000], undefined, undefined],
	// Special in many vocabularies, and ordinary in as many.
	[[1, 15043], undefined, undefined],
	[[], undefined, undefined]
])('of %j, the special tokens %s tell %s', (ids, tokens, tokenizers) => {
	const found = findSpecialIds(Uint32Array.from(ids), {
		llama3: [
			[128000, '<|begin_of_text|>'],
			[128009, '<|eot_id|>']
		],
		qwen3: [[151644, '<|im_start|>']],
		'qwen2.5': [[151644, '<|im_start|>']],
		llama2: [[1, '<s>']]
	});
	expect(found?.tokens.flat().join(' ')).toBe(tokens);
	expect(found?.tokenizers.join(' ')).toBe(tokenizers);
});
