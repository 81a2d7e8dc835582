import type { CorePattern } from '../core-pattern';
import type { TokenTable } from '../structures/token-table';
import { decodeBase64 } from '../text/base64';
import { CLASS_FLAGS } from '../text/unicode-classes';
import type { ProductOrder } from './merge-rules';
import type { TokenBuffers } from './types';

/** Maximum number of bytes that the core processes at once. */
const WINDOW_BYTES = 1 << 18;
/** Few texts have fewer bytes per token than this. */
const BYTES_PER_TOKEN = 2;
/** Number of tokens that the core has room for. A window may need as many as it has bytes. */
const OUTPUT_TOKENS = WINDOW_BYTES + (1 << 14);
/** The ids of a larger vocabulary don't fit in a word of the core's cache. */
const MAX_VOCABULARY_SIZE = 1 << 24;

/** Exports of core.as. Addresses are byte offsets into its memory. */
interface CoreExports {
	readonly memory: WebAssembly.Memory;
	allocate(bytes: number): number;
	setFactors(low: number, high: number, secondLow: number, secondHigh: number): void;
	setTables(...tables: (number | boolean)[]): void;
	setPattern(isCased: boolean, contractions: number, digits: number, word: number): void;
	setOutput(ids: number, ends: number, capacity: number): void;
	run(at: number, end: number, isLast: boolean, offset: number): number;
	takeTokens(): number;
}

/** Value of `CORE_CODE`; `null` until it is loaded. */
let coreCode: string | null = null;
let loading: Promise<void> | null = null;

/** Sets the core's code, so that it need not be loaded. */
export function provideCoreCode(code: string): void {
	coreCode = code;
}

/**
 * Preloads the core's code, so that the core can encode even the first text. Until the code is loaded, the TypeScript
 * implementation encodes all text.
 */
export const loadCore = (): Promise<void> =>
	(loading ??= import('./core-code').then(
		({ CORE_CODE }) => provideCoreCode(CORE_CODE),
		() => {
			loading = null;
		}
	));

/** The compiled core; `undefined` until it is needed, `null` if the host or a policy forbids WebAssembly. */
let compiled: WebAssembly.Module | null | undefined;

function compile(base64: string): WebAssembly.Module | null {
	const code = decodeBase64(base64);
	try {
		return code && new WebAssembly.Module(code);
	} catch {
		return null;
	}
}

const randomWord = (): number => Math.floor(Math.random() * 2 ** 32) | 0;

/**
 * Encodes text for byte-level models in WebAssembly, which hashes eight bytes in one multiplication and compares
 * sixteen at a time. In a single pass, the core splits the text into pre-tokens (for the most common patterns only),
 * looks each pre-token up in its own cache and merges those that aren't cached. The tokens are the same as those from
 * the TypeScript code, which still encodes pre-tokens longer than a window.
 */
export class Core {
	readonly #core: CoreExports;
	readonly #window: number;
	readonly #ids: number;
	readonly #ends: number;
	#pattern: CorePattern | null = null;
	#bytes = new Uint8Array(0);
	#words = new Uint32Array(0);
	/** Number of tokens in the latest text. */
	count = 0;

	/** Whether the core's code is loaded; if not, starts loading the code. */
	static isLoaded(): boolean {
		if (coreCode === null) void loadCore();
		return coreCode !== null;
	}

	/**
	 * Creates the core of a model with a token for every byte.
	 * @param takesWhole whether a pre-token that is a token is encoded as that token without merging
	 * @returns `null` if the vocabulary is too large, WebAssembly is unavailable, or the core's code isn't loaded yet
	 */
	static create(tokens: TokenTable, order: ProductOrder, takesWhole: boolean): Core | null {
		if (tokens.size > MAX_VOCABULARY_SIZE || coreCode === null) return null;
		if (compiled === undefined) compiled = compile(coreCode);
		return compiled && new Core(compiled, tokens, order, takesWhole);
	}

