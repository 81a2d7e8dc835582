/** Text that ends up on the clipboard when an element is selected and copied. */
export function copyAll(element: Element): string | undefined {
	getSelection()?.selectAllChildren(element);
	const clipboardData = new DataTransfer();
	element.dispatchEvent(
		new ClipboardEvent('copy', { clipboardData, bubbles: true, cancelable: true })
	);
	getSelection()?.removeAllRanges();
	return clipboardData.getData('text/plain');
}
