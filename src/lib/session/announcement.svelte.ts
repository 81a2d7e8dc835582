import { withoutControls } from './format';

export interface AnnouncedAction {
	readonly name: string;
	readonly run: () => void;
	/** Whether the announcement stays open after this action runs. */
	readonly stays?: boolean;
}

export interface Announced {
	readonly message: string;
	readonly isError: boolean;
	readonly actions: readonly AnnouncedAction[];
}

/** Reports what just happened, with actions to undo it or do something else. Shows one message at a time. */
export class Announcement {
	#shown = $state.raw<(Announced & { readonly applies: () => boolean }) | null>(null);

	/** `null` if there is no message. */
	get shown() {
		return this.#shown?.applies() ? this.#shown : null;
	}

	/**
	 * Shows a message. Running an action dismisses the message unless the action has {@link AnnouncedAction.stays} set.
	 * @param isUnchanged whether the actions are still possible without losing later changes. Reactive; once false, the
	 * announcement ends
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

	fail(message: string, actions: readonly AnnouncedAction[] = []): void {
		this.#shown = {
			message: withoutControls(message),
			isError: true,
			actions,
			applies: () => true
		};
	}

	/**
	 * Offers to undo what just happened.
	 * @param undo restores the previous state, including everything that depends on it
	 * @param isUnchanged whether undoing is still possible without losing later changes
	 */
	offerUndo(message: string, undo: () => void, isUnchanged?: () => boolean): void {
		this.show(message, [{ name: 'Undo', run: undo }], isUnchanged);
	}

	dismiss(): void {
		this.#shown = null;
	}
}
