/**
 * Runs a library without the lab's repairs. For short inputs only: Gemma 3's regex of 6,415 groups aborts
 * the process on long ones, and js-tiktoken is quadratic.
 */
import type { TokenizerSpec } from '../../engine';

/**
 * A library as people run it, without the repairs that the lab makes for second opinions:
 * - `js-tiktoken`: a rank file.
 * - `transformers.js`: tokenizer.json; `merges` as its file has them.
 */
export type CaseLibrary =
	| { readonly name: 'js-tiktoken' }
	| { readonly name: 'transformers.js'; readonly merges: 'strings' | 'arrays' };

/** An error of the library itself, which a case may be about. */
export class LibraryError extends Error {
	override readonly name = 'LibraryError';
}

export interface RawLibrary {
	/** @throws LibraryError if the library throws */
	encode(text: string, options: RawOptions): number[];
	/** @throws LibraryError if the library throws */
	decode(ids: readonly number[]): string;
}

export interface RawOptions {
	readonly special: 'text' | 'parse';
	/** Whether the library adds its BOS. */
	readonly bos: boolean;
}

const MAX_TEXT_UNITS = 2000;

/**
 * Starts a library on a spec.
 * @throws LibraryError if the library refuses it, Error if the spec cannot be written for it
 */
export async function startRawLibrary(
	library: CaseLibrary,
	spec: TokenizerSpec
): Promise<RawLibrary> {
	const start =
		library.name === 'js-tiktoken' ? startJsTiktoken : transformersStarter(library.merges);
	const started = await start(spec);
	return {
		encode(text, options) {
			if (text.length > MAX_TEXT_UNITS) {
				throw new Error(
					`${library.name} is run as it is on short texts only: got ${text.length} units, expected at most ${MAX_TEXT_UNITS}`
				);
			}
			return wrapLibraryError(library.name, () => started.encode(text, options));
		},
		decode: (ids) => wrapLibraryError(library.name, () => started.decode(ids))
	};
}

async function startJsTiktoken(spec: TokenizerSpec): Promise<RawLibrary> {
	const [{ Tiktoken }, { rankFile }] = await Promise.all([
		import('js-tiktoken/lite'),
		import('./js-tiktoken')
	]);
	const file = rankFile(spec);
	const tiktoken = wrapLibraryError('js-tiktoken', () => new Tiktoken(file));
	return {
		encode: (text, { special }) => tiktoken.encode(text, special === 'parse' ? 'all' : [], []),
		decode: (ids) => tiktoken.decode([...ids])
	};
}

/** The library always recognises special tokens. */
function transformersStarter(merges: 'strings' | 'arrays') {
	return async (spec: TokenizerSpec): Promise<RawLibrary> => {
		const [{ PreTrainedTokenizer }, { writeTokenizerJson }] = await Promise.all([
			import('@xenova/transformers/src/tokenizers.js'),
			import('../../engine')
		]);
		const json = writeTokenizerJson(spec);
		const file =
			merges === 'arrays'
				? json
				: {
						...json,
						model: { ...json.model, merges: json.model.merges.map((pair) => pair.join(' ')) }
					};
		const tokenizer = wrapLibraryError('transformers.js', () => new PreTrainedTokenizer(file, {}));
		return {
			encode: (text, { bos }) => tokenizer.encode(text, null, { add_special_tokens: bos }),
			decode: (ids) => tokenizer.decode([...ids])
		};
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
