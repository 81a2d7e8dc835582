import type { Scanner } from '../types';
import { NUMBER, skipAtMost, skipUntil } from './chars';

/** `\p{N}{1,most}`, isolated: what lies between the matches is a piece too. */
export function numberScanner(most: number): Scanner {
	return (bytes, start, end, ends) => {
		let at = start;
		while (at < end) {
			const digits = skipAtMost(bytes, at, end, NUMBER, most);
			at = digits > at ? digits : skipUntil(bytes, at, end, NUMBER);
			ends.push(at);
		}
	};
}
