// Long tasks on the main thread of a page (PerformanceObserver, longtask).

/** Starts to record tasks. @param {import('@playwright/test').Page} page */
export const watchTasks = (page) =>
	page.evaluate(() => {
		window.benchObserver?.disconnect();
		const tasks = (window.benchTasks = []);
		window.benchObserver = new PerformanceObserver((list) => {
			for (const { duration } of list.getEntries()) tasks.push(duration);
		});
		window.benchObserver.observe({ type: 'longtask' });
	});

/** Longest recorded task in milliseconds; 0 if none took more than 50. */
export const longestTask = (page) => page.evaluate(() => Math.max(0, ...window.benchTasks));
