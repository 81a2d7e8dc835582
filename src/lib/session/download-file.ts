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
