/** Table columns that show what a text costs with each model. */
import { formatCount, formatDollars, formatRatio, formatShare } from '../../session/format';
import type { FigureColumn } from '../../session/documents/compare';
import type { Model } from '../../tokenizers/catalogue/shared/descriptor';
import { priceOfCalls, type ModelKind } from '../../tokenizers/offered-models';
import { MODEL_KIND_NAMES } from '../../ui/messages';
import type { Column } from '../../ui/table/column';

/** A model and the figures for its tokenizer. */
export interface FigureRow {
	readonly tokenizer: string;
	readonly name: string;
	readonly isWaiting: boolean;
	/** Whether computing the figures for the current text is taking long enough to be noticed. */
	readonly isLate: boolean;
	/**
	 * Figures from the latest answer; `null` before the first answer. While a new answer is pending, they belong to an
	 * earlier text.
	 */
	readonly figures: {
		readonly tokens: number;
		readonly bytes: number;
		readonly characters: number;
		readonly distinct: number;
		readonly vocabularySize: number;
	} | null;
	/** The model; `null` if no model with a known price or context window uses the tokenizer. */
	readonly model: Model | null;
	readonly kind: ModelKind | null;
}

export const keyOf = ({ tokenizer, model }: FigureRow): string =>
	`${tokenizer} ${model?.name ?? ''}`;

/** Name of the group that a row is listed in. Embedding models and retired models are listed below the others. */
export const groupOf = ({ kind }: FigureRow): string =>
	kind === null || kind === 'chat' ? '' : MODEL_KIND_NAMES[kind];

/** Price of `calls` calls with this text, in US dollars; `null` if unknown. */
const priceOf = ({ figures, model }: FigureRow, calls = 1): number | null =>
	figures && model?.price ? priceOfCalls(model.price, figures.tokens, calls) : null;

/** Keys of the cheapest rows among current chat models; empty if fewer than two rows have a price. */
export function cheapestOf(rows: readonly FigureRow[]): readonly string[] {
	const priced = rows.flatMap((row) => {
		const price = row.kind === 'chat' ? priceOf(row) : null;
		return price ? [{ key: keyOf(row), price }] : [];
	});
	const lowest = Math.min(...priced.map(({ price }) => price));
	return priced.length < 2 ? [] : priced.flatMap(({ key, price }) => (price === lowest ? key : []));
}

/** First and last date (or month) on which prices and context windows were looked up; `null` if there are no models. */
export function datesOf(rows: readonly FigureRow[]): readonly [string, string] | null {
	const dates = rows
		.flatMap(({ model }) => [model?.price?.asOf, model?.contextWindow?.asOf])
		.filter((date) => date !== undefined)
		.sort();
	return dates.length > 0 ? [dates[0], dates[dates.length - 1]] : null;
}

type Figures = NonNullable<FigureRow['figures']>;
type Cells = Partial<Record<FigureColumn, Column<FigureRow>['cell']>>;

const DASH = '–';

/** @param cells what to show in a column's cells instead of text */
export function figureColumns(cells: Cells = {}): readonly Column<FigureRow>[] {
	const column = <T extends number | string>(
		id: FigureColumn,
		header: string,
		value: (row: FigureRow) => T | null | undefined,
		format: (value: T) => string,
		others: Partial<Column<FigureRow>> = {}
	): Column<FigureRow> => ({
		id,
		header,
		value: (row) => value(row) ?? null,
		text: (row) => {
			const found = value(row);
			return found === null || found === undefined ? DASH : format(found);
		},
		cell: cells[id],
		...others
	});
	const figure = (
		id: FigureColumn,
		header: string,
		value: (figures: Figures) => number | null,
		format: (value: number) => string,
		title: string
	) => column(id, header, ({ figures }) => figures && value(figures), format, { title });
	const per = (amount: number, tokens: number) => (tokens === 0 ? null : amount / tokens);
	return [
		column('model', 'model', ({ model }) => model?.name, String, { align: 'left' }),
		column('tokenizer', 'tokenizer', ({ name }) => name, String, {
			align: 'left',
			class: 'mono-name anywhere'
		}),
		figure('tokens', 'tokens', ({ tokens }) => tokens, formatCount, 'Tokens of this text'),
		column('price-per-million', '$ per M', ({ model }) => model?.price?.inputPerMillion, String, {
			title: 'US dollars per million input tokens'
		}),
		column('price', 'price', (row) => priceOf(row), formatDollars, {
			title: 'Price of this text as input, in US dollars'
		}),
		column('price-of-calls', '1,000 calls', (row) => priceOf(row, 1000), formatDollars, {
			title: 'Price of 1,000 calls with this text, in US dollars'
		}),
		column('window', 'window', ({ model }) => model?.contextWindow?.value, formatCount, {
			title: 'Context window in tokens, as advertised'
		}),
		column(
			'share',
			'share',
			({ figures, model }) =>
				figures && model?.contextWindow && figures.tokens / model.contextWindow.value,
			formatShare,
			{ title: 'Share of the context window that this text takes' }
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
