/** Work on parts of an input, in whatever thread. Its results depend on the parts alone. */
import { buildTokenizer, withExtras, type Encoding } from '../lib/engine';
import { surround } from '../lib/engine/stages';
import type { TokenCount } from '../lib/tokenizers/chunks/token-counter';
import type { MeasureTask } from './commands/inflation';
import type { PretokenTask } from './count-files';
import { named, oneLine } from './failure';
import type { Line } from './input';
import { jsonString } from './json-lines';
import { joinNumbers, sectionEncoder, type EncodingTask, type SectionTask } from './sections';

/** What a thread is told at its start. */
export type Task = SectionTask | LineTask | PretokenTask | MeasureTask;

/** Encodes lines of JSON, each a text of its own. */
export interface LineTask extends EncodingTask {
	readonly kind: 'lines';
	/** Ids before those of each text. */
	readonly bos: readonly number[];
	readonly offsets: boolean;
	readonly count: boolean;
}

export interface EncodedLines extends TokenCount {
	/** A line for each line up to the first wrong one. */
	readonly text: string;
	/** What is wrong with the first wrong line; `null` if nothing is. */
	readonly problem: string | null;
}

/** Creates the function that a thread calls with each part. @throws Error if the tokenizer cannot be run */
export async function createWork(task: Task): Promise<(part: never) => unknown> {
	if (task.kind === 'pretokens') return (await import('./count-files')).pretokenCounter(task);
	if (task.kind === 'measures') return (await import('./commands/inflation')).measurer(task);
	const tokenizer = await withExtras((extras) => buildTokenizer(task.spec, extras));
	if (task.kind === 'sections') return sectionEncoder(task, tokenizer);
	return lineEncoder(task, (text) => tokenizer.encode(text, task));
}

/** Encodes JSON lines with any program. */
export function lineEncoder(
	task: LineTask,
	encode: (text: string) => Encoding
): (lines: readonly Line[]) => EncodedLines {
	return (lines) => {
		let [text, tokens, droppedBytes, removedBytes] = ['', 0, 0, 0];
		for (const line of lines) {
			let encoding: Encoding;
			try {
				const content = jsonString(line);
				encoding = named(line.name, () => encode(content));
			} catch (error) {
				return { text, tokens, droppedBytes, removedBytes, problem: oneLine(error) };
			}
			droppedBytes += encoding.droppedBytes ?? 0;
			removedBytes += encoding.removedBytes ?? 0;
			const whole = task.bos.length === 0 ? encoding : surround(encoding, task.bos, [], 0);
			tokens += whole.ids.length;
			text += `${jsonResult(whole, task)}\n`;
		}
		return { text, tokens, droppedBytes, removedBytes, problem: null };
	};
}

function jsonResult(
	{ ids, byteStarts, byteEnds }: Encoding,
	{ offsets, count }: Pick<LineTask, 'offsets' | 'count'>
): string {
	if (count) return String(ids.length);
	if (!offsets) return jsonNumbers(ids);
	return `{"ids":${jsonNumbers(ids)},"byteStarts":${jsonNumbers(byteStarts)},"byteEnds":${jsonNumbers(byteEnds)}}`;
}

const jsonNumbers = (numbers: Uint32Array): string => `[${joinNumbers(numbers, ',')}]`;
