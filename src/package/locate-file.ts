/** URL of a file that the package ships. `build.js` writes all URLs out in full, because bundlers require this. */
export const locateFile = (name: string): URL =>
	new URL(`../lib/generated/${name}`, import.meta.url);
