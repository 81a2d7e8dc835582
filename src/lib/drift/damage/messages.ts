import { formatCount, formatRatio, formatShare, plural } from '../../engine/text';
import type { Description } from '../messages';
import type {
	CorpusDamage,
	Damage,
	DamageCrash,
	DamageFindings,
	MeasuredDamage,
	ServedText
} from './types';

/** Number of bytes that A's tokens cover but B's don't. */
export const droppedBytes = ({ a, b }: MeasuredDamage): number =>
	Math.max(0, a.coveredBytes - b.coveredBytes);

/** Description of a measurement, the same on the page and in every report. */
export interface DamageDescription {
	/** "+88.6%" bits per byte; `null` if nothing was measured, or if the number would look like an improvement. */
	readonly figure: string | null;
	/** What the figure means. Starts in lower case unless `figure` is `null`. */
	readonly sentence: string;
	/** Warning about what the number hides; `null` if there is nothing to warn about. */
	readonly warning: string | null;
	/** In the order of {@link DAMAGE_FIGURES}; empty if nothing was measured. */
	readonly rows: readonly { readonly name: string; readonly a: string; readonly b: string }[];
	/** Amount of text that the model was trained and measured on; `null` if nothing was measured. */
	readonly sizes: string | null;
}

/**
 * @param corpus name of the text
 * @param crashes whether some of B's ids have no embedding row, even if this text doesn't produce them. If so, the
 * description doesn't claim that there is no error.
 */
export function describeDamage(
	damage: Damage,
	corpus: string,
	crashes: boolean
): DamageDescription {
	if (damage.outcome === 'crash') {
		return { figure: null, sentence: describeCrash(damage), warning: null, rows: [], sizes: null };
	}
	const { training, heldOut, splitUnit, a, b } = damage;
	return {
		...headline(damage, crashes),
		rows: FIGURES.map(({ name, format }) => ({ name, a: format(a), b: format(b) })),
		sizes: `Trained on ${kilobytes(training.bytes)} of ${corpus} (${plural(training.tokens, 'token')}), measured on ${kilobytes(heldOut.bytes)} that was held out from training: every fifth ${splitUnit === 'documents' ? 'document' : 'part'}, ${formatCount(heldOut.documents)} in total.`
	};
}

/**
 * Summarises one measurement, or the figures of several, in one sentence.
 * @param crashes as in {@link describeDamage}
 */
export function summarizeDamage(measurements: readonly CorpusDamage[], crashes: boolean): string {
	const all = measurements.map(({ corpus, damage }) => ({
		corpus,
		...describeDamage(damage, corpus, crashes)
	}));
	if (all.length === 1) {
		const [{ figure, sentence }] = all;
		return figure === null ? sentence : `${figure} ${sentence}`;
	}
	const figures = all.flatMap(({ figure, corpus }) =>
		figure === null ? [] : [`${figure} on ${corpus}`]
	);
	const hasCrash = measurements.some(({ damage }) => damage.outcome === 'crash');
	return [
		...(figures.length === 0 ? [] : [`Bits per byte of the same text: ${figures.join(', ')}.`]),
		...all.flatMap(({ figure, corpus, sentence }) =>
			figure === null ? [`On ${corpus}: ${sentence}`] : []
		),
		...(hasCrash || crashes ? [] : ['There is no error.'])
	].join(' ');
}

/** Summarises the measurements, then describes each one. @param crashes as in {@link describeDamage} */
export function describeDamageFindings(
	{ measurements }: DamageFindings,
	crashes: boolean
): Description {
	const details = measurements.flatMap(({ damage, corpus }) => {
		const { warning, rows, sizes } = describeDamage(damage, corpus, crashes);
		const prefix = measurements.length === 1 ? '' : `On ${corpus}: `;
		const figures = rows.slice(0, 3).map(({ name, a, b }) => `${name} ${a} with A, ${b} with B`);
		const line = `${prefix}${figures.join('; ')}.`;
		return [
			...(warning === null ? [] : [`${prefix}${warning}`]),
			...(figures.length === 0 ? [] : [line[0].toUpperCase() + line.slice(1)]),
			...(sizes === null ? [] : [sizes])
		];
	});
	return [summarizeDamage(measurements, crashes), ...details];
}

function headline(
	damage: MeasuredDamage,
	crashes: boolean
): Pick<DamageDescription, 'figure' | 'sentence' | 'warning'> {
	const { change, a } = damage;
	const dropped = droppedBytes(damage);
	const left = `B leaves out ${formatShare(dropped / a.coveredBytes)} of the text (${formatCount(dropped)} of ${plural(a.coveredBytes, 'byte')})`;
	const noBits = 'Missing text costs no bits';
	if (change < 0 && dropped > 0) {
		return {
			figure: null,
			sentence: `${left}. ${noBits}, so needing ${formatSize(change)} fewer bits is no gain.`,
			warning: null
		};
	}
	const warning = dropped > 0 ? `${left}. ${noBits}, so the figure understates the damage.` : null;
	if (change === 0) {
		return {
			figure: '±0%',
			sentence: 'bits per byte: the model loses nothing.',
			warning
		};
	}
	const errors = crashes
		? 'no id in this text is out of range, but other ids in B are'
		: 'there is no error';
	return {
		figure: formatChange(change),
		sentence: `bits per byte of the same text: a model trained on A’s ids predicts it ${change > 0 ? 'worse' : 'better'}, and ${errors}.`,
		warning
	};
}

const FIGURES: readonly { name: string; format: (served: ServedText) => string }[] = [
	{ name: 'bits per byte', format: ({ bitsPerByte }) => formatRatio(bitsPerByte) },
	{ name: 'next token predicted correctly', format: ({ top1 }) => formatShare(top1) },
	{
		name: 'token pairs never seen in training',
		format: ({ unseenBigrams }) => formatShare(unseenBigrams)
	},
	{ name: 'tokens never seen in training', format: ({ untrained }) => formatCount(untrained) },
	{ name: 'tokens', format: ({ tokens }) => formatCount(tokens) },
	{ name: 'bytes of the text covered', format: ({ coveredBytes }) => formatCount(coveredBytes) }
];

export const DAMAGE_FIGURES: readonly string[] = FIGURES.map(({ name }) => name);

const describeCrash = ({ id, rows, document, byte }: DamageCrash): string =>
	`B gives id ${id}, but the model has ${plural(rows, 'embedding row')}: it stops with an error in ${document}, byte ${formatCount(byte)}. Nothing was measured.`;

/** "+88.6%", "−12%", "+<0.1%" */
const formatChange = (change: number): string => `${change > 0 ? '+' : '−'}${formatSize(change)}`;

/** Size of a change without its sign: "88.6%". */
function formatSize(change: number): string {
	const rounded = Math.round(Math.abs(change) * 1000) / 1000;
	return rounded === 0 ? '<0.1%' : formatShare(rounded);
}
const kilobytes = (bytes: number): string => `${formatCount(Math.round(bytes / 1000))} kB`;
