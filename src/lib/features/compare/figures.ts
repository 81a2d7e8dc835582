/** The figures of the comparison, as columns. */
import type { ModelCost } from '../../session/costs.svelte';
import { formatCount, formatDollars, formatRatio, formatShare } from '../../session/format';
import type { FigureColumn } from '../../session/documents/compare';
import { MODEL_KIND_NAMES } from '../../ui/messages';
import type { Column } from '../../ui/table/column';

/** A tokenizer with its figures. */
export interface FigureRow {
	readonly tokenizer: string;
	readonly name: string;
	/** Whether the tokenizer has not answered the current text yet. */
	readonly isWaiting: boolean;
	/** Whether that takes longer than a moment. */
	readonly isLate: boolean;
	/** Of the latest answer, which is to an earlier text while the tokenizer is awaited; `null` if there is none. */
	readonly figures: {
		readonly tokens: number;
		readonly bytes: number;
		readonly characters: number;
		readonly distinct: number;
		readonly vocabularySize: number;
	} | null;
	readonly cost: ModelCost;
}

/** Names a tokenizer's model. */
export const keyOf = ({ tokenizer, cost }: FigureRow): string =>
	`${tokenizer} ${cost.preset?.name ?? ''}`;

const kindOf = ({ preset, kindOf }: ModelCost) => preset && kindOf(preset);

/** Name of the group that a row is in: embedding and retired models are below the others. */
export function groupOf({ cost }: FigureRow): string {
	const kind = kindOf(cost);
	return kind === null || kind === 'chat' ? '' : MODEL_KIND_NAMES[kind];
}

/**
 * Keys of the rows with the lowest price of the text among the current chat models. Empty if fewer than two have a price.
 * @param rows of all models
 */
export function cheapestOf(rows: readonly FigureRow[]): readonly string[] {
	const priced = rows.flatMap((row) => {
		const price =
			kindOf(row.cost) === 'chat' && row.figures && row.cost.priceOf(row.figures.tokens);
		return price ? [{ key: keyOf(row), price }] : [];
	});
	const lowest = Math.min(...priced.map(({ price }) => price));
	return priced.length < 2 ? [] : priced.flatMap(({ key, price }) => (price === lowest ? key : []));
}

type Figures = NonNullable<FigureRow['figures']>;
type Cells = Partial<Record<FigureColumn, Column<FigureRow>['cell']>>;

const DASH = '–';

/** @param cells what is drawn instead of the text of a column */
export function figureColumns(cells: Cells = {}): readonly Column<FigureRow>[] {
	const column = <T extends number | string>(
		id: FigureColumn,
		header: string,
		value: (row: FigureRow) => T | null,
		format: (value: T) => string,
		others: Partial<Column<FigureRow>> = {}
	): Column<FigureRow> => ({
		id,
		header,
		value,
		text: (row) => {
			const found = value(row);
			return found === null ? DASH : format(found);
		},
		cell: cells[id],
		...others
	});
	const figure = (
		id: FigureColumn,
		header: string,
		value: (figures: Figures, cost: ModelCost) => number | null,
		format: (value: number) => string,
		title?: string
	) =>
		column(id, header, ({ figures, cost }) => (figures ? value(figures, cost) : null), format, {
			title
		});
	const per = (amount: number, tokens: number) => (tokens === 0 ? null : amount / tokens);
	return [
		column('tokenizer', 'tokenizer', ({ name }) => name, String, { class: 'mono-name anywhere' }),
		figure('tokens', 'tokens', ({ tokens }) => tokens, formatCount),
		column('model', 'model', ({ cost }) => cost.preset?.name ?? null, String, { align: 'left' }),
		column('price-per-million', '$ per M', ({ cost }) => cost.price, String, {
			title: 'US dollars per million input tokens. You can change it.'
		}),
		figure(
			'price',
			'price',
			({ tokens }, cost) => cost.priceOf(tokens),
			formatDollars,
			'Price of this text as input, in US dollars'
		),
		figure(
			'price-of-calls',
			'1,000 calls',
			({ tokens }, cost) => cost.priceOf(tokens, 1000),
			formatDollars,
			'Price of 1,000 calls with this text, in US dollars'
		),
		column('window', 'window', ({ cost }) => cost.window, formatCount, {
			title: 'Context window in tokens, as advertised. You can change it.'
		}),
		figure(
			'share',
			'share',
			({ tokens }, cost) => cost.shareOf(tokens),
			formatShare,
			'Share of the context window that this text takes'
		),
		figure(
			'bytes-per-token',
			'bytes/token',
			({ bytes, tokens }) => per(bytes, tokens),
			formatRatio,
			'UTF-8 bytes per token'
		),
		figure(
			'chars-per-token',
			'chars/token',
			({ characters, tokens }) => per(characters, tokens),
			formatRatio,
			'Code points per token'
		),
		figure('distinct', 'distinct', ({ distinct }) => distinct, formatCount, 'Distinct ids'),
		figure(
			'vocabulary',
			'vocabulary',
			({ vocabularySize }) => vocabularySize,
			formatCount,
			'Largest id + 1'
		)
	];
}
