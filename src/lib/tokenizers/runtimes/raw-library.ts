import { writeTokenizerJson, type TokenizerSpec } from '../../engine';
import type { LibraryName } from '../catalogue/shared/descriptor';

/** Thrown for an error in the library itself, which may be what a drift case demonstrates. */
export class LibraryError extends Error {
	override readonly name = 'LibraryError';
}

/** A library as users run it, without the adaptations that the lab makes to check its own ids against that library. */
export interface RawLibrary {
	/** @throws LibraryError if the library throws */
	encode(text: string, options: RawOptions): number[];
	/** @throws LibraryError if the library throws */
	decode(ids: readonly number[]): string;
}

export interface RawOptions {
	readonly special: 'text' | 'parse';
	/** Whether the library adds a BOS token. */
	readonly bos: boolean;
}

/**
 * Maximum length of text in UTF-16 code units. js-tiktoken takes quadratic time, and Gemma 3's regex with its 6,415
 * groups aborts the process on long text.
 */
const MAX_TEXT_UNITS = 2000;

/**
 * @param onstep called before each step that may take seconds, including the first use of the library
 * @throws LibraryError if the library rejects the spec, Error if the spec can't be written for the library
 */
export async function startRawLibrary(
	{ name }: { readonly name: LibraryName },
	spec: TokenizerSpec,
	onstep: () => void = () => {}
): Promise<RawLibrary> {
	const started = await (name === 'js-tiktoken'
		? startJsTiktoken(spec, onstep)
		: startTransformersJs(spec, onstep));
	onstep();
	return {
		encode(text, options) {
			if (text.length > MAX_TEXT_UNITS) {
				throw new Error(
					`${name} runs on short texts only: got ${text.length} units, expected at most ${MAX_TEXT_UNITS}`
				);
			}
			return wrapLibraryError(name, () => started.encode(text, options));
		},
		decode: (ids) => wrapLibraryError(name, () => started.decode(ids))
	};
}

async function startJsTiktoken(spec: TokenizerSpec, onstep: () => void): Promise<RawLibrary> {
	const [{ Tiktoken }, { rankFile }] = await Promise.all([
		import('js-tiktoken/lite'),
		import('./js-tiktoken')
	]);
	onstep();
	const file = rankFile(spec);
	onstep();
	const tiktoken = wrapLibraryError('js-tiktoken', () => new Tiktoken(file));
	return {
		encode: (text, { special }) => tiktoken.encode(text, special === 'parse' ? 'all' : [], []),
		decode: (ids) => tiktoken.decode([...ids])
	};
}

/** Starts transformers.js, which always recognises special tokens. */
async function startTransformersJs(spec: TokenizerSpec, onstep: () => void): Promise<RawLibrary> {
	const [{ PreTrainedTokenizer }, { joinMerges }] = await Promise.all([
		import('@xenova/transformers/src/tokenizers.js'),
		import('./tokenizer-json')
	]);
	onstep();
	const file = joinMerges(writeTokenizerJson(spec));
	onstep();
	const tokenizer = wrapLibraryError('transformers.js', () => new PreTrainedTokenizer(file, {}));
	return {
		encode: (text, { bos }) => tokenizer.encode(text, null, { add_special_tokens: bos }),
		decode: (ids) => tokenizer.decode([...ids])
	};
}

function wrapLibraryError<T>(library: string, work: () => T): T {
	try {
		return work();
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		throw new LibraryError(`${library}: ${message}`, { cause: error });
	}
}
