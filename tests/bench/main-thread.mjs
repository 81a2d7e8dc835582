/**
 * Longest task on the main thread of a page while `act` runs, in milliseconds; 0 if none took more than 50
 * (PerformanceObserver, longtask).
 * @param {import('@playwright/test').Page} page
 */
export async function longestTask(page, act) {
	await page.evaluate(() => {
		window.benchObserver?.disconnect();
		const tasks = (window.benchTasks = []);
		window.benchObserver = new PerformanceObserver((list) => {
			for (const { duration } of list.getEntries()) tasks.push(duration);
		});
		window.benchObserver.observe({ type: 'longtask' });
	});
	await act();
	return page.evaluate(() => Math.max(0, ...window.benchTasks));
}
