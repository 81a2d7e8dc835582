import { byteHex, firstInvalidUtf8 } from '../engine/text';
import { formatBytes, formatCount, formatList, isolate, reasonOf } from './format';

/** Maximum size of a text file that a page opens, in bytes. */
export const MAX_TEXT_FILE_BYTES = 20e6;
/** Number of bytes decoded in one step, so that decoding doesn't block the page. */
const STEP_BYTES = 1_000_000;
/** Number of bytes examined to detect UTF-16. */
const SAMPLE_BYTES = 4096;

export interface TextFile {
	/** Exact text of the file, including BOM, CR and NUL. */
	readonly text: string;
	readonly name: string;
	/** Size in bytes. */
	readonly bytes: number;
	/** Sentences about anything unusual in the text. */
	readonly notes: readonly string[];
}

/** The properties of `File` that reading requires. */
export interface ReadableFile {
	readonly name: string;
	readonly size: number;
	arrayBuffer(): Promise<ArrayBuffer>;
}

/**
 * Reads a file as strict UTF-8.
 * @throws Error with a message for users if the file is a folder, empty, too large, unreadable or not UTF-8
 */
export async function readTextFile(
	file: ReadableFile,
	options: { isDirectory?: boolean } = {}
): Promise<TextFile> {
	const { name, size } = file;
	if (options.isDirectory) throw new Error(`${name} is a folder. Open one text file instead.`);
	if (size === 0) throw new Error(`${name} is empty. Open a file with text.`);
	if (size > MAX_TEXT_FILE_BYTES) {
		throw new Error(
			`${isolate(name)} is ${formatBytes(size)}. The page opens at most ${formatBytes(MAX_TEXT_FILE_BYTES)}. Open a part of the file.`
		);
	}
	const bytes = await readBytes(name, file);
	const encoding = guessUtf16(bytes);
	let text: string;
	try {
		text = await decode(bytes);
	} catch (cause) {
		const byte = firstInvalidUtf8(bytes);
		const guess = encoding ? ` The file looks like ${encoding}.` : '';
		const advice =
			encoding === null && isBinary(bytes)
				? 'It does not look like a text.'
				: 'Save it as UTF-8 and open it again.';
		throw new Error(
			`${isolate(name)} is not UTF-8: byte ${formatCount(byte)} is 0x${byteHex(bytes[byte]).toUpperCase()}.${guess} ${advice}`,
			{ cause }
		);
	}
	return { text, name, bytes: bytes.length, notes: describeOddities(text, encoding) };
}

/** Reads a file or part of one. @param name used in error messages */
export async function readBytes(
	name: string,
	source: Pick<Blob, 'arrayBuffer'>
): Promise<Uint8Array> {
	try {
		return new Uint8Array(await source.arrayBuffer());
	} catch (cause) {
		throw new Error(
			`${isolate(name)} could not be read (${reasonOf(cause)}). It may have been moved or changed, or it is a folder. Choose it again.`,
			{ cause }
		);
	}
}

/** Whether bytes include control characters that don't occur in text. */
const isBinary = (bytes: Uint8Array): boolean =>
	bytes.subarray(0, SAMPLE_BYTES).some((byte) => byte < 7 || (byte > 13 && byte < 27));

async function decode(bytes: Uint8Array): Promise<string> {
	// `ignoreBOM: true` keeps a BOM, because it is part of the text and tokenizers encode it.
	const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
	const parts: string[] = [];
	for (let start = 0; start < bytes.length; start += STEP_BYTES) {
		if (start > 0) await new Promise((resolve) => setTimeout(resolve));
		parts.push(decoder.decode(bytes.subarray(start, start + STEP_BYTES), { stream: true }));
	}
	return parts.join('') + decoder.decode();
}

function describeOddities(text: string, encoding: string | null): string[] {
	const notes: string[] = [];
	if (encoding)
		notes.push(`Every second byte is NUL, as in ${encoding}. It was read as UTF-8, with its NULs.`);
	if (text.startsWith('\ufeff'))
		notes.push('The file begins with a byte order mark (U+FEFF), which is kept and counted.');
	const { crlf, cr } = countLineEndings(text);
	const kept = [crlf > 0 && `${formatCount(crlf)} CRLF`, cr > 0 && `${formatCount(cr)} CR`];
	const endings = kept.filter((part) => part !== false);
	if (endings.length > 0) notes.push(`Line endings are kept: ${formatList(endings)}.`);
	return notes;
}

function countLineEndings(text: string): { crlf: number; cr: number } {
	let crlf = 0;
	let cr = 0;
	for (let unit = text.indexOf('\r'); unit !== -1; unit = text.indexOf('\r', unit + 1)) {
		if (text.charCodeAt(unit + 1) === 0x0a) crlf++;
		else cr++;
	}
	return { crlf, cr };
}

/** Detects UTF-16 by its BOM or, in Latin text, by the NUL in nearly every second byte. */
function guessUtf16(bytes: Uint8Array): 'UTF-16 LE' | 'UTF-16 BE' | null {
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'UTF-16 LE';
	if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'UTF-16 BE';
	const pairs = Math.min(bytes.length, SAMPLE_BYTES) >> 1;
	if (pairs < 4) return null;
	let even = 0;
	let odd = 0;
	for (let pair = 0; pair < pairs; pair++) {
		if (bytes[2 * pair] === 0) even++;
		if (bytes[2 * pair + 1] === 0) odd++;
	}
	if (odd > 0.8 * pairs && even < 0.2 * pairs) return 'UTF-16 LE';
	if (even > 0.8 * pairs && odd < 0.2 * pairs) return 'UTF-16 BE';
	return null;
}
