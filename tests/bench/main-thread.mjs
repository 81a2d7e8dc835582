// What the main thread of a page is busy with (PerformanceObserver, longtask).

/** From now on tasks are noted. @param {import('@playwright/test').Page} page */
export const watchTasks = (page) =>
	page.evaluate(() => {
		window.benchObserver?.disconnect();
		const tasks = (window.benchTasks = []);
		window.benchObserver = new PerformanceObserver((list) => {
			for (const { duration } of list.getEntries()) tasks.push(duration);
		});
		window.benchObserver.observe({ type: 'longtask' });
	});

/** The longest task that was noted, in milliseconds; 0 where none was over 50. */
export const longestTask = (page) => page.evaluate(() => Math.max(0, ...window.benchTasks));
