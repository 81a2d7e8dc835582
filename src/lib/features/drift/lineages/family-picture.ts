/** Draws a family's chart as a self-contained SVG, for slides and papers. */
import { formatCount } from '../../../session/format';
import { ACCENT, DIM, escapeXml, INK, LINE } from '../../../session/picture';
import { formatChange, formatPercent, PICTURE_SOURCE } from './messages';
import { axisEnd, marksOf, TICKS, type FamilyRow } from './rows';

/** CSS px. */
const WIDTH = 960;
const AXIS = { left: 150, right: 760 };
const TOP = 118;
const ROW_HEIGHT = 26;
const MARK_HEIGHT = 18;
const CHARACTER_WIDTH = 6.5;

/** @param versions names, oldest first */
export function familyPicture(
	title: string,
	versions: readonly string[],
	rows: readonly FamilyRow[]
): string {
	const bottom = TOP + rows.length * ROW_HEIGHT;
	const height = bottom + 52;
	const end = axisEnd(rows);
	const x = (share: number) => Math.round((AXIS.left + share * (AXIS.right - AXIS.left)) * 10) / 10;
	const first = versions.find((_, i) => rows[0]?.tokens[i] !== null) ?? '';
	const ticks = TICKS.map((ratio) => {
		const at = x(ratio / end);
		return [
			`<line x1="${at}" y1="${TOP}" x2="${at}" y2="${bottom}" stroke="${ratio === 1 ? DIM : LINE}"/>`,
			text(at, bottom + 18, formatPercent(ratio), `text-anchor="middle" fill="${DIM}"`)
		].join('');
	});
	const parts = [
		`<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
		text(24, 34, title, 'font-size="19" font-weight="600"'),
		text(24, 60, `Tokens of each version for the same text, in % of ${first}’s`, `fill="${DIM}"`),
		text(24, 84, versions.map((name, i) => `${i + 1} ${name}`).join('   '), ''),
		...ticks,
		...rows.map((row, i) => drawRow(row, TOP + (i + 0.5) * ROW_HEIGHT, end, x)),
		text(24, height - 10, PICTURE_SOURCE, `fill="${DIM}" font-size="11"`)
	];
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="Inter, Helvetica, Arial, sans-serif" font-size="13" fill="${INK}">
<title>${escapeXml(title)}</title>
${parts.join('\n')}
</svg>
`;
}

function drawRow(row: FamilyRow, y: number, end: number, x: (share: number) => number): string {
	const marks = marksOf(row, end);
	const known = row.tokens.filter((count) => count !== null);
	const [before, after] = [known[0], known[known.length - 1]].map(formatCount);
	return [
		text(AXIS.left - 20, y + 4, row.name, 'text-anchor="end"'),
		`<line x1="${x(marks[0].at)}" y1="${y}" x2="${x(marks[marks.length - 1].at)}" y2="${y}" stroke="${ACCENT}" stroke-width="3" stroke-opacity="0.35"/>`,
		...marks.map(({ label, at }) => {
			const width = Math.max(MARK_HEIGHT, label.length * CHARACTER_WIDTH + 10);
			return [
				`<rect x="${x(at) - width / 2}" y="${y - MARK_HEIGHT / 2}" width="${width}" height="${MARK_HEIGHT}" rx="9" fill="#fff" stroke="${ACCENT}" stroke-width="1.5"/>`,
				text(x(at), y + 4, label, 'text-anchor="middle" font-size="11"')
			].join('');
		}),
		text(
			WIDTH - 24,
			y + 4,
			`${before} → ${after} (${formatChange(row.total)})`,
			'text-anchor="end"'
		)
	].join('');
}

const text = (x: number, y: number, content: string, attributes: string): string =>
	`<text x="${x}" y="${y}" ${attributes}>${escapeXml(content)}</text>`;
