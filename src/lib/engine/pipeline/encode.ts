import { TokenKind, type Encoding } from '../encoding';
import type { BpeModel } from '../model/types';
import type { AddedTokenSpec } from '../spec';
import { IntBuffer } from '../structures/int-buffer';
import type { AlignedText } from '../text/aligned';
import { reuse } from './reuse';
import type { WalkVisitor } from './walk';

/** Collects the tokens of one text. Buffers are reused from one text to the next. */
export class EncodingBuilder implements WalkVisitor {
	readonly #model: BpeModel;
	readonly #ids = new IntBuffer(1 << 12);
	readonly #starts = new IntBuffer(1 << 12);
	readonly #ends = new IntBuffer(1 << 12);
	/** Ends in a text that is not the original, until they are mapped. */
	readonly #mapped = new IntBuffer(1 << 10);
	/** Null where the model gives ordinary tokens only. */
	readonly #kinds: IntBuffer | null;
	/** Positions of added tokens. */
	readonly #special: number[] = [];

	constructor(model: BpeModel, modelHasKinds: boolean) {
		this.#model = model;
		this.#kinds = modelHasKinds ? new IntBuffer(1 << 12) : null;
	}

	added(token: AddedTokenSpec, start: number, end: number): void {
		this.#special.push(this.#ids.length);
		this.#kinds?.push(TokenKind.special);
		this.#ids.push(token.id);
		this.#starts.push(start);
		this.#ends.push(end);
	}

	pieces(text: AlignedText, start: number, ends: IntBuffer, from: number, to: number): void {
		const first = this.#ids.length;
		if (text.origin === null) {
			this.#model.encodePieces(
				text.bytes,
				start,
				ends,
				from,
				to,
				this.#ids,
				this.#ends,
				this.#kinds
			);
			const added = this.#ids.length - first;
			if (added === 0) return;
			this.#starts.reserve(added);
			const starts = this.#starts.data;
			starts[first] = start;
			starts.set(this.#ends.data.subarray(first, first + added - 1), first + 1);
			this.#starts.length += added;
			return;
		}
		const mapped = this.#mapped;
		mapped.clear();
		this.#model.encodePieces(text.bytes, start, ends, from, to, this.#ids, mapped, this.#kinds);
		const { length, data } = mapped;
		this.#starts.reserve(length);
		this.#ends.reserve(length);
		const starts = this.#starts.data;
		const originalEnds = this.#ends.data;
		for (let i = 0, at = start; i < length; at = data[i++]) {
			starts[first + i] = text.origin.starts[at];
			originalEnds[first + i] = text.origin.ends[data[i] - 1];
		}
		this.#starts.length += length;
		this.#ends.length += length;
	}

	/** The encoding, and room for the next. */
	finish(): Encoding {
		const encoding = {
			ids: this.#ids.toArray(),
			byteStarts: this.#starts.toArray(),
			byteEnds: this.#ends.toArray(),
			kinds: this.#kindsOf()
		};
		this.clear();
		return encoding;
	}

	/** Ready for the next text, whatever the last left behind (an error may have). */
	clear(): void {
		for (const buffer of [this.#ids, this.#starts, this.#ends, this.#mapped]) reuse(buffer);
		if (this.#kinds) reuse(this.#kinds);
		this.#special.length = 0;
	}

	#kindsOf(): Uint8Array | undefined {
		const fromModel = this.#kinds;
		if (!fromModel && this.#special.length === 0) return undefined;
		const kinds = new Uint8Array(this.#ids.length);
		if (fromModel) kinds.set(fromModel.data.subarray(0, fromModel.length));
		else for (const position of this.#special) kinds[position] = TokenKind.special;
		return kinds.some((kind) => kind !== TokenKind.ordinary) ? kinds : undefined;
	}
}

/**
 * Makes starts and ends never decrease. Needed only where an added token took white space that
 * another added token begins in (see `added/finder.ts`): what was taken already belongs to the first.
 */
export function makeOffsetsMonotonic(encoding: Encoding): Encoding {
	const { byteStarts, byteEnds } = encoding;
	let taken = 0;
	for (let i = 1; i < byteStarts.length; i++) {
		if (byteEnds[i] < byteEnds[i - 1]) taken = byteEnds[i - 1];
		if (byteStarts[i] < taken) byteStarts[i] = taken;
		if (byteEnds[i] < taken) byteEnds[i] = taken;
	}
	return encoding;
}
