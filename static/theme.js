// Before the first paint, so that a chosen theme does not flash. A file of its own: the content
// security policy allows no inline script.
(() => {
	try {
		const theme = localStorage.getItem('bpe-lab-theme');
		if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
	} catch {
		// Storage may be forbidden: the system's theme serves.
		delete document.documentElement.dataset.theme;
	}
})();
