/**
 * Copies the characters of the selection themselves, when all of it lies inside `root`. The browser
 * would add line breaks between the boxes, turn CR into LF and drop NUL.
 */
export function copyOriginal(event: ClipboardEvent, root: Node): void {
	const selection = getSelection();
	if (!selection || selection.rangeCount === 0 || !event.clipboardData) return;
	const range = selection.getRangeAt(0);
	if (range.collapsed || !root.contains(range.commonAncestorContainer)) return;
	event.clipboardData.setData('text/plain', range.cloneContents().textContent ?? '');
	event.preventDefault();
}
