/**
 * Address of a file that the package ships. In the package, `build.js` replaces this module by one that spells out each
 * address, as bundlers need it.
 * @param name relative to the package's `files`
 */
export const locateFile = (name: string): URL =>
	new URL(`../lib/generated/${name}`, import.meta.url);
