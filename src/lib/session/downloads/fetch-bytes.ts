import { concatenate } from '../../engine/text';

export interface DownloadProgress {
	/** Bytes received so far. */
	readonly received: number;
	/** Bytes in total; 0 if the server does not say. */
	readonly total: number;
}

/** A file could not be fetched, or it arrived damaged. The message is user-facing. */
export class DownloadError extends Error {
	override readonly name = 'DownloadError';
	readonly retry = true;
}

/** Maximum time without a byte. */
export const DOWNLOAD_STALL_TIMEOUT_MS = 15_000;

/** Aborts a request if nothing arrives for a while. */
export class StallWatch {
	readonly #abort = new AbortController();
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor() {
		this.touch();
	}

	get signal(): AbortSignal {
		return this.#abort.signal;
	}

	/** Something arrived. */
	touch(): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => this.#abort.abort(), DOWNLOAD_STALL_TIMEOUT_MS);
	}

	stop(): void {
		clearTimeout(this.#timer);
	}
}

/**
 * Fetches the bytes at an address of this build.
 * @param subject begins a sentence about the file: "The vocabulary of gpt2"
 * @throws DownloadError if the network or the server fails
 */
export async function fetchBytes(
	subject: string,
	address: string,
	onprogress: (progress: DownloadProgress) => void
): Promise<Uint8Array<ArrayBuffer>> {
	const stall = new StallWatch();
	const chunks: Uint8Array<ArrayBuffer>[] = [];
	let received = 0;
	try {
		// A worker that a `blob:` module started has no address that others could be relative to.
		const response = await fetch(new URL(address, import.meta.url).href, { signal: stall.signal });
		if (!response.ok || !response.body) {
			throw new DownloadError(
				`${subject} could not be fetched: the server answered ${response.status}, expected 200. Try again.`
			);
		}
		// No file of the lab is a page, but the sign-in page of a network is.
		if (response.headers.get('content-type')?.startsWith('text/html')) {
			throw new DownloadError(
				`${subject} could not be fetched: the network answered with a web page. Sign in to it, and try again.`
			);
		}
		const total = Number(response.headers.get('content-length') ?? 0);
		const reader = response.body.getReader();
		for (let read = await reader.read(); !read.done; read = await reader.read()) {
			stall.touch();
			chunks.push(read.value);
			received += read.value.length;
			onprogress({ received, total });
		}
	} catch (error) {
		if (error instanceof DownloadError) throw error;
		const failure =
			received > 0
				? `broke off after ${received} bytes`
				: 'could not be fetched: the network did not answer';
		const limit = stall.signal.aborted
			? ` (nothing arrived for ${DOWNLOAD_STALL_TIMEOUT_MS / 1000} seconds)`
			: '';
		throw new DownloadError(`${subject} ${failure}${limit}. Check the connection and try again.`);
	} finally {
		stall.stop();
	}
	return concatenate(chunks);
}

/** Decompresses gzip, unless the server already did. */
export async function gunzipped(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
	if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
	// Not a Blob, whose bytes would go through another process of the browser.
	const stream = new Response(bytes).body?.pipeThrough(new DecompressionStream('gzip'));
	return new Uint8Array(await new Response(stream).arrayBuffer());
}
