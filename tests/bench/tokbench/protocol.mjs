// Measures an engine the way huggingface/tokbench does (core/src/lib.rs there). The text is split into chunks. One
// slice of the chunks warms up the engine, and each timed pass gets a slice that the engine has not seen before. The
// ids of the whole text are hashed.

/** Splits UTF-8 between characters, into texts of about `chunkBytes` bytes. */
export function chunksOf(utf8, chunkBytes, maxChunks) {
	const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
	const chunks = [];
	for (let start = 0; start < utf8.length && chunks.length < maxChunks;) {
		let end = Math.min(start + chunkBytes, utf8.length);
		while (end < utf8.length && (utf8[end] & 0xc0) === 0x80) end++;
		chunks.push(decoder.decode(utf8.subarray(start, end)));
		start = end;
	}
	return chunks;
}

/** Continues an FNV-1a hash (64 bits) with ids as little-endian 32-bit numbers. */
function hashIds(ids, hash = 0xcbf29ce484222325n) {
	for (const id of ids)
		for (let shift = 0; shift < 32; shift += 8)
			hash = BigInt.asUintN(64, (hash ^ BigInt((id >>> shift) & 0xff)) * 0x100000001b3n);
	return hash;
}

/**
 * Measures a synchronous or asynchronous function that maps text to ids.
 * @param {readonly string[]} chunks
 * @param {number} repeats number of timed passes; the result is their median
 * @returns seconds for `bytes` bytes, and the number and hash of all chunks' ids; `isReused` if there are fewer chunks
 * than passes
 */
export async function measure(encode, chunks, repeats) {
	const length = Math.max(1, Math.floor(chunks.length / (repeats + 1)));
	const slice = (i) => {
		const start = (i * length) % chunks.length;
		return chunks.slice(start, start + length);
	};
	for (const chunk of slice(0)) await encode(chunk);
	const perByte = [];
	let bytes = 0;
	for (let i = 1; i <= repeats; i++) {
		const texts = slice(i);
		bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
		const start = process.hrtime.bigint();
		for (const text of texts) await encode(text);
		perByte.push(Number(process.hrtime.bigint() - start) / 1e9 / bytes);
	}
	perByte.sort((a, b) => a - b);
	const [low, high] = [perByte[(repeats - 1) >> 1], perByte[repeats >> 1]];
	let tokens = 0;
	let hash;
	for (const chunk of chunks) {
		const ids = await encode(chunk);
		tokens += ids.length;
		hash = hashIds(ids, hash);
	}
	const isReused = chunks.length < repeats + 1;
	return { secs: ((low + high) / 2) * bytes, bytes, tokens, hash: hash ?? hashIds([]), isReused };
}
