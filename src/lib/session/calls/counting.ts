import { withExtras } from '../../engine';
import {
	CountsTsvReader,
	createPretokenCounter,
	type CountingRules,
	type PretokenCounts
} from '../../engine/train';
import { byteHex, countCharsOfUtf8, firstInvalidUtf8 } from '../../engine/text';
import type { Job } from '../../workers/job';

export interface CountParams {
	readonly corpus: Blob;
	/** Format of the corpus; `counts` means a table of pre-tokens with their counts. */
	readonly format: 'text' | 'counts';
	readonly rules: CountingRules;
	/** Byte offset of this part in its file, for error messages. */
	readonly byteStart: number;
}

export interface CountResult {
	readonly counts: PretokenCounts;
	/** Size of the text, or the total size of the pre-tokens in the table, each multiplied by its count. */
	readonly bytes: number;
	/** Size in code points, computed like {@link bytes}. */
	readonly chars: number;
	/** `false` if the user's regular expression matched nothing. */
	readonly matched: boolean;
}

const CHUNK_BYTES = 1 << 20;

/**
 * Counts the pre-tokens of part of a corpus, or reads a table of counts, chunk by chunk.
 * @throws TrainingRuleError for an invalid pattern; Error with the position of a mistake in a text or table
 */
export async function countPart(params: CountParams, job: Job): Promise<CountResult> {
	const { corpus, rules, byteStart } = params;
	const total = corpus.size;
	if (params.format === 'counts') return countTable(corpus, job);
	const counter = await withExtras((extras) => createPretokenCounter(rules, extras, { byteStart }));
	let chars = 0;
	for (let at = 0; at < total; at += CHUNK_BYTES) {
		const chunk = new Uint8Array(await corpus.slice(at, at + CHUNK_BYTES).arrayBuffer());
		counter.add(chunk);
		chars += countCharsOfUtf8(chunk);
		job.progress({ phase: 'count', bytes: at + chunk.length, total });
		await job.checkpoint();
	}
	const counts = counter.finish();
	return { counts, bytes: total, chars, matched: counter.matched };
}

async function countTable(corpus: Blob, job: Job): Promise<CountResult> {
	const reader = new CountsTsvReader();
	const decoder = new TextDecoder('utf-8', { fatal: true });
	const total = corpus.size;
	for (let at = 0; at < total; at += CHUNK_BYTES) {
		const chunk = await corpus.slice(at, at + CHUNK_BYTES).arrayBuffer();
		const isLast = at + CHUNK_BYTES >= total;
		let text: string;
		try {
			text = decoder.decode(chunk, { stream: !isLast });
		} catch (cause) {
			const { byte, hex } = await findInvalidUtf8(corpus, at);
			throw new Error(
				`not UTF-8 at byte ${byte} (0x${hex}), expected a table printed by \`bpe-lab count\``,
				{ cause }
			);
		}
		reader.add(text);
		job.progress({ phase: 'count', bytes: at + chunk.byteLength, total });
		await job.checkpoint();
	}
	const counts = reader.finish();
	let bytes = 0;
	let chars = 0;
	counts.ends.forEach((end, i) => {
		const start = i === 0 ? 0 : counts.ends[i - 1];
		bytes += (end - start) * counts.counts[i];
		chars += countCharsOfUtf8(counts.bytes.subarray(start, end)) * counts.counts[i];
	});
	return { counts, bytes, chars, matched: true };
}

/** Finds the first byte of a file that isn't valid UTF-8. @param at offset of a chunk that contains the byte */
export async function findInvalidUtf8(
	file: Pick<Blob, 'slice'>,
	at: number,
	length = CHUNK_BYTES
): Promise<{ readonly byte: number; readonly hex: string }> {
	// The chunk's first character may begin in the previous chunk.
	const start = Math.max(0, at - 4);
	const bytes = new Uint8Array(await file.slice(start, at + length).arrayBuffer());
	const first = start === 0 ? 0 : bytes.findIndex((byte) => (byte & 0xc0) !== 0x80);
	const byte = first + firstInvalidUtf8(bytes.subarray(first));
	return { byte: start + byte, hex: byteHex(bytes[byte]).toUpperCase() };
}
