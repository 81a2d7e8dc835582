/**
 * Fields that hold what a user typed, or names of their files, follow the `#` of a link, which browsers send to no
 * server: `?t=gpt2#v1.t=<text>?q=straw`, or `#v1?q=straw` without a text. Older links have all fields in the search part.
 */

/** Moves the fields with some names from the search part, with its `?`, to the end of a hash. */
export function splitTyped(search: string, hash: string, typed: ReadonlySet<string>): string {
	const isTyped = (parameter: string) => typed.has(parameter.split('=', 1)[0]);
	const parameters = search.slice(1).split('&').filter(Boolean);
	const moved = parameters.filter(isTyped);
	if (moved.length === 0) return search + hash;
	const others = parameters.filter((parameter) => !isTyped(parameter));
	return `${others.length > 0 ? '?' : ''}${others.join('&')}${hash || '#v1'}?${moved.join('&')}`;
}

/** Returns all fields of a link, and its hash without them. */
export function joinTyped(
	search: string,
	hash: string
): { readonly settings: URLSearchParams; readonly hash: string } {
	const settings = new URLSearchParams(search);
	const [, start, typed] = /^(#v\d+[^?]*)\?(.*)$/s.exec(hash) ?? [];
	if (start === undefined) return { settings, hash };
	for (const [name, value] of new URLSearchParams(typed)) settings.append(name, value);
	return { settings, hash: start.includes('.') ? start : '' };
}