	private constructor(
		code: WebAssembly.Module,
		{ vocabulary, size }: TokenTable,
		{ products, leftLengths }: ProductOrder,
		takesWhole: boolean
	) {
		const core = new WebAssembly.Instance(code).exports as unknown as CoreExports;
		this.#core = core;
		this.#window = core.allocate(WINDOW_BYTES + 64);
		this.#ids = core.allocate(4 * OUTPUT_TOKENS);
		this.#ends = core.allocate(4 * OUTPUT_TOKENS);
		core.setOutput(this.#ids, this.#ends, OUTPUT_TOKENS);
		// Random hash factors for each core, so that nobody can craft a text whose pre-tokens collide.
		core.setFactors(randomWord() | 1, randomWord(), randomWord() | 1, randomWord());
		const lefts = new Uint8Array(size);
		lefts.set(leftLengths);
		core.setTables(
			this.#put(CLASS_FLAGS),
			this.#put(vocabulary.bytes),
			this.#put(vocabulary.ends),
			this.#put(numbersOf(products, size)),
			this.#put(lefts),
			size,
			products.length,
			takesWhole
		);
	}

	/**
	 * Encodes bytes [start, end) of a text.
	 * @param tokens buffers to which tokens are appended; `null` to only count them
	 * @returns where encoding stopped: at `end`, or before a pre-token longer than a window
	 */
	encode(
		bytes: Uint8Array,
		start: number,
		end: number,
		pattern: CorePattern,
		tokens: TokenBuffers | null
	): number {
		const core = this.#core;
		const window = this.#window;
		const expected = Math.ceil((end - start) / BYTES_PER_TOKEN);
		tokens?.ids.reserve(expected);
		tokens?.ends.reserve(expected);
		// Discards tokens left over from a failed call.
		core.takeTokens();
		this.count = 0;
		this.#setPattern(pattern);
		for (let from = start; from < end;) {
			let size = Math.min(end - from, WINDOW_BYTES);
			// A window contains only whole characters.
			for (let i = 0; i < 3 && from + size < end && (bytes[from + size] & 0xc0) === 0x80; i++)
				size--;
			this.#view().set(bytes.subarray(from, from + size), window);
			let at = 0;
			while (at < size) {
				at = core.run(window + at, window + size, from + size === end, from - window) - window;
				if (this.#take(tokens) === 0) break;
			}
			if (at === 0) return from;
			from += at;
		}
		return end;
	}

	#setPattern(pattern: CorePattern): void {
		if (pattern === this.#pattern) return;
		this.#pattern = pattern;
		this.#core.setPattern(pattern.isCased, pattern.contractions, pattern.digits, pattern.word);
	}

	/** Moves the core's output to the buffers. @returns the number of tokens */
	#take(tokens: TokenBuffers | null): number {
		const count = this.#core.takeTokens();
		this.count += count;
		if (count === 0 || tokens === null) return count;
		this.#view();
		tokens.ids.append(this.#words.subarray(this.#ids >> 2, (this.#ids >> 2) + count));
		tokens.ends.append(this.#words.subarray(this.#ends >> 2, (this.#ends >> 2) + count));
		return count;
	}

	/** A view of the core's memory. It becomes invalid when the memory grows. */
	#view(): Uint8Array {
		const { buffer } = this.#core.memory;
		if (this.#bytes.buffer !== buffer) {
			this.#bytes = new Uint8Array(buffer);
			this.#words = new Uint32Array(buffer);
		}
		return this.#bytes;
	}

	/** Copies an array into the core's memory and returns its address. */
	#put({ buffer, byteOffset, byteLength }: Uint8Array | Int32Array | Uint32Array): number {
		// The core reads eight bytes at a time, so it may read past the end of the array.
		const address = this.#core.allocate(byteLength + 8);
		this.#view().set(new Uint8Array(buffer, byteOffset, byteLength), address);
		return address;
	}
}

/** Renumbers the ids: first the products of merges, in the given order, then the other tokens. */
function numbersOf(products: Int32Array, size: number): Int32Array {
	const numbers = new Int32Array(size).fill(-1);
	for (let i = 0; i < products.length; i++) numbers[products[i]] = i;
	let next = products.length;
	for (let id = 0; id < size; id++) if (numbers[id] < 0) numbers[id] = next++;
	return numbers;
}
