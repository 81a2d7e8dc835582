/** How long to wait for the browser's storage before continuing without it. Another tab may block it indefinitely. */
export const STORAGE_TIMEOUT_MS = 3_000;

/**
 * Settles with `answer`, or after the time limit with the result or error of `late`.
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

/** Awaits the browser's storage; `undefined` if it fails or takes too long. */
export const inTime = <T>(answer: Promise<T> | undefined): Promise<T | undefined> =>
	within(
		Promise.resolve(answer).catch(() => undefined),
		STORAGE_TIMEOUT_MS,
		() => undefined
	);

/** Resolves after the next frame, when everything drawn so far has been laid out. Hidden pages have no frames. */
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
