/** Characters that some systems don't allow in file names, or that disguise the name. */
const NOT_IN_NAMES = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\\/:*?"<>|]/gu;
/** Device names on Windows, with any extension. */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?=[. ]|$)/i;
/** File systems allow 255 bytes in a name, and browsers append a number if the name is taken. */
const MAX_NAME_BYTES = 200;

const encoder = new TextEncoder();

/**
 * Name of a download: `mine.json` for `tokenizer.json`, `mine-vocab.json` for `vocab.json`.
 * @param base name of the tokenizer
 * @param file usual name of the file
 */
export function downloadName(base: string, file: string): string {
	const kind = file.replace(/^(?:tokenizer|counts)(?=\.)/, '');
	return kind.startsWith('.') ? base + kind : `${base}-${kind}`;
}

/** Makes a file name that every system can store and display unchanged; keeps the extension. */
export function safeFileName(name: string): string {
	const [ending] = /(?:\.bpelab)?\.[a-z\d]{1,10}$/.exec(name) ?? [''];
	const [start] = name
		.slice(0, name.length - ending.length)
		.replace(NOT_IN_NAMES, '-')
		// A leading dot hides a file, and a leading hyphen looks like a command-line option.
		.replace(/^[.\s-]+/, '')
		.replace(DEVICE, '_$&')
		.match(/^.*/s) ?? [''];
	let stem = '';
	let bytes = encoder.encode(ending).length;
	for (const character of start) {
		bytes += encoder.encode(character).length;
		if (bytes > MAX_NAME_BYTES) break;
		stem += character;
	}
	return (stem.replace(/[.\s]+$/, '') || 'bpe-lab') + ending;
}

/** Offers text, bytes or a blob to the user as a download. @param name proposed file name, which is made safe */
export function downloadFile(
	name: string,
	type: string,
	content: string | Blob | Uint8Array<ArrayBuffer>
): void {
	const address = URL.createObjectURL(new Blob([content], { type }));
	const link = document.createElement('a');
	link.href = address;
	link.download = safeFileName(name);
	link.click();
	// Once a download has started, it no longer needs the URL.
	setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
