/** Loads the header of a GGUF file, which has the tokenizer. The rest is the weights of a model. */
import { MAX_HEADER_BYTES, measureGgufMetadata } from '../../../tokenizers/files/gguf';
import { isGguf } from '../../../tokenizers/files/recognize';

/** Size of a request. Most headers take one or two; Gemma's has 16 MB. */
const RANGE_BYTES = 4 << 20;

/**
 * Loads the start of a file up to the end of its metadata, in pieces.
 * @param size of the whole file, in bytes
 * @param load bytes `[start, end)` of the file
 * @throws Error that begins with the name for a file that is not GGUF, or damaged
 */
export async function loadGgufHeader(
	name: string,
	size: number,
	load: (start: number, end: number) => Promise<Uint8Array>
): Promise<Uint8Array<ArrayBuffer>> {
	let bytes = new Uint8Array(0);
	const fill = async (end: number) => {
		if (end <= bytes.length) return;
		if (end > MAX_HEADER_BYTES)
			throw new Error(
				`got a header of more than ${MAX_HEADER_BYTES >> 20} MB, expected a smaller one`
			);
		const next = await load(
			bytes.length,
			Math.min(size, Math.max(end, bytes.length + RANGE_BYTES))
		);
		const joined = new Uint8Array(bytes.length + next.length);
		joined.set(bytes);
		joined.set(next, bytes.length);
		bytes = joined;
	};
	const read = async (start: number, end: number) => {
		await fill(Math.min(end, size));
		return bytes.subarray(start, end);
	};
	try {
		if (!isGguf(await read(0, 4)))
			throw new Error('got another format than the name says, expected GGUF');
		const end = await measureGgufMetadata({ name, size, read });
		await fill(end);
		return bytes.slice(0, end);
	} catch (error) {
		if (!(error instanceof Error) || error.name === 'HubError') throw error;
		throw new Error(`${name}: ${error.message}`, { cause: error });
	}
}
