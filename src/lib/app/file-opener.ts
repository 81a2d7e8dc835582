import type { DroppedFile } from '../session/dropped-file';
import { reasonOf } from '../session/format';
import type { Lab } from '../session/lab.svelte';
import { recognizeFile } from '../session/file-kind';
import { writeDiff } from '../session/links/diff';
import type { Session } from '../session/session-file';
import type { OpenedJson } from '../session/worker/opening';
import type { OpenInField } from '../ui/input/dropped-on';
import {
	describeCounts,
	describeFolder,
	describeIgnored,
	describeSession,
	describeText,
	describeTokenizer,
	describeTwoTokenizers,
	NOTHING_SHOWN
} from './messages';
import type { Sessions } from './sessions';

/** A file larger than this is text, in bytes: no published tokenizer is as large. */
const MAX_JSON_BYTES = 100e6;

type OpenedTokenizer = Extract<OpenedJson, { kind: 'tokenizer' }> & { readonly name: string };

/** Opens files for what they contain, on whatever page fits, and says what they became. */
export class FileOpener {
	readonly #lab: Lab;
	readonly #sessions: Sessions;
	/** Number of the latest opening. An earlier one that is still being read is given up. */
	#openings = 0;

	constructor(lab: Lab, sessions: Sessions) {
		this.#lab = lab;
		this.#sessions = sessions;
	}

