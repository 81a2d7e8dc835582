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
		readonly applies: () => boolean;
	} | null>(null);

	/** `null` if there is nothing to say. */
	get shown() {
		return this.#shown?.applies() ? this.#shown : null;
	}

	/**
	 * Says what was done. An action that runs also dismisses the announcement.
	 * @param applies whether the actions lose no later change. The announcement is shown only then. It is reactive.
	 */
	show(
		message: string,
		actions: readonly AnnouncedAction[] = [],
		applies: () => boolean = () => true
	): void {
		this.#shown = { message, isError: false, actions, applies };
	}

	/** Says what could not be done. */
	fail(message: string, actions: readonly AnnouncedAction[] = []): void {
		this.#shown = { message, isError: true, actions, applies: () => true };
	}

	/**
	 * Offers to undo what was just done.
	 * @param undo restores everything, also what depends on it
	 * @param applies whether undoing loses no later change
	 */
	offerUndo(message: string, undo: () => void, applies: () => boolean = () => true): void {
		this.show(message, [{ name: 'Undo', run: undo }], applies);
	}

	dismiss(): void {
		this.#shown = null;
	}
}
