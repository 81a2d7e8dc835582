/** A size in bytes for people: `158 bytes`, `64 kB`, `1.0 MB` (1 kB = 1000 bytes). */
export function formatByteSize(bytes: number): string {
	if (bytes < 1000) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
	const kilobytes = Math.round(bytes / 1000);
	return kilobytes < 1000 ? `${kilobytes} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
