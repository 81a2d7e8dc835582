import type { FileFields } from '../tokenizers/files/file-fields';
import type { Description } from './messages';
import type { Loads, QuickFindings } from './types';

/** The result for a file on which Hugging Face's library wasn't run. */
export const NOT_CHECKED = 'not checked: only Hugging Face’s library itself can tell';

/** Whether Hugging Face's library rejects a file or fails on it. */
export const isBroken = (loads: Loads): boolean => /^(refused|aborts): /.test(loads);

/**
 * What is known about how Hugging Face's library loads a file.
 * @param native the library's result, if it was run
 */
export const loadsOf = (file: FileFields | null | undefined, native?: Loads): Loads =>
	native ?? (file && file.refusal !== null ? `refused: ${file.refusal}` : NOT_CHECKED);

export function describeLoads({ a, b }: QuickFindings['loads']): Description {
	if (a === b && a.startsWith('aborts')) {
		return [
			`Hugging Face’s library aborts on some input with both: ${a.slice('aborts: '.length)}.`
		];
	}
	const describe = (side: string, loads: Loads): string[] => {
		const [, kind, words] = /^([a-z ]+): (.*)$/s.exec(loads) ?? [];
		switch (kind) {
			case 'aborts':
				return [`Hugging Face’s library loads ${side} and then aborts: ${words}.`];
			case 'refused':
				return [`Hugging Face’s library refuses to load ${side}: ${words}.`];
			case 'not checked':
				return loads === NOT_CHECKED ? [] : [`${side} was not checked: ${words}.`];
			default:
				return [];
		}
	};
	const [sentence, ...details] = [...describe('B', b), ...describe('A', a)];
	if (sentence !== undefined) return [sentence, ...details];
	return a === 'yes' && b === 'yes'
		? ['Hugging Face’s library loads and runs both.']
		: [
				'Not checked: whether Hugging Face’s library loads and runs both files. bpe-lab diff --native checks it.'
			];
}
