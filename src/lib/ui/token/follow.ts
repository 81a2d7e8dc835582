/**
 * Reads signals for nothing but their sake: what calls this runs again when one of them changes,
 * although it takes what it needs from elsewhere (the DOM, a structure updated in place).
 */
export function follow(...values: readonly unknown[]): number {
	return values.length;
}
