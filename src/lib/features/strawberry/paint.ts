import { hueOf } from '../../ui/token/drawn-token';

/** The colour of a token: a hue by its id, lightness by its position, so that neighbours always differ. */
export const paintOf = (id: number, at: number): string =>
	`background:var(--token-${hueOf(id)}-${at % 2 === 0 ? 'even' : 'odd'})`;
