try {
	const theme = localStorage.getItem('bpe-lab-theme');
	if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch (error) {
	console.warn('The theme cannot be read:', error);
}

// The same build runs under any path, so this page doesn't know the lab's address and tries each parent folder.
(async () => {
	const MAX_FOLDERS = 8;
	const folders = location.pathname.split('/').slice(1, -1).filter(Boolean).slice(0, MAX_FOLDERS);
	for (let depth = folders.length; depth >= 0; depth--) {
		const path = folders.slice(0, depth).map((folder) => `${folder}/`);
		const home = `${location.origin}/${path.join('')}`;
		const found = await fetch(`${home}_app/version.json`).catch(() => null);
		if (found?.ok && found.headers.get('content-type')?.includes('json')) {
			document.querySelector('a')?.setAttribute('href', home);
			return;
		}
	}
})();
