import { concatenate } from '../../engine/text';

export interface DownloadProgress {
	readonly received: number;
	/** Total number of bytes; 0 if the server doesn't report it. */
	readonly total: number;
}

/** Thrown if a file can't be fetched or arrives damaged. The message is user-facing. */
export class DownloadError extends Error {
	override readonly name = 'DownloadError';
	readonly retry = true;
}

/** Maximum time without receiving any bytes. */
export const DOWNLOAD_STALL_TIMEOUT_MS = 15_000;

/** Aborts a request if no data arrives for a while. */
export class StallWatch {
	readonly #abort = new AbortController();
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor() {
		this.touch();
	}

	get signal(): AbortSignal {
		return this.#abort.signal;
	}

	/** Restarts the timeout. */
	touch(): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => this.#abort.abort(), DOWNLOAD_STALL_TIMEOUT_MS);
	}

	stop(): void {
		clearTimeout(this.#timer);
	}
}

/**
 * Fetches a file that is part of this build.
 * @param subject subject of error messages: "The vocabulary of gpt2"
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
		// A worker started from a `blob:` module has no base URL to resolve relative URLs against.
		const response = await fetch(new URL(address, import.meta.url).href, { signal: stall.signal });
		if (!response.ok || !response.body) {
			throw new DownloadError(
				`${subject} could not be fetched: the server answered ${response.status}, expected 200. Try again.`
			);
		}
		// None of the lab's data files are HTML, but a network's sign-in page is.
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

/** Decompresses gzip, unless the server has already done so. */
export async function gunzipped(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
	if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
	// Don't use a Blob, because the browser would pass its bytes through another process.
	const stream = new Response(bytes).body?.pipeThrough(new DecompressionStream('gzip'));
	return new Uint8Array(await new Response(stream).arrayBuffer());
}
