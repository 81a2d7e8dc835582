import { splitsPair } from '../../engine/text';

/** At most `units` units from the beginning of a text, without cutting a surrogate pair. */
export function wellFormedPrefix(text: string, units: number): string {
	if (text.length <= units) return text;
	return text.slice(0, splitsPair(text, units) ? units - 1 : units);
}
