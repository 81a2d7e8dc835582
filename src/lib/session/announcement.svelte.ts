import { withoutControls } from './format';

/** A button of an announcement. */
export interface AnnouncedAction {
	readonly name: string;
	readonly run: () => void;
	/** Whether the announcement stays after it ran. */
	readonly stays?: boolean;
}

/** A message with its buttons. */
export interface Announced {
	readonly message: string;
	readonly isError: boolean;
	readonly actions: readonly AnnouncedAction[];
}

/** Tells the visitor what was just done, with ways to undo it or to do it differently. Shows one message at a time. */
export class Announcement {
	#shown = $state.raw<(Announced & { readonly applies: () => boolean }) | null>(null);

	/** `null` if there is nothing to say. */
	get shown() {
		return this.#shown?.applies() ? this.#shown : null;
	}

	/**
	 * Says what was done. An action that runs also dismisses the announcement, unless it says otherwise.
	 * @param isUnchanged whether the actions lose no later change. Reactive. The announcement ends once it is false.
	 */
	show(
		message: string,
		actions: readonly AnnouncedAction[] = [],
		isUnchanged: () => boolean = () => true
	): void {
		let isOver = false;
		const applies = () => !(isOver ||= !isUnchanged());
		this.#shown = { message: withoutControls(message), isError: false, actions, applies };
	}

	/** Says what could not be done. */
	fail(message: string, actions: readonly AnnouncedAction[] = []): void {
		this.#shown = {
			message: withoutControls(message),
			isError: true,
			actions,
			applies: () => true
		};
	}

	/**
	 * Offers to undo what was just done.
	 * @param undo restores everything, also what depends on it
	 * @param isUnchanged whether undoing loses no later change
	 */
	offerUndo(message: string, undo: () => void, isUnchanged?: () => boolean): void {
		this.show(message, [{ name: 'Undo', run: undo }], isUnchanged);
	}

	dismiss(): void {
		this.#shown = null;
	}
}
