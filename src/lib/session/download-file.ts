/** Characters that a file name cannot have on every system. */
const NOT_IN_NAMES = /[\p{Cc}\p{Cf}\\/:*?"<>|]/gu;

/**
 * Name of a download: `mine.json` for `tokenizer.json`, `mine-vocab.json` for `vocab.json`.
 * @param base says which tokenizer the file is of
 * @param file a name by which programs look for it
 */
export function downloadName(base: string, file: string): string {
	const stem = base.replace(NOT_IN_NAMES, '-').replace(/^\.+/, '');
	const kind = file.replace(/^(?:tokenizer|counts)(?=\.)/, '');
	return kind.startsWith('.') ? stem + kind : `${stem}-${kind}`;
}

/** Offers text, bytes or a blob to the user as a download. */
export function downloadFile(
	name: string,
	type: string,
	content: string | Blob | Uint8Array<ArrayBuffer>
): void {
	const address = URL.createObjectURL(new Blob([content], { type }));
	const link = document.createElement('a');
	link.href = address;
	link.download = name;
	link.click();
	// The download keeps the data once it has begun.
	setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
