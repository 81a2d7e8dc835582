import { oneLine, UserError } from '../failure';
import { readText } from '../input';
import type { Io } from '../io';
import { convertLines, excerpt, jsonIds } from '../json-lines';
import { loadTokenizer, startRuntime } from '../tokenizer';
import type { DecodeFlags } from './decode';

/** Runs `bpe-lab decode`. @throws UserError for what is not ids, or ids that the tokenizer has not */
export async function decode(
	files: readonly string[],
	{ tokenizer: name, jsonl, skipSpecial = false }: DecodeFlags,
	io: Io
): Promise<void> {
	const tokenizer = await loadTokenizer(name, io);
	const runtime = await startRuntime(tokenizer, 'lab');
	const decodeIds = (ids: readonly number[], where: string): string => {
		try {
			return runtime.decode(ids, { skipSpecial });
		} catch (error) {
			throw new UserError(`${where}: ${oneLine(error)}`, { cause: error });
		}
	};
	if (jsonl) {
		await convertLines(io, files, (line) => JSON.stringify(decodeIds(jsonIds(line), line.name)));
	} else {
		await io.write(decodeIds(parseIds(await readText(io, files)), 'ids'));
	}
}

/** Ids with whitespace between them. @throws UserError naming the first word that is no id */
export function parseIds(text: string): number[] {
	const ids: number[] = [];
	for (const [word] of text.matchAll(/\S+/g)) {
		const id = /^\d+$/.test(word) ? Number(word) : NaN;
		if (!Number.isSafeInteger(id)) {
			throw new UserError(
				`ids: got ${excerpt(JSON.stringify(word))} as number ${ids.length + 1}, expected an id`
			);
		}
		ids.push(id);
	}
	return ids;
}
