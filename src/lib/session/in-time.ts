/** Maximum time to wait for the browser's storage before doing without it. Another tab may block it for any time. */
export const STORAGE_TIMEOUT_MS = 3_000;

/**
 * Settles as `answer` does, or after a while with what `late` returns or throws.
 * @param limit in milliseconds
 */
export async function within<T, L>(
	answer: Promise<T>,
	limit: number,
	late: () => L
): Promise<T | L> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const waiting = new Promise<void>((resolve) => (timer = setTimeout(resolve, limit)));
	try {
		return await Promise.race([answer, waiting.then(late)]);
	} finally {
		clearTimeout(timer);
	}
}

/** Answer of the browser's storage; `undefined` if it fails or does not answer in time. */
export const inTime = <T>(answer: Promise<T> | undefined): Promise<T | undefined> =>
	within(
		Promise.resolve(answer).catch(() => undefined),
		STORAGE_TIMEOUT_MS,
		() => undefined
	);

/** Resolves after the next frame, so that what was drawn is laid out. A hidden page has no frames. */
export function nextFrame(): Promise<void> {
	return new Promise((resolve) => {
		if (typeof requestAnimationFrame !== 'function') {
			setTimeout(resolve);
			return;
		}
		const fallback = setTimeout(resolve, 50);
		requestAnimationFrame(() => {
			clearTimeout(fallback);
			setTimeout(resolve);
		});
	});
}
