import { decodeBase64 } from '../text/base64';
import { firstInvalidUtf8 } from '../text/utf8';

/** The largest published tables are about 0.6 MB. */
const MAX_CHARSMAP_BYTES = 1 << 22;
const IS_VALUE = 0x80000000;
const HAS_VALUE = 0x100;
const LABEL = IS_VALUE | 0xff;

/**
 * The table of SentencePiece's normalizer (`precompiled_charsmap`). It consists of the size in bytes of a double-array
 * trie, the trie in darts-clone's format, and NUL-terminated replacements. The trie maps each string to the offset of
 * its replacement.
 */
export class Charsmap {
	readonly #units: Uint32Array;
	readonly #normalized: Uint8Array;
	/** Replacements by offset. */
	readonly #contents = new Map<number, Uint8Array>();

	/** @throws Error if the table is damaged */
	constructor(base64: string) {
		const tooLong = base64.length > (MAX_CHARSMAP_BYTES / 3) * 4;
		const bytes = tooLong ? null : decodeBase64(base64);
		if (!bytes) {
			const found = tooLong ? `${base64.length} characters` : "text that isn't base64";
			throw damaged(`got ${found}, expected at most ${MAX_CHARSMAP_BYTES} bytes in base64`);
		}
		const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		const size = bytes.length < 4 ? null : view.getUint32(0, true) >>> 2;
		if (size === null || size === 0 || 4 + 4 * size > bytes.length) {
			const claim = size === null ? '' : ` that name a trie of ${size} units`;
			throw damaged(`got ${bytes.length} bytes${claim}, expected a trie and its replacements`);
		}
		this.#units = Uint32Array.from({ length: size }, (_, i) => view.getUint32(4 + 4 * i, true));
		this.#normalized = bytes.subarray(4 + 4 * size);
		const invalid = firstInvalidUtf8(this.#normalized);
		if (invalid >= 0)
			throw damaged(`got replacements that aren't UTF-8 at byte ${invalid}, expected UTF-8`);
		this.#check();
	}

	/**
	 * Finds the shortest or longest string in the table at the start of `bytes[start, end)`. Returns its end and
	 * replacement; `null` if there is none.
	 */
	find(
		bytes: Uint8Array,
		start: number,
		end: number,
		longest: boolean
	): { readonly end: number; readonly content: Uint8Array } | null {
		const units = this.#units;
		let found = 0;
		let matchEnd = start;
		let position = offsetOf(units[0]);
		for (let at = start; at < end; at++) {
			const byte = bytes[at];
			if (byte === 0) break;
			position ^= byte;
			const unit = units[position];
			if ((unit & LABEL) >>> 0 !== byte) break;
			position ^= offsetOf(unit);
			if ((unit & HAS_VALUE) === 0) continue;
			found = valueOf(units[position]);
			matchEnd = at + 1;
			if (!longest) break;
		}
		return matchEnd > start ? { end: matchEnd, content: this.#contentAt(found) } : null;
	}

	#contentAt(start: number): Uint8Array {
		let content = this.#contents.get(start);
		if (!content) {
			const end = this.#normalized.indexOf(0, start);
			content = this.#normalized.subarray(start, end < 0 ? undefined : end);
			this.#contents.set(start, content);
		}
		return content;
	}

	/** Checks every path in the trie. @throws Error if a path leads outside the trie or the replacements */
	#check(): void {
		const units = this.#units;
		const seen = new Uint8Array(units.length);
		const queue = [offsetOf(units[0])];
		for (let base = queue.pop(); base !== undefined; base = queue.pop()) {
			// Any byte may follow, so there must be a unit for each one.
			if ((base | 0xff) >= units.length) {
				throw damaged(
					`got a trie that leads to unit ${base | 0xff}, expected less than ${units.length}`
				);
			}
			if (seen[base] === 1) continue;
			seen[base] = 1;
			for (let byte = 1; byte < 256; byte++) {
				const position = base ^ byte;
				const unit = units[position];
				if ((unit & LABEL) >>> 0 !== byte) continue;
				const next = position ^ offsetOf(unit);
				queue.push(next);
				if (unit & HAS_VALUE && next < units.length) this.#checkValue(valueOf(units[next]));
			}
		}
	}

	#checkValue(value: number): void {
		const { length } = this.#normalized;
		if (value > length || (this.#normalized[value] & 0xc0) === 0x80) {
			throw damaged(`got a replacement at byte ${value}, expected a character in ${length} bytes`);
		}
	}
}

const offsetOf = (unit: number): number => (unit >>> 10) << ((unit & 0x200) >>> 6);
const valueOf = (unit: number): number => unit & 0x7fffffff;

const damaged = (problem: string): Error => new Error(`precompiled_charsmap: ${problem}`);
