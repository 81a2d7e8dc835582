export interface Shortcut {
	/** Keys as displayed: `n`, `← →`, `Esc`. */
	readonly keys: string;
	readonly does: string;
	/** Part of the page where the shortcut works: "Anywhere", "Tokens". */
	readonly where: string;
}

export class Shortcuts {
	#list = $state.raw<readonly Shortcut[]>([]);
	/** Whether single-letter shortcuts work. The user can turn them off (WCAG 2.1.4). */
	letters = $state(true);

	get list(): readonly Shortcut[] {
		return this.#list;
	}

	/** Adds shortcuts to the help. @returns a function that removes them */
	register(shortcuts: readonly Shortcut[]): () => void {
		this.#list = [...this.#list, ...shortcuts];
		return () => {
			this.#list = this.#list.filter((shortcut) => !shortcuts.includes(shortcut));
		};
	}
}

/** Whether a key press goes to a form field. */
export function isTyping(event: KeyboardEvent): boolean {
	const { target } = event;
	return (
		target instanceof HTMLElement &&
		(target.isContentEditable || target.matches('input, textarea, select'))
	);
}
