/** Maximum time to wait for the browser's storage before doing without it. Another tab may block it for any time. */
export const STORAGE_TIMEOUT_MS = 3_000;

/** Answer of the browser's storage; `undefined` if it fails or does not answer in time. */
export function inTime<T>(answer: Promise<T> | undefined): Promise<T | undefined> {
	return new Promise((resolve) => {
		const timer = setTimeout(() => resolve(undefined), STORAGE_TIMEOUT_MS);
		void Promise.resolve(answer)
			.catch(() => undefined)
			.then((found) => {
				clearTimeout(timer);
				resolve(found);
			});
	});
}
