import type { Damage, DamageCrash, MeasuredDamage, ServedText } from './types';

/** Bytes of the text that are left in A's tokens and not in B's. */
export const droppedBytes = ({ a, b }: MeasuredDamage): number =>
	Math.max(0, a.coveredBytes - b.coveredBytes);

/** A figure of both sides, written. */
export interface DamageRow {
	readonly name: string;
	readonly a: string;
	readonly b: string;
}

/** A measurement in words: the same ones on the page and in every report. */
export interface DamageWords {
	/** "+88.6 %" more bits per byte; null where there is no such number, or where it would pass for a gain. */
	readonly figure: string | null;
	/** What it means; begins small where a figure stands before it. */
	readonly sentence: string;
	/** What the number hides; null where it hides nothing. */
	readonly warning: string | null;
	readonly rows: readonly DamageRow[];
	/** What was trained on and what was measured on; null where nothing was measured. */
	readonly sizes: string | null;
}

/**
 * @param corpus name of the text
 * @param crashes whether other text of B would stop the model: then nothing is said of no errors
 */
export function damageWords(damage: Damage, corpus: string, crashes: boolean): DamageWords {
	if (damage.outcome === 'crash') {
		return { figure: null, sentence: crashWords(damage), warning: null, rows: [], sizes: null };
	}
	const { training, heldOut, dealt } = damage;
	return {
		...headline(damage, crashes),
		rows: figures(damage),
		sizes: `Trained on ${kilobytes(training.bytes)} of ${corpus} (${counted(training.tokens, 'token')}), measured on ${kilobytes(heldOut.bytes)} held out: every fifth ${dealt === 'documents' ? 'document' : 'part'}, ${grouped(heldOut.documents)} in all.`
	};
}

function headline(
	damage: MeasuredDamage,
	crashes: boolean
): Pick<DamageWords, 'figure' | 'sentence' | 'warning'> {
	const { change, a } = damage;
	const dropped = droppedBytes(damage);
	const left = `B leaves out ${percent(dropped / a.coveredBytes)} of the text (${grouped(dropped)} of ${counted(a.coveredBytes, 'byte')})`;
	const noGain = 'What is not there costs no bits';
	if (change < 0 && dropped > 0) {
		return {
			figure: null,
			sentence: `${left}. ${noGain}: that it needs ${percent(-change)} fewer is no gain.`,
			warning: null
		};
	}
	const warning =
		dropped > 0 ? `${left}. ${noGain}, so the damage is larger than the number.` : null;
	if (change === 0) {
		return {
			figure: '±0 %',
			sentence: 'bits per byte: the model loses nothing.',
			warning
		};
	}
	const errors = crashes
		? 'no id of this text is out of range, though others of B are'
		: 'nothing errors';
	return {
		figure: `${change > 0 ? '+' : '−'}${Math.abs(change) < 0.0005 ? '<0.1 %' : percent(Math.abs(change))}`,
		sentence: `bits per byte of the same text: a model trained on A’s ids reads it ${change > 0 ? 'worse' : 'better'}, and ${errors}.`,
		warning
	};
}

function figures({ a, b }: MeasuredDamage): DamageRow[] {
	const row = (name: string, of: (served: ServedText) => string) => ({ name, a: of(a), b: of(b) });
	return [
		row('bits per byte', ({ bitsPerByte }) => bitsPerByte.toFixed(2)),
		row('next token guessed right', ({ top1 }) => percent(top1)),
		row('pairs of tokens never seen in training', ({ unseenBigrams }) => percent(unseenBigrams)),
		row('tokens never seen in training', ({ untrained }) => grouped(untrained)),
		row('tokens', ({ tokens }) => grouped(tokens)),
		row('bytes of the text that are kept', ({ coveredBytes }) => grouped(coveredBytes))
	];
}

const crashWords = ({ id, rows, document, byte }: DamageCrash): string =>
	`B gives id ${grouped(id)}, and the model has ${counted(rows, 'row')}: it stops with an error in ${document}, byte ${grouped(byte)}. Nothing was measured.`;

const one = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
/** "12.3 %", "1,234 %" */
function percent(share: number): string {
	if (share > 0 && share < 0.0005) return '<0.1 %';
	return `${share < 10 ? one.format(share * 100) : grouped(Math.round(share * 100))} %`;
}
const grouped = (value: number): string => value.toLocaleString('en');
const counted = (value: number, noun: string): string =>
	`${grouped(value)} ${noun}${value === 1 ? '' : 's'}`;
const kilobytes = (bytes: number): string => `${grouped(Math.round(bytes / 1000))} kB`;
