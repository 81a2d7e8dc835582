import { readDiff, writeDiff, type LinkedDiff } from '../../../session/links/diff';
import type { DriftSides } from '../../../session/links/drift-side';
import { PageAddress, type Names } from '../../../session/links/page-address.svelte';

/** What a link says something about; a test passes a plain object. */
export interface LinkedState extends LinkedDiff {
	/** The user's text; `null` if files are compared. */
	readonly text: string | null;
	set(sides: DriftSides, rows: number | null): void;
	setText(text: string): void;
}

/**
 * Both sides, their changes, rows and text in the address. Of a bad link, either the sides or the text
 * is taken over: half a pair would be another question.
 * @param first what a plain address shows
 */
export const createDiffAddress = (
	state: LinkedState,
	names: Names,
	first: LinkedDiff & { readonly text: string },
	replace: (address: string) => void
): PageAddress =>
	new PageAddress(
		{
			load: () => names.load(),
			read(search, input) {
				const { diff, problems } = readDiff(search, first, names);
				const take = () => {
					if (diff) state.set(diff.sides, diff.rows);
					if (input) state.setText(input.value);
				};
				return { problems, take };
			},
			write() {
				const { sides, rows, text } = state;
				const search = writeDiff({ sides, rows });
				const isSpelled = text !== null && text !== first.text;
				// A plain address stays plain until something is changed.
				const isPlain = !isSpelled && search === writeDiff(first);
				return {
					search: isPlain ? '' : search,
					content() {
						if (text === null) return 'file';
						return isSpelled ? { kind: 'text', value: text } : 'nothing';
					}
				};
			}
		},
		replace
	);
