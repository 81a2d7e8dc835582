import { PreTrainedTokenizer } from '@xenova/transformers/src/tokenizers.js';
import type { DecodeOptions, EncodeOptions, Encoding, TokenizerSpec } from '../../engine';
import { alignTokens } from './align';
import { findAddedTokenPattern, splitAtAddedTokens } from './sections';
import { ModelTokens } from './model-tokens';
import { rebuildTokenizerJson } from './tokenizer-json';
import type { Runtime } from './types';

/**
 * Runs a spec with @xenova/transformers. Two changes to its input leave the ids as they are:
 * - its regex for added tokens has one capturing group per token, which aborts the process on Gemma
 *   3's 6,415; it gets one group for all, longest token first, as the references match them;
 * - tokenizers that merge a whole text at once (Llama 2) split it at `▁` first (see
 *   tokenizer-json.ts), which makes them thirteen times faster.
 */
export class TransformersJs implements Runtime {
	readonly name = 'transformers.js';
	readonly #spec: TokenizerSpec;
	readonly #tokenizer: PreTrainedTokenizer;
	readonly #table: ModelTokens;
	readonly #addedTokens: PreTrainedTokenizer['added_tokens'];

	constructor(spec: TokenizerSpec) {
		this.#spec = spec;
		this.#table = new ModelTokens(spec);
		this.#tokenizer = new PreTrainedTokenizer(rebuildTokenizerJson(spec), {
			clean_up_tokenization_spaces: false
		});
		this.#addedTokens = this.#tokenizer.added_tokens;
	}

	encode(text: string, { special = 'text' }: EncodeOptions = {}): Encoding {
		const wellFormed = text.toWellFormed();
		const parse = special === 'parse';
		this.#recognise(parse);
		// Without a regex to split by, the library would prepend a ▁ even to no text at all.
		const ids: number[] =
			wellFormed === ''
				? []
				: this.#tokenizer.encode(wellFormed, null, { add_special_tokens: false });
		return alignTokens(
			ids,
			splitAtAddedTokens(wellFormed, this.#spec, parse).sections,
			this.#table
		);
	}

	decode(ids: ArrayLike<number>, { skipSpecial = false }: DecodeOptions = {}): string {
		return this.#tokenizer.decode(Array.from(ids), { skip_special_tokens: skipSpecial });
	}

	/** The library finds added tokens by this regex, and then by name in this list. */
	#recognise(parse: boolean): void {
		const found = findAddedTokenPattern(this.#spec, parse);
		// Typed as never null, though the library itself sets null where there are none.
		this.#tokenizer.added_tokens_regex = (found &&
			new RegExp(`(${found.pattern.source})`)) as RegExp;
		this.#tokenizer.added_tokens = this.#addedTokens.filter(({ special }) => parse || !special);
	}
}
