import { formatCount } from './format';
import { firstInvalidUtf8 } from '../engine/text';

/** The largest file that is opened, in bytes. */
export const FILE_LIMIT = 20e6;
/** Bytes decoded at a time, so that no step blocks the page. */
const STEP = 1_000_000;
/** How many bytes tell whether a file looks like UTF-16. */
const SAMPLE = 4096;

export interface TextFile {
	/** The file's text, byte for byte: a BOM, CRs and NULs are kept. */
	readonly text: string;
	readonly name: string;
	/** Size in bytes. */
	readonly bytes: number;
	/** What a reader should know about the text, in sentences. */
	readonly notes: readonly string[];
}

/** What is needed of a `File`, so that a named Blob will do. */
export interface ReadableFile {
	readonly name: string;
	readonly size: number;
	arrayBuffer(): Promise<ArrayBuffer>;
}

export class TextFileError extends Error {
	override readonly name = 'TextFileError';
	constructor(
		readonly reason: 'directory' | 'too-large' | 'unreadable' | 'not-utf-8',
		message: string,
		options?: ErrorOptions
	) {
		super(message, options);
	}
}

/**
 * Reads a file as strict UTF-8.
 *
 * @throws {TextFileError} whose message can be shown as it is: a directory, larger than
 * {@link FILE_LIMIT}, unreadable, or not UTF-8 (with the first byte that is not).
 */
export async function readTextFile(
	file: ReadableFile,
	options: { isDirectory?: boolean } = {}
): Promise<TextFile> {
	const { name, size } = file;
	if (options.isDirectory)
		throw new TextFileError('directory', `${name} is a folder. Open one text file instead.`);
	if (size > FILE_LIMIT)
		throw new TextFileError(
			'too-large',
			`${name} has ${megabytes(size)}; at most ${megabytes(FILE_LIMIT)} can be opened here. Open a part of it.`
		);

	let bytes: Uint8Array;
	try {
		bytes = new Uint8Array(await file.arrayBuffer());
	} catch (cause) {
		const why = cause instanceof Error ? cause.message : String(cause);
		throw new TextFileError(
			'unreadable',
			`${name} could not be read (${why}). It may have been moved or changed, or be a folder; choose it again.`,
			{ cause }
		);
	}
	return open(name, bytes);
}

async function open(name: string, bytes: Uint8Array): Promise<TextFile> {
	const utf16 = looksLikeUtf16(bytes);
	let text: string;
	try {
		text = await decode(bytes);
	} catch (cause) {
		const byte = firstInvalidUtf8(bytes);
		const hex = bytes[byte]?.toString(16).padStart(2, '0').toUpperCase();
		const guess = utf16 ? ` The file looks like ${utf16}.` : '';
		throw new TextFileError(
			'not-utf-8',
			`${name} is not UTF-8: byte ${formatCount(byte)} is 0x${hex}.${guess} Save it as UTF-8 and open it again.`,
			{ cause }
		);
	}
	return { text, name, bytes: bytes.length, notes: notesOn(text, utf16) };
}

async function decode(bytes: Uint8Array): Promise<string> {
	// ignoreBOM: true means that a BOM is kept; it is text, and tokenizers count it.
	const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
	const parts: string[] = [];
	for (let start = 0; start < bytes.length; start += STEP) {
		if (start > 0) await new Promise((resolve) => setTimeout(resolve));
		parts.push(decoder.decode(bytes.subarray(start, start + STEP), { stream: true }));
	}
	return parts.join('') + decoder.decode();
}

function notesOn(text: string, utf16: string | null): string[] {
	const notes: string[] = [];
	if (utf16)
		notes.push(`Every second byte is NUL, as in ${utf16}. It was read as UTF-8, NULs included.`);
	if (text.startsWith('\ufeff'))
		notes.push('The file begins with a byte order mark (U+FEFF); it is kept and counted.');
	const { crlf, cr } = countLineEnds(text);
	const kept = [
		crlf > 0 ? `${formatCount(crlf)} CRLF` : '',
		cr > 0 ? `${formatCount(cr)} CR` : ''
	].filter((part) => part !== '');
	if (kept.length > 0) notes.push(`Line ends are kept as they are: ${kept.join(' and ')}.`);
	return notes;
}

function countLineEnds(text: string): { crlf: number; cr: number } {
	let crlf = 0;
	let cr = 0;
	for (let unit = text.indexOf('\r'); unit !== -1; unit = text.indexOf('\r', unit + 1)) {
		if (text.charCodeAt(unit + 1) === 0x0a) crlf++;
		else cr++;
	}
	return { crlf, cr };
}

/** By its BOM, or because nearly every second byte of the beginning is NUL, as in Latin text. */
function looksLikeUtf16(bytes: Uint8Array): 'UTF-16 LE' | 'UTF-16 BE' | null {
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'UTF-16 LE';
	if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'UTF-16 BE';
	const pairs = Math.min(bytes.length, SAMPLE) >> 1;
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

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1).replace(/\.0$/, '')} MB`;
