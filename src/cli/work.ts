/** Processes parts of an input in any thread. Each result depends only on its part. */
import { buildTokenizer, loadCore, withExtras, type Encoding } from '../lib/engine';
import { surround } from '../lib/engine/stages';
import type { TokenCount } from '../lib/tokenizers/chunks/token-counter';
import type { MeasureTask } from './commands/inflation';
import type { PretokenTask } from './count-files';
import { withErrorPrefix, oneLine } from './failure';
import type { Line } from './input';
import { jsonString } from './json-lines';
import {
	joinNumbers,
	receivedSpec,
	sectionEncoder,
	type EncodingTask,
	type SectionTask
} from './sections';

export type Task = SectionTask | LineTask | PretokenTask | MeasureTask;

/** Task for a thread that encodes JSON lines, each as a separate text. */
export interface LineTask extends EncodingTask {
	readonly kind: 'lines';
	readonly bos: readonly number[];
	readonly offsets: boolean;
	readonly count: boolean;
}

export interface EncodedLines extends TokenCount {
	/** One line of output per line of input, up to the first invalid line. */
	readonly text: string;
	/** Error for the first invalid line; `null` if all lines are valid. */
	readonly problem: string | null;
}

/** Creates the function that a thread calls for each part. */
export async function createWork(task: Task): Promise<(part: never) => unknown> {
	if (task.kind === 'pretokens') return (await import('./count-files')).pretokenCounter(task);
	if (task.kind === 'measures') return (await import('./commands/inflation')).createMeasurer(task);
	await loadCore();
	const tokenizer = await withExtras((extras) => buildTokenizer(receivedSpec(task.spec), extras));
	if (task.kind === 'sections') return sectionEncoder(task, tokenizer);
	return lineEncoder(task, (text) => tokenizer.encode(text, task));
}

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
				encoding = withErrorPrefix(line.name, () => encode(content));
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

const jsonNumbers = (numbers: Uint32Array): string =>
	`[${joinNumbers(numbers, ',').toString('latin1')}]`;
