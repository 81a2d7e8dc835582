/** Arranges a family's figures in a table: one column per version, oldest first, with identical neighbours combined. */
import type { LineageVersion } from './lineages';

export interface VersionColumn {
	/** Consecutive versions that need the same number of tokens for every text. */
	readonly versions: readonly LineageVersion[];
	readonly tokens: readonly number[];
}

/** @param tokens number of tokens by version, then by text */
export function versionColumns(
	versions: readonly LineageVersion[],
	tokens: readonly (readonly number[])[]
): readonly VersionColumn[] {
	const columns: { versions: LineageVersion[]; tokens: readonly number[] }[] = [];
	versions.forEach((version, i) => {
		const last = columns.at(-1);
		if (last?.tokens.join() === tokens[i].join()) last.versions.push(version);
		else columns.push({ versions: [version], tokens: tokens[i] });
	});
	return columns;
}
