import type { HubFileDifference, Witness } from '../types';
import { fileNotCompared, SAME } from './messages';
import {
	parseObject,
	readHubSettings,
	type HubFile,
	type HubFiles,
	type HubSettings
} from './settings';
import { canonicalJson } from '../equal';

export type Change = Pick<HubFileDifference, 'severity' | 'changes' | 'sentence' | 'witness'>;

export const harmless = (sentence: string): Change => ({
	severity: 'harmless',
	changes: 'nothing',
	sentence,
	witness: null
});

export const WRITTEN_DIFFERENTLY: Change = { ...harmless(SAME), severity: 'formatting-only' };

export const silent = (
	changes: HubFileDifference['changes'],
	sentence: string,
	witness: Witness<'transformers'> | null = null
): Change => ({ severity: 'silent', changes, sentence, witness });

/** Creates a witness with the output of transformers, which recognises special tokens in text. */
export const inTransformers = (
	does: Witness['does'],
	inputs: readonly string[],
	[a, b]: readonly Witness['a'][],
	addSpecialTokens = false
): Witness<'transformers'> => ({
	reference: 'transformers',
	does,
	inputs,
	special: 'parse',
	addSpecialTokens,
	skipSpecial: false,
	a,
	b
});

/** The files of two folders, and the differences found so far. */
export class FolderPair {
	readonly differences: HubFileDifference[] = [];
	readonly notes: string[] = [];
	readonly a: HubSettings;
	readonly b: HubSettings;

	/** @throws Error with a one-line message if a file is malformed */
	constructor(
		readonly filesA: HubFiles,
		readonly filesB: HubFiles
	) {
		const [a, b] = [readHubSettings(filesA), readHubSettings(filesB)];
		// A folder without config.json is assumed to be for the same model.
		this.a = { ...a, model_type: filesA.has('config.json') ? a.model_type : b.model_type };
		this.b = { ...b, model_type: filesB.has('config.json') ? b.model_type : a.model_type };
	}

	/** Whether the JSON of a field or of a whole file differs. */
	differ(file: HubFile, field: string | null): boolean {
		return valueOf(this.filesA, file, field) !== valueOf(this.filesB, file, field);
	}

	/** Whether both sides have a file; adds a note if only one of them has it. */
	bothHave(file: HubFile): boolean {
		const [inA, inB] = [this.filesA.has(file), this.filesB.has(file)];
		if (inA !== inB) this.notes.push(fileNotCompared(file, inA ? 'A' : 'B'));
		return inA && inB;
	}

	/** Adds a finding for a field whose JSON differs. @param isSame whether both values have the same meaning */
	compare(file: HubFile, field: string, isSame: boolean, change: () => Change): void {
		if (this.differ(file, field)) this.add(file, field, isSame ? WRITTEN_DIFFERENTLY : change());
	}

	add(file: HubFile, field: string | null, change: Change): HubFileDifference {
		const [a, b] =
			field === null
				? [null, null]
				: [valueOf(this.filesA, file, field), valueOf(this.filesB, file, field)];
		const difference = { file, field, a, b, ...change };
		this.differences.push(difference);
		return difference;
	}
}

/** JSON of a field or of the whole file; `null` if absent. */
function valueOf(files: HubFiles, file: HubFile, field: string | null): string | null {
	if (!files.has(file)) return null;
	const object = parseObject(files, file);
	if (field === null) return canonicalJson(object.value);
	const { value } = object.get(field);
	return value === undefined ? null : canonicalJson(value);
}
