/** A button of an announcement. */
export interface AnnouncedAction {
	readonly name: string;
	readonly run: () => void;
}

/** Tells the visitor what was just done, with ways to undo it or to do it differently. Shows one message at a time. */
export class Announcement {
	#shown = $state.raw<{
		readonly message: string;
		readonly isError: boolean;
		readonly actions: readonly AnnouncedAction[];
	} | null>(null);

	/** `null` if there is nothing to say. */
	get shown() {
		return this.#shown;
	}

	/** Says what was done. An action that runs also dismisses the announcement. */
	show(message: string, actions: readonly AnnouncedAction[] = []): void {
		this.#shown = { message, isError: false, actions };
	}

	/** Says what could not be done. */
	fail(message: string, actions: readonly AnnouncedAction[] = []): void {
		this.#shown = { message, isError: true, actions };
	}

	/** Offers to undo what was just done. @param undo restores everything, also what depends on it */
	offerUndo(message: string, undo: () => void): void {
		this.show(message, [{ name: 'Undo', run: undo }]);
	}

	dismiss(): void {
		this.#shown = null;
	}
}
