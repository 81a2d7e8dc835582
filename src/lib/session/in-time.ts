/**
 * How long to wait for the browser's storage before continuing without it. Another tab may block the storage
 * indefinitely.
 */
export const STORAGE_TIMEOUT_MS = 3_000;

/**
 * Waits for `answer`, but calls `late` and returns its result if the time limit passes first.
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

/** Waits for the browser's storage; `undefined` if it fails or takes too long. */
export const inTime = <T>(answer: Promise<T> | undefined): Promise<T | undefined> =>
	within(
		Promise.resolve(answer).catch(() => undefined),
		STORAGE_TIMEOUT_MS,
		() => undefined
	);

/**
 * Resolves after the next frame, once the page has been laid out, or after a short delay if the page is hidden, because
 * browsers don't draw frames for hidden pages.
 */
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
