/** Address of a file that the package ships. `build.js` spells out all addresses, as bundlers need them. */
export const locateFile = (name: string): URL =>
	new URL(`../lib/generated/${name}`, import.meta.url);
