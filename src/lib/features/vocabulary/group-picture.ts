/** Draws the groups of a vocabulary as an SVG without style sheets or web fonts, for slides and papers. */
import { formatCount } from '../../session/format';
import type { Grouping } from '../../session/links/vocabulary';
import { ACCENT, DIM, escapeXml, INK } from '../../session/picture';
import { describeShare, groupName } from './messages';
import type { TokenGroup } from './summary';

/** Sizes in CSS px. */
const WIDTH = 960;
const MARGIN = 24;
const TOP = 68;
const ROW_HEIGHT = 24;
const LABEL_WIDTH = 190;
const FIGURE_WIDTH = 150;
const BAR_HEIGHT = 14;

export function groupPicture(
	title: string,
	groups: readonly TokenGroup[],
	grouping: Grouping
): string {
	const largest = Math.max(1, ...groups.map(({ tokens }) => tokens));
	const room = WIDTH - 2 * MARGIN - LABEL_WIDTH - FIGURE_WIDTH;
	const left = MARGIN + LABEL_WIDTH;
	const rows = groups.map((group, i) => {
		const y = TOP + i * ROW_HEIGHT;
		const width = Math.max(2, Math.round((room * group.tokens) / largest));
		return [
			text(left - 10, y + 12, groupName(grouping, group.name), 'text-anchor="end"'),
			`<rect x="${left}" y="${y}" width="${width}" height="${BAR_HEIGHT}" fill="${ACCENT}"/>`,
			text(
				left + width + 8,
				y + 12,
				`${formatCount(group.tokens)} · ${describeShare(group)}`,
				'',
				DIM
			)
		].join('');
	});
	const height = TOP + groups.length * ROW_HEIGHT + MARGIN;
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}">
<title>${escapeXml(title)}</title>
<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>
<text x="${MARGIN}" y="${MARGIN + 16}" font-family="sans-serif" font-size="19" font-weight="bold" fill="${INK}">${escapeXml(title)}</text>
${rows.join('\n')}
</svg>
`;
}

const text = (x: number, y: number, content: string, more: string, fill = INK) =>
	`<text x="${x}" y="${y}" font-family="sans-serif" font-size="13" fill="${fill}" ${more}>${escapeXml(content)}</text>`;
