/** Edits, clicks and dropped files from before hydration, recorded by early.js. */

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

export interface EarlyDrop {
	readonly type: 'drop';
	readonly target: Element;
	readonly files: readonly File[];
}

export interface EarlyClick {
	readonly type: 'click';
	readonly target: HTMLButtonElement;
}

export interface EarlyEdit {
	readonly type: 'input' | 'change';
	readonly target: Field;
	/** Value and state of the field after the edit. */
	readonly value: string;
	readonly checked?: boolean;
	/** Offset of the caret after the edit, in UTF-16 code units. */
	readonly caret?: number | null;
	readonly inputType?: string;
	/** Selection before the edit, in UTF-16 code units, `[start, end]`. */
	readonly selection?: readonly [number, number] | null;
	/** Pasted text with its original line endings. */
	readonly pasted?: string | null;
}

export type EarlyEvent = EarlyEdit | EarlyClick | EarlyDrop;

/**
 * Stops recording events and resets the fields to the values that the server sent, as hydration expects. Call this when
 * hydration starts.
 * @returns number of events other than clicks, and a function that replays all events, to be called after hydration
 */
export function takeEarlyEdits(): { readonly count: number; readonly repeat: () => void } {
	const events = window.bpeLabEarlyEdits?.take() ?? [];
	for (const event of events)
		if (event.type === 'input' || event.type === 'change') reset(event.target);
	return {
		count: events.filter(({ type }) => type !== 'click').length,
		repeat: () => events.forEach(repeat)
	};
}

function repeat(event: EarlyEvent): void {
	if (event.type === 'drop') repeatDrop(event);
	else if (event.type === 'click') event.target.click();
	else repeatEdit(event);
}

function reset(field: Field): void {
	if (field instanceof HTMLSelectElement) {
		for (const option of field.options) option.selected = option.defaultSelected;
	} else {
		field.value = field.defaultValue;
		if (field instanceof HTMLInputElement) field.checked = field.defaultChecked;
	}
}

function repeatDrop({ target, files }: EarlyDrop): void {
	const dataTransfer = new DataTransfer();
	for (const file of files) dataTransfer.items.add(file);
	const to = target.isConnected ? target : document.body;
	to.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
}

function repeatEdit(edit: EarlyEdit): void {
	const { type, target, value, checked, caret, inputType = '', selection, pasted } = edit;
	if (!target.isConnected) return;
	const bubbles = true;
	const isText = !(target instanceof HTMLSelectElement) && typeof caret === 'number';
	if (isText && selection) target.setSelectionRange(...selection);
	if (typeof pasted === 'string') {
		const clipboardData = new DataTransfer();
		clipboardData.setData('text/plain', pasted);
		const paste = new ClipboardEvent('paste', { clipboardData, bubbles, cancelable: true });
		// The field cancels the event if it inserts the text itself.
		if (!target.dispatchEvent(paste)) return;
	}
	if (type === 'input') target.dispatchEvent(new InputEvent('beforeinput', { inputType, bubbles }));
	target.value = value;
	if (target instanceof HTMLInputElement && checked !== undefined) target.checked = checked;
	if (isText) target.setSelectionRange(caret, caret);
	target.dispatchEvent(
		type === 'input'
			? new InputEvent('input', { inputType, bubbles })
			: new Event('change', { bubbles })
	);
}
