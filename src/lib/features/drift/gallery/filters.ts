/** Searches and filters the gallery. */
import type { CaseStage, DriftCase } from '../cases/types';

export interface Filters {
	/** Words that a case must contain, in any order. */
	readonly query: string;
	/** The stage to show; `null` for all stages. */
	readonly stage: CaseStage | null;
}

/** Names of the projects, such as `llama.cpp`, where a case's issues or code were published. */
export function librariesOf({ sources, a, b }: DriftCase): readonly string[] {
	const projects = sources
		.filter(({ url }) => url.startsWith('https://github.com/'))
		.map(({ name }) => name.split(/[#@]/, 1)[0])
		// Keep only the project from a path such as `whisper/whisper/tokenizer.py`.
		.map((name) => (/\/.*\.\w+$/.test(name) ? name.split('/', 1)[0] : name));
	const library = b.library ?? a.library;
	return [...new Set([...projects, ...(library ? [library.name] : [])])];
}

const searchedText = (item: DriftCase): string =>
	[
		item.slug,
		item.claim,
		item.story,
		item.stage,
		item.part,
		item.names.a,
		item.names.b,
		item.damage,
		item.note,
		...librariesOf(item),
		...item.sources.map(({ name }) => name)
	]
		.join('\n')
		.toLowerCase();

export function filterCases(cases: readonly DriftCase[], filters: Filters): readonly DriftCase[] {
	const words = filters.query.toLowerCase().split(/\s+/).filter(Boolean);
	return cases.filter((item) => {
		if (filters.stage !== null && item.stage !== filters.stage) return false;
		const text = words.length > 0 ? searchedText(item) : '';
		return words.every((word) => text.includes(word));
	});
}
