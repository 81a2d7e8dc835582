/** The diff page's state: two sides, the documents they are compared on, and the measured damage. */
import { createContext } from 'svelte';
import { encodeUtf8 } from '../../../engine/text';
import type { KnownTokenizers } from '../../../session/tokenizers/known-tokenizers.svelte';
import type { Lab } from '../../../session/lab.svelte';
import { findDescriptor } from '../../../tokenizers/catalogue';
import { DEMO_TOKENIZERS } from '../../../tokenizers/catalogue/shared/demo-tokenizers';
import { damageQuestions } from '../damage/damage-texts';
import { DamageState } from '../damage/damage.svelte';
import { DAMAGE_NOTES } from '../damage/messages';
import type { DriftSides } from '../../../session/links/diff';
import { DRIFT_ROUTES } from '../worker';
import { DiffText } from './diff-text.svelte';
import { DiffState } from './diff.svelte';
import { createDocuments, type DiffDocuments } from './documents.svelte';
import {
	describeClosedFiles,
	describeOpenedFiles,
	describeReplacedByTemplate,
	describeSide,
	EXAMPLE_NAME
} from './messages';
import { Outlines } from './outlines.svelte';
import { isHarmful } from '../../../drift/types';
import type { PrerenderedDiff } from './prerender';
import { DiffView } from './view.svelte';
import { drawWitness, type DrawnWitness } from './witness';

