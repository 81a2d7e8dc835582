/** Rows drawn above and below those in view, so that scrolling never shows a gap. */
const SPARE_ROWS = 8;

/**
 * Range `[from, to)` of the rows to draw of a long list whose rows have the same height.
 * @param height of a row in CSS px, as are `scrolled` and `viewHeight`
 */
export function rowsInView(
	rows: number,
	height: number,
	scrolled: number,
	viewHeight: number
): { readonly from: number; readonly to: number } {
	const from = Math.max(0, Math.min(rows, Math.floor(scrolled / height)) - SPARE_ROWS);
	return { from, to: Math.min(rows, Math.ceil((scrolled + viewHeight) / height) + SPARE_ROWS) };
}
