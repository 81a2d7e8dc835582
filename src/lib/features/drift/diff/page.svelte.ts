/** State of the diff page: two sides, the text to compare, and the measured damage. */
import { createContext } from 'svelte';
import { encodeUtf8 } from '../../../engine/text';
import type { KnownTokenizers } from '../../../session/tokenizers/known-tokenizers.svelte';
import type { Lab } from '../../../session/lab.svelte';
import { DEMO_TOKENIZERS } from '../../../tokenizers/catalogue/shared/demo-tokenizers';
import { DAMAGE_TEXTS } from '../damage/damage-texts';
import { DamageState } from '../damage/damage.svelte';
import { DAMAGE_NOTES } from '../damage/messages';
import {
	DIFF_FIELDS,
	NAMED_SIDES,
	type DriftSide,
	type DriftSides
} from '../../../session/documents/diff';
import type { DocumentValue } from '../../../session/documents/document.svelte';
import { DRIFT_ROUTES } from '../worker';
import { DiffText } from './diff-text.svelte';
import { DiffState } from './diff.svelte';
import { describeRemovedEdits, describeSide, SIDES_NOT_OPENED } from './messages';
import { isHarmful } from '../../../drift/types';
import type { PrerenderedDiff } from './prerender';
import { drawWitness, type DrawnExample } from './witness';