	/** @param field that the files were dropped on; `null` outside of any text field */
	async open(dropped: readonly DroppedFile[], field: OpenInField | null): Promise<void> {
		if (dropped.length === 0) return;
		// A folder beside files is not what was meant.
		const files = dropped.toSorted((a, b) => Number(a.isDirectory) - Number(b.isDirectory));
		await this.#try(async (isLatest) => {
			const [{ file, isDirectory }] = files;
			if (isDirectory) throw new Error(describeFolder(file.name));
			const kind = await recognizeFile(file);
			if (!isLatest()) return;
			if (kind === 'counts') await this.#openCounts(files, isLatest);
			else if (kind === 'json' && file.size <= MAX_JSON_BYTES)
				await this.#openJson(files, field, isLatest);
			else await this.#openText(files, field, isLatest);
		});
	}

	async #openJson(
		files: readonly DroppedFile[],
		field: OpenInField | null,
		isLatest: () => boolean
	): Promise<void> {
		const { announcement, opening } = this.#lab;
		const [{ file }, second] = files;
		const read = ({ file }: DroppedFile) => opening.openJson({ name: file.name, file });
		try {
			const opened = await read(files[0]);
			const isPair = opened?.kind === 'tokenizer' && files.length > 1 && !second.isDirectory;
			const other = isPair ? await read(second) : null;
			if (!isLatest()) return;
			if (opened === null) await this.#openText(files, field, isLatest);
			else if (opened.kind === 'session') await this.#openSession(files, opened.session);
			else {
				const tokenizers = [{ ...opened, name: file.name }];
				if (other?.kind === 'tokenizer') tokenizers.push({ ...other, name: second.file.name });
				await this.#diff(tokenizers, files);
			}
		} catch (error) {
			if (isLatest()) announcement.fail(reasonOf(error), [this.#takeAsText(files)]);
		} finally {
			if (isLatest()) opening.stopOpening();
		}
	}

	/** Compares one opened tokenizer with the first of the chosen ones, or two with each other. */
	async #diff(opened: readonly OpenedTokenizer[], files: readonly DroppedFile[]): Promise<void> {
		const { compare, live, savedTokenizers } = this.#lab;
		const back = this.#sessions.remember();
		const saved = [];
		for (const { name, file, vocabularySize } of opened)
			saved.push(
				await savedTokenizers.save({
					name: name.replace(/\.json$/i, ''),
					vocabularySize,
					summary: `Opened from ${name}`,
					origin: { kind: 'files', files: [name] },
					file
				})
			);
		const ids = saved.map(({ id }) => id);
		const chosen = compare.tokenizers.find((id) => id !== live.id && !ids.includes(id));
		const [a, b] = ids.length > 1 ? ids : [chosen ?? ids[0], ids[0]];
		const side = (tokenizer: string) => ({ tokenizer, edits: [] });
		const search = writeDiff({ sides: { a: side(a), b: side(b) }, rows: null });
		await this.#sessions.show('drift/diff', { search, input: null, files: null });
		const [first, second] = saved;
		const said =
			saved.length > 1
				? describeTwoTokenizers(first.name, second.name)
				: describeTokenizer(first.name, first.vocabularySize);
		this.#announce(said, files, opened.length, async () => {
			for (const id of ids) await savedTokenizers.remove(id);
			await back();
		});
	}

	async #openSession(files: readonly DroppedFile[], session: Session): Promise<void> {
		const undo = await this.#sessions.open(session);
		this.#announce(describeSession(files[0].file.name), files, 1, undo);
	}

	async #openCounts(files: readonly DroppedFile[], isLatest: () => boolean): Promise<void> {
		const back = this.#sessions.remember();
		await this.#sessions.show('train', null);
		try {
			const { undo, applies } = await this.#page('counts')(files);
			if (!isLatest()) return;
			const undoAll = async () => {
				undo();
				await back();
			};
			this.#announce(describeCounts(files[0].file.name), files, 1, undoAll, applies);
		} catch (error) {
			await back();
			throw error;
		}
	}

	/** Opens files in a field or in the page; on Compare if the page has no text. */
	async #openText(
		files: readonly DroppedFile[],
		field: OpenInField | null,
		isLatest: () => boolean
	): Promise<void> {
		const { page } = this.#sessions;
		const back = this.#sessions.remember();
		const isMoved = !field && !this.#lab.shown?.openFiles;
		if (isMoved) await this.#sessions.show('', null);
		try {
			const result = await (field ?? this.#page('text'))(files);
			const { undo, opened, applies, names = [], problems = [] } = result;
			if (!isLatest() || opened === 0) return;
			const name = names.at(0) ?? files[0].file.name;
			const readable = files.length - problems.length;
			const said = [describeText(name, opened, readable, isMoved), ...problems].join(' ');
			const here = isMoved ? '' : page;
			this.#lab.announcement.offerUndo(
				said,
				() => {
					void this.#try(async () => {
						undo();
						if (isMoved) await back();
					});
				},
				() => this.#sessions.page === here && (applies?.() ?? true)
			);
		} catch (error) {
			if (isMoved) await back();
			throw error;
		}
	}

	/** @throws Error if the page is not ready for files */
	#page(format: 'text' | 'counts'): OpenInField {
		const open = this.#lab.shown?.openFiles;
		if (!open) throw new Error(NOTHING_SHOWN);
		return (files) => open(files, format);
	}

	/** Says what files became, and offers to undo it or to take them as text. @param opened number of them */
	#announce(
		said: string,
		files: readonly DroppedFile[],
		opened: number,
		undo: () => Promise<void>,
		applies: () => boolean = () => true
	): void {
		const { page } = this.#sessions;
		const ignored = files.length > opened ? ` ${describeIgnored(files.length - opened)}` : '';
		// On another page, undoing would take the visitor away from what was done there.
		this.#lab.announcement.show(
			said + ignored,
			[this.#takeAsText(files, undo), { name: 'Undo', run: () => void this.#try(undo) }],
			() => this.#sessions.page === page && applies()
		);
	}

	#takeAsText(files: readonly DroppedFile[], undo?: () => Promise<void>) {
		const run = () =>
			void this.#try(async (isLatest) => {
				await undo?.();
				// The field of the drop may be gone.
				await this.#openText(files, null, isLatest);
			});
		return { name: 'Take it as text', run };
	}

	/** Runs `work`, and reports its error unless something was opened later. */
	async #try(work: (isLatest: () => boolean) => Promise<void>): Promise<void> {
		const opening = ++this.#openings;
		const isLatest = () => opening === this.#openings;
		try {
			await work(isLatest);
		} catch (error) {
			if (isLatest()) this.#lab.announcement.fail(reasonOf(error));
		}
	}
}
