import type { DecodeOptions, EncodeOptions, Encoder, Encoding, Tokenizer } from '../../engine';
import type { Runtime } from './runtime';

/** The lab's engine as a runtime. */
export class EngineRuntime implements Runtime, Encoder {
	readonly name = 'lab';

	constructor(readonly tokenizer: Tokenizer) {}

	/** Largest id + 1. */
	get vocabularySize(): number {
		return this.tokenizer.vocabularySize;
	}

	/** @param text a string or its UTF-8, which must be well-formed */
	encode(text: string | Uint8Array, options?: EncodeOptions): Encoding {
		return this.tokenizer.encode(text, options);
	}

	decode(ids: ArrayLike<number>, options?: DecodeOptions): string {
		return this.tokenizer.decode(ids, options);
	}

	tokenBytes(id: number): Uint8Array {
		return this.tokenizer.tokenBytes(id);
	}
}
