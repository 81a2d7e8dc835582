import { createTokenizer, type TokenizerSpec } from '../../../src/lib/engine';
import { readTokenizer } from '../../../src/lib/tokenizers/files/read';
import { below, randomFrom } from '../../support/random-texts';
import type { Batch } from '../batch';
import { mutant, type Format } from './seeds';
import { missingPart } from './whole';

/** Limits for reading and building a tokenizer, regardless of what its file claims. */
const MAX_CPU_MS = 2000;
export const MAX_MEGABYTES = 512;

const TEXT = 'Hello, ab  é\n<s>12';
const MAX_MESSAGE_UNITS = 600;
/** File content quoted in a message, with control characters escaped. */
const QUOTED = /"(?:[^"\\\p{Cc}…]|\\.)*["…]/gu;
/** Text that an error message for users must not contain, such as the JavaScript engine's own messages. */
const NOT_FOR_PEOPLE =
	/undefined|NaN|\[object|call stack|out of memory|Invalid (typed )?array|is not (a function|iterable|defined)|Cannot (read|set|convert)|offset is out|[\p{Cc}]/u;

/**
 * Reads `count` mutants of a format, starting at number `from`, and encodes a text with each resulting tokenizer. The
 * seed and a mutant's number determine the mutant. A mutant fails if its error isn't a one-line message for users, if
 * reading takes too long, or if the tokenizer lacks tokens or merges that the file contains.
 */
export async function readMutants(
	format: Format,
	seed: number,
	from: number,
	count: number
): Promise<Batch> {
	const failures: string[] = [];
	const counts = { read: 0, refused: 0 };
	let slowestMs = 0;
	for (let number = from; number < from + count; number++) {
		const random = randomFrom(seed * 1_000_003 + number);
		const { files, did } = mutant(format, (limit) => below(random, limit));
		const name = `${format} ${number} (${did.slice(0, 200)})`;
		const before = process.cpuUsage();
		let spec: TokenizerSpec | null;
		try {
			({ spec } = await readTokenizer(files, {
				pattern: format === 'tiktoken' ? '\\S+|\\s+' : null
			}));
			createTokenizer(spec).encode(TEXT, { special: 'parse' });
			counts.read++;
		} catch (error) {
			spec = null;
			counts.refused++;
			const message = error instanceof Error ? error.message : String(error);
			const isBad =
				NOT_FOR_PEOPLE.test(message.replace(QUOTED, '')) || message.length > MAX_MESSAGE_UNITS;
			if (isBad) failures.push(`${name}: ${JSON.stringify(message.slice(0, 300))}`);
		}
		const { user, system } = process.cpuUsage(before);
		const ms = (user + system) / 1000;
		slowestMs = Math.max(slowestMs, ms);
		if (ms > MAX_CPU_MS) failures.push(`${name}: took ${Math.round(ms)} ms`);
		if (spec) {
			const missing = await missingPart(format, files, spec).catch(
				(error: unknown) => `what it has could not be counted: ${String(error)}`
			);
			if (missing !== null) failures.push(`${name}: ${missing}`);
		}
	}
	const peakMegabytes = Math.round(process.resourceUsage().maxRSS / 1024);
	if (peakMegabytes > MAX_MEGABYTES)
		failures.push(`${format} ${from} to ${from + count}: took ${peakMegabytes} MB`);
	return { counts, failures, most: { ms: Math.round(slowestMs), MB: peakMegabytes } };
}
