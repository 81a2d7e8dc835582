/** Registered keyboard shortcuts, from which the help is made. */
export interface Shortcut {
	/** As shown: `n`, `← →`, `Esc`. */
	readonly keys: string;
	readonly does: string;
	/** Where it works: `anywhere`, `tokens`, … */
	readonly where: string;
}

export class Shortcuts {
	#list = $state.raw<readonly Shortcut[]>([]);
	/** Whether single letters act. They can be switched off (WCAG 2.1.4). */
	letters = $state(true);

	get list(): readonly Shortcut[] {
		return this.#list;
	}

	/** Adds shortcuts to the help. @returns removes them again */
	register(shortcuts: readonly Shortcut[]): () => void {
		this.#list = [...this.#list, ...shortcuts];
		return () => {
			this.#list = this.#list.filter((shortcut) => !shortcuts.includes(shortcut));
		};
	}
}

/** Shared, because there is one keyboard. */
export const shortcuts = new Shortcuts();

/** Whether a key press is meant for a field that takes text. */
export function isTyping(event: KeyboardEvent): boolean {
	const { target } = event;
	return (
		target instanceof HTMLElement &&
		(target.isContentEditable || target.matches('input, textarea, select'))
	);
}