export function createDiffPage(lab: Lab, prerendered: PrerenderedDiff) {
	const { announcement, shared, known, savedTokenizers } = lab;
	const workers = lab.connect(DRIFT_ROUTES);
	const { sides, text, report, findings, drawn } = prerendered;

	const tokenizers = comparableTokenizers(known);
	const documents = lab.page(createDocuments, () => undefined);
	const view = new DiffView();
	const damage = new DamageState(workers, DAMAGE_NOTES);
	const document = { name: EXAMPLE_NAME, text: encodeUtf8(text) };
	const diffText = new DiffText(workers, { ...drawn, sides, document, findings });
	const diff: DiffState = new DiffState(
		workers,
		() => {
			const text = diff.compared && diffText.findingsOf(diff.compared);
			const { status } = damage;
			return {
				text,
				damage: diff.compared && damage.findingsOf(damageQuestions(diff.answered)),
				open: [
					...(text ? [] : [{ id: 'text' as const, isRunning: diffText.error === null }]),
					...(status === 'loading' || status === 'error'
						? [{ id: 'damage' as const, isRunning: status === 'loading' }]
						: [])
				]
			};
		},
		{ sides, report, isOnText: () => documents.text === text && view.isPlain }
	);
	savedTokenizers.beforeRemoving((id) => {
		const before = diff.sides;
		const lost = SIDES.filter((side) => before[side].tokenizer === id);
		if (lost.length === 0) return undefined;
		setSides(lost, sides);
		return () => {
			const unchanged = lost.filter((side) => diff.sides[side] === sides[side]);
			if (unchanged.length > 0) setSides(unchanged, before);
		};
	});
	function setSides(which: readonly Side[], { a, b }: DriftSides): void {
		const now = diff.sides;
		diff.set({ a: which.includes('a') ? a : now.a, b: which.includes('b') ? b : now.b }, diff.rows);
	}

	/** Replaces the text that all pages share, and closes files. */
	function setText(text: string): void {
		documents.close();
		shared.setKind('text');
		shared.setText(text);
	}
	/** @returns brings back the text, or the files, that were compared before. Keeps a text that was changed since. */
	function replaceText(to: string): () => void {
		const { kind, text } = shared;
		const restoreFiles = documents.remember();
		setText(to);
		return () => {
			restoreFiles();
			if (shared.text !== to) return;
			shared.setText(text);
			shared.setKind(kind);
		};
	}

	return {
		documents,
		damage,
		diffText,
		outlines: new Outlines(workers),
		diff,
		view,
		/** The input that shows the verdict; `null` if none is known. */
		witness: (): DrawnWitness | null => {
			const { result, isPrerendered } = diff;
			if (!result || isPrerendered) return prerendered.witness;
			const { verdict, output } = diff.report;
			const [found] = isHarmful(verdict) ? output.witnesses : [];
			return found ? drawWitness(found, result) : null;
		},
		tokenizers,
		nameSides: ({ a, b }: DriftSides) => ({
			a: describeSide(a, tokenizers.nameOf(a.tokenizer)),
			b: describeSide(b, tokenizers.nameOf(b.tokenizer))
		}),
		/** The side that was read from a GGUF file, which is a conversion, if the other was not; `null` for none. */
		get converted(): Side | null {
			const isGguf = (side: Side) =>
				savedTokenizers.find(diff.sides[side].tokenizer)?.description?.format === 'GGUF';
			const [converted, ...others] = SIDES.filter(isGguf);
			return converted && others.length === 0 ? converted : null;
		},
		/** The state of a plain address. */
		firstAddress: { sides, rows: null, text },
		setText,
		/** Takes over an edit of the text. It closes files. */
		editText: (text: string): void => {
			const { files } = documents;
			const undo = replaceText(text);
			if (files.length > 0) announcement.offerUndo(describeClosedFiles(files), undo);
		},
		/** Replaces the text or the files by the text of a file. @returns brings them back */
		openText: (text: string): (() => void) => {
			return replaceText(text);
		},
		/** Replaces the text or the files. @param message says so */
		replaceText: (text: string, message: string): void => {
			announcement.offerUndo(message, replaceText(text), () => documents.text === text);
		},
		/** The tokenizers of A and B that have a chat template, each once. */
		get chatTemplates(): readonly string[] {
			const { a, b } = diff.sides;
			return [...new Set([a.tokenizer, b.tokenizer])].filter((id) => templateFile(id) !== null);
		},
		/**
		 * Replaces the text or the files by a tokenizer's chat template, with its special tokens recognised.
		 * @throws if it cannot be loaded
		 */
		readChatTemplate: async (tokenizer: string): Promise<void> => {
			const file = templateFile(tokenizer);
			if (file === null) return;
			const { loadChatTemplate } = await import('../../../tokenizers/chat-templates');
			const template = await loadChatTemplate(file);
			const { special } = view;
			const undo = replaceText(template);
			view.special = 'parse';
			announcement.offerUndo(
				describeReplacedByTemplate(known.nameOf(tokenizer)),
				() => {
					undo();
					view.special = special;
				},
				() => documents.text === template
			);
		},
		/** Goes back from files to the text. */
		closeFiles: (of: DiffDocuments): void => {
			const { files } = of;
			const undo = of.remember();
			of.close();
			announcement.offerUndo(describeClosedFiles(files), undo);
		},
		/** Opens files in place of the text or of other files. */
		openFiles: async (into: DiffDocuments, files: readonly File[]): Promise<void> => {
			const undo = into.remember();
			const { names } = await into.open(files);
			if (names.length === 0) return;
			const { all } = into;
			announcement.offerUndo(describeOpenedFiles(names), undo, () => into.all === all);
		},
		/** Shows opened tokenizers: one as B, two as A and B. @returns goes back */
		takeTokenizers: (ids: readonly string[]): (() => void) => {
			const { sides: before, rows } = diff;
			const [first, second] = ids.map((tokenizer) => ({ tokenizer, edits: [] }));
			diff.set(second ? { a: first, b: second } : { ...before, b: first }, null);
			return () => diff.set(before, rows);
		},
		/** Sets the sides and offers to undo it, because changes of a tokenizer are lost. @param message says which */
		replaceSides: (to: DriftSides, rows: number | null, message: string): void => {
			const { sides: before, rows: rowsBefore } = diff;
			diff.set(to, rows);
			announcement.offerUndo(
				message,
				() => diff.set(before, diff.rows === rows ? rowsBefore : diff.rows),
				() => diff.sides === to
			);
		}
	};
}

const SIDES = ['a', 'b'] as const;
type Side = (typeof SIDES)[number];

const DEMO_NAMES = new Map<string, string>(DEMO_TOKENIZERS.map(({ id, name }) => [id, name]));

/** `null` for a tokenizer without a chat template. */
function templateFile(tokenizer: string): string | null {
	const template = findDescriptor(tokenizer)?.chatTemplate;
	return template && 'file' in template ? template.file : null;
}

/** Tokenizers that can be compared: all that the lab knows, and the two demo tokenizers. */
const comparableTokenizers = (known: KnownTokenizers) => ({
	load: () => known.load(),
	links: known.links,
	has: (id: string) => DEMO_NAMES.has(id) || known.has(id),
	get problem() {
		return known.problem;
	},
	nameOf: (id: string) => DEMO_NAMES.get(id) ?? known.nameOf(id),
	idsWith: (chosen: string) => [...known.idsWith(chosen), ...DEMO_NAMES.keys()]
});

export const [getDiffPage, setDiffPage] = createContext<ReturnType<typeof createDiffPage>>();
