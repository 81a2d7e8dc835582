/**
 * Fields that hold what a user typed, or names of their files, follow the `#` of a link, which browsers send to no
 * server: `?t=gpt2#v1.t=<text>?q=straw`, or `#v1?q=straw` without a text. They may also be in the search part.
 */

/** Search part and hash of an address, with `?` and `#`; empty if there is none. */
export interface AddressParts {
	readonly search: string;
	readonly hash: string;
}

/** Moves the fields with some names from the search part to the end of the hash. */
export function splitTyped(
	{ search, hash }: AddressParts,
	typed: ReadonlySet<string>
): AddressParts {
	const isTyped = (parameter: string) => typed.has(parameter.split('=', 1)[0]);
	const parameters = search.slice(1).split('&').filter(Boolean);
	const moved = parameters.filter(isTyped);
	if (moved.length === 0) return { search, hash };
	const others = parameters.filter((parameter) => !isTyped(parameter));
	return {
		search: others.length > 0 ? `?${others.join('&')}` : '',
		hash: `${hash || '#v1'}?${moved.join('&')}`
	};
}

/** Returns all fields of a link, and its hash without them. */
export function joinTyped({ search, hash }: AddressParts): {
	readonly settings: URLSearchParams;
	readonly hash: string;
} {
	const settings = new URLSearchParams(search);
	const [, start, typed] = /^(#v\d+[^?]*)\?(.*)$/s.exec(hash) ?? [];
	if (start === undefined) return { settings, hash };
	for (const [name, value] of new URLSearchParams(typed)) settings.append(name, value);
	return { settings, hash: start.includes('.') ? start : '' };
}
