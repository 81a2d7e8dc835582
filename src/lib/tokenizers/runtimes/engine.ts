import type { DecodeOptions, EncodeOptions, Encoding, Tokenizer } from '../../engine';
import type { VocabularyRuntime } from './runtime';

/** The lab's engine as a runtime. */
export class EngineRuntime implements VocabularyRuntime {
	readonly name = 'lab';
	readonly tokenizer: Tokenizer;

	constructor(tokenizer: Tokenizer) {
		this.tokenizer = tokenizer;
	}

	get vocabularySize(): number {
		return this.tokenizer.vocabularySize;
	}

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