export function createDiffPage(lab: Lab, prerendered: PrerenderedDiff) {
	const { announcement, input, known, savedTokenizers } = lab;
	const workers = lab.connect(DRIFT_ROUTES);
	const { sides: first, text, report, drawn } = prerendered;

	const tokenizers = comparableTokenizers(known);
	const document = lab.document(DIFF_FIELDS, {
		names: tokenizers,
		marksHash: true,
		input: {
			default: { kind: 'text', value: text },
			content: () => (input.text === text ? 'default' : { kind: 'text', value: input.text }),
			take(link) {
				if (link.input) input.show(link.input.value);
			}
		},
		// Changes belong to a tokenizer, so choosing a different tokenizer drops them. If B's tokenizer was deleted, B
		// falls back to the default tokenizer with its default changes, without which B would equal A.
		normalise: ({ a, editsA, b, editsB }, before) => ({
			...(a === undefined || a === before.a || editsA ? {} : { editsA: [] }),
			...(b === undefined || b === before.b || editsB
				? {}
				: { editsB: b === first.b.tokenizer ? first.b.edits : [] })
		}),
		check(_, link): Partial<DocumentValue<typeof DIFF_FIELDS>> {
			// Opening only one of the two tokenizers would compare a pair that the link doesn’t contain.
			if (['a', 'editsA', 'b', 'editsB'].some((key) => link.wrong.has(key))) {
				link.report(SIDES_NOT_OPENED);
				link.isUnreadable = true;
				const { a, editsA, b, editsB } = value;
				return { a, editsA, b, editsB };
			}
			const isB = link.settings.has('b') && !link.settings.has('edit-b');
			return isB ? { editsB: [] } : {};
		},
		// Leaves a URL without settings unchanged until the visitor changes something.
		unwritten: (): Partial<typeof NAMED_SIDES> =>
			sides === first && value.rows === null && input.text === text ? {} : NAMED_SIDES
	});
	const { value }: { value: DocumentValue<typeof DIFF_FIELDS> } = document;
	const sides: DriftSides = $derived.by(() => {
		const { a, editsA, b, editsB } = value;
		const chosen = { a: { tokenizer: a, edits: editsA }, b: { tokenizer: b, edits: editsB } };
		return JSON.stringify(chosen) === JSON.stringify(first) ? first : chosen;
	});
	const reading = $derived({ special: value.special, template: value.template });
	/** Whether the text is read the way the command line reads it by default. */
	const isPlain = $derived(value.special === 'text' && !value.template);
	const damage = new DamageState(workers, DAMAGE_TEXTS, DAMAGE_NOTES);
	const diffText = new DiffText(workers, {
		...drawn,
		sides: first,
		text: encodeUtf8(text)
	});
	const diff: DiffState = new DiffState(
		workers,
		() => ({ sides, rows: value.rows }),
		() => {
			const text = diff.compared && diffText.findingsOf(diff.compared);
			const { status } = damage;
			return {
				text,
				damage: diff.compared && damage.findingsOf(diff.answered),
				open: [
					...(text ? [] : [{ id: 'text' as const, isRunning: diffText.error === null }]),
					...(status === 'loading' || status === 'error'
						? [{ id: 'damage' as const, isRunning: status === 'loading' }]
						: [])
				]
			};
		},
		{ sides: first, report, isOnText: () => input.text === text && isPlain }
	);
	/** Sets both sides and returns a function that restores the previous ones. */
	const setSides = ({ a, b }: DriftSides, rows: number | null): (() => void) =>
		document.set({ a: a.tokenizer, editsA: a.edits, b: b.tokenizer, editsB: b.edits, rows });

	return {
		document,
		value,
		get reading() {
			return reading;
		},
		get isPlain() {
			return isPlain;
		},
		/** The input for {@link diffText}. */
		get question() {
			return { sides: diff.answered.sides, text: input.document, reading };
		},
		damage,
		diffText,
		diff,
		get ordinary(): PrerenderedDiff['ordinary'] {
			return diff.result && !diff.isPrerendered ? diff.result.ordinary : prerendered.ordinary;
		},
		/**
		 * Inputs that demonstrate harmful drift. `example` is ordinary text if the comparison found ordinary text that
		 * A and B encode differently; otherwise, it is the smallest input found, and `smallest` is `null`.
		 */
		get examples(): {
			readonly example: DrawnExample | null;
			readonly smallest: DrawnExample | null;
		} {
			const { result, isPrerendered, report } = diff;
			if (!result || isPrerendered) return prerendered;
			if (!isHarmful(report.verdict)) return { example: null, smallest: null };
			const [found] = report.output.witnesses;
			const smallest = found ? { witness: drawWitness(found, result), isOrdinary: false } : null;
			const { example } = result.ordinary;
			return example
				? { example: { witness: drawWitness(example, result), isOrdinary: true }, smallest }
				: { example: smallest, smallest: null };
		},
		tokenizers,
		nameSides: ({ a, b }: DriftSides) => ({
			a: describeSide(a, tokenizers.nameOf(a.tokenizer)),
			b: describeSide(b, tokenizers.nameOf(b.tokenizer))
		}),
		/** The only side converted from a GGUF file; `null` if neither side or both sides were. */
		get converted(): Side | null {
			const isGguf = (side: Side) =>
				savedTokenizers.find(diff.sides[side].tokenizer)?.description?.format === 'GGUF';
			const [converted, ...others] = SIDES.filter(isGguf);
			return converted && others.length === 0 ? converted : null;
		},
		first: { sides: first, text },
		setSides,
		/** Replaces the text and shows `message` with an offer to undo the replacement. */
		replaceText: (to: string, message: string): void => {
			announcement.offerUndo(message, input.show(to), () => input.text === to);
		},
		/** Compares opened tokenizers: a single one becomes B; two become A and B. Returns an undo function. */
		takeTokenizers: (ids: readonly string[]): (() => void) => {
			const [one, other] = ids.map((tokenizer) => ({ tokenizer, edits: [] }));
			return setSides(other ? { a: one, b: other } : { ...sides, b: one }, null);
		},
		/** Sets a side. Offers an undo if changes to the side's tokenizer are lost. */
		setSide: (side: Side, to: DriftSide): void => {
			const { edits } = sides[side];
			const removed = edits.filter((edit) => !to.edits.includes(edit));
			const undo = setSides({ ...sides, [side]: to }, value.rows);
			if (to.edits.length >= edits.length) return;
			const message = describeRemovedEdits(side.toUpperCase(), removed);
			const isKept = () => JSON.stringify(sides[side]) === JSON.stringify(to);
			announcement.offerUndo(message, undo, isKept);
		}
	};
}

export const SIDES = ['a', 'b'] as const;
type Side = (typeof SIDES)[number];

const DEMO_NAMES = new Map<string, string>(DEMO_TOKENIZERS.map(({ id, name }) => [id, name]));

/** Adds the two demo tokenizers to the lab’s known tokenizers. */
const comparableTokenizers = (known: KnownTokenizers) => ({
	load: () => known.load(),
	has: (id: string) => DEMO_NAMES.has(id) || known.has(id),
	get problem() {
		return known.problem;
	},
	nameOf: (id: string) => DEMO_NAMES.get(id) ?? known.nameOf(id),
	get ids() {
		return [...known.ids, ...DEMO_NAMES.keys()];
	}
});

export const [getDiffPage, setDiffPage] = createContext<ReturnType<typeof createDiffPage>>();
