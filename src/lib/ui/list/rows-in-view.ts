/** Rows drawn above and below those in sight, so that scrolling never meets a gap. */
const SPARE_ROWS = 8;

/**
 * The first row to draw of a long list of rows of one height, and the row after the last.
 * @param height of a row, in CSS px, as are `scrolled` and `sight`, the height of the visible part
 */
export function rowsInSight(
	rows: number,
	height: number,
	scrolled: number,
	sight: number
): { readonly from: number; readonly to: number } {
	const from = Math.max(0, Math.min(rows, Math.floor(scrolled / height)) - SPARE_ROWS);
	return { from, to: Math.min(rows, Math.ceil((scrolled + sight) / height) + SPARE_ROWS) };
}
