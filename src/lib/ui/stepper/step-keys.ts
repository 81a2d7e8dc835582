/** What a key does to the steps: go to one, or play and pause. */
export type StepAction = { readonly to: number } | 'toggle';

/**
 * The action of a key pressed on `target` inside a stepper; null when the key is the target's own:
 * a field keeps its caret keys, a select its arrows, a button its Space.
 */
export function stepAction(
	event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>,
	target: EventTarget | null,
	step: number,
	last: number
): StepAction | null {
	if (event.ctrlKey || event.metaKey || event.altKey) return null;
	if (target instanceof HTMLSelectElement) return null;
	if (target instanceof HTMLInputElement && target.type !== 'range') return null;
	const by = event.shiftKey ? 10 : 1;
	const clamp = (to: number) => ({ to: Math.min(last, Math.max(0, to)) });
	switch (event.key) {
		case 'ArrowLeft':
			return clamp(step - by);
		case 'ArrowRight':
			return clamp(step + by);
		case 'Home':
			return { to: 0 };
		case 'End':
			return { to: last };
		case ' ':
			return target instanceof HTMLButtonElement ? null : 'toggle';
		default:
			return null;
	}
}
