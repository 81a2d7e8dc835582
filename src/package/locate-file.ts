/** URL of a file that the package ships. `build.js` lists all URLs literally, as bundlers require. */
export const locateFile = (name: string): URL =>
	new URL(`../lib/generated/${name}`, import.meta.url);
