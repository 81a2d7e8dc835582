import type { Lab, DroppedFile } from '../session/lab.svelte';
import { reasonOf } from '../session/format';
import { recognizeFile } from '../session/file-kind';
import { writeDiff } from '../session/links/diff';
import type { SavedTokenizer } from '../session/saved-tokenizers.svelte';
import type { Session } from '../session/session-file';
import { OPENING_ROUTES, type OpeningCalls } from '../session/worker/opening';
import type { Workers } from '../workers/pool';
import {
	describeCounts,
	describeFirstText,
	describeFolder,
	describeSession,
	describeText,
	describeTokenizer,
	describeTwoTokenizers,
	NOTHING_SHOWN
} from './messages';
import type { Sessions } from './sessions';

/** Opens files as text in the field that they were dropped on. */
export type OpenAsText = (files: readonly DroppedFile[]) => Promise<() => void>;

/** Opens dropped files for what they contain, on whatever page fits, and says what they became. */
export class FileOpener {
	readonly #lab: Lab;
	readonly #sessions: Sessions;
	readonly #calls: Workers<OpeningCalls>;
	/** Number of the latest drop. An earlier one that is still being read is given up. */
	#drops = 0;

	constructor(lab: Lab, sessions: Sessions) {
		this.#lab = lab;
		this.#sessions = sessions;
		this.#calls = lab.connect(OPENING_ROUTES);
	}

	/** @param field of the drop; `null` outside of any text field */
	async open(files: readonly DroppedFile[], field: OpenAsText | null): Promise<void> {
		if (files.length === 0) return;
		const drop = ++this.#drops;
		const [{ file, isDirectory }] = files;
		const asText = () => this.#openText(files, field);
		await this.#try(async () => {
			if (isDirectory) throw new Error(describeFolder(file.name));
			const kind = await recognizeFile(file);
			if (kind === 'counts') await this.#openCounts(files, asText);
			else if (kind === 'json') await this.#openJson(drop, files, asText);
			else await asText();
		});
	}

	async #openJson(
		drop: number,
		files: readonly DroppedFile[],
		asText: () => Promise<void>
	): Promise<void> {
		const [{ file }, second] = files;
		const opened = await this.#calls.openJson({ name: file.name, file }).catch((error: unknown) => {
			if (drop !== this.#drops) return;
			this.#lab.announcement.fail(reasonOf(error), [this.#takeAsText(asText)]);
		});
		if (drop !== this.#drops || opened === undefined) return;
		if (opened === null) {
			await asText();
		} else if (opened.kind === 'session') {
			await this.#openSession(file.name, opened.session, asText);
		} else {
			const saved = [await this.#save(file.name, opened)];
			if (files.length === 2 && !second.isDirectory) {
				const other = await this.#calls.openJson({ name: second.file.name, file: second.file });
				if (other?.kind === 'tokenizer') saved.push(await this.#save(second.file.name, other));
			}
			await this.#diff(saved, asText);
		}
	}

	#save(name: string, { file, vocabularySize }: { file: Uint8Array; vocabularySize: number }) {
		return this.#lab.savedTokenizers.save({
			name: name.replace(/\.json$/i, ''),
			vocabularySize,
			summary: `Opened from ${name}`,
			source: 'imported',
			file
		});
	}

	/** Compares one opened tokenizer with the first of the chosen ones, or two with each other. */
	async #diff(saved: readonly SavedTokenizer[], asText: () => Promise<void>): Promise<void> {
		const { announcement, compare, live, savedTokenizers } = this.#lab;
		const before = this.#sessions.capture();
		const [first] = compare.tokenizers.filter((id) => id !== live.id);
		const side = (tokenizer: string) => ({ tokenizer, edits: [] });
		const [a, b] =
			saved.length > 1 ? saved.map(({ id }) => id) : [first ?? saved[0].id, saved[0].id];
		const search = writeDiff({ sides: { a: side(a), b: side(b) }, rows: null });
		await this.#sessions.show('drift/diff', { search, input: null, files: null });
		const undo = async () => {
			for (const { id } of saved) await savedTokenizers.remove(id);
			await this.#sessions.restore(before);
		};
		announcement.show(
			saved.length > 1
				? describeTwoTokenizers(saved[0].name, saved[1].name)
				: describeTokenizer(saved[0].name, saved[0].vocabularySize),
			[
				this.#takeAsText(async () => {
					await undo();
					await asText();
				}),
				this.#undo(undo)
			]
		);
	}

	async #openSession(name: string, session: Session, asText: () => Promise<void>): Promise<void> {
		const before = this.#sessions.capture();
		await this.#sessions.open(session);
		const undo = () => this.#sessions.restore(before);
		this.#lab.announcement.show(describeSession(name), [
			this.#takeAsText(async () => {
				await undo();
				await asText();
			}),
			this.#undo(undo)
		]);
	}

	async #openCounts(files: readonly DroppedFile[], asText: () => Promise<void>): Promise<void> {
		const before = this.#sessions.capture();
		await this.#sessions.show('train', null);
		const undo = await this.#page('counts')(files);
		const back = async () => {
			undo();
			await this.#sessions.restore(before);
		};
		this.#lab.announcement.show(describeCounts(files[0].file.name), [
			this.#takeAsText(async () => {
				await back();
				await asText();
			}),
			this.#undo(back)
		]);
	}

	/** Opens files in a field or in the page; on Compare if the page has no text. */
	async #openText(files: readonly DroppedFile[], field: OpenAsText | null): Promise<void> {
		const before = this.#sessions.capture();
		if (!field && !this.#lab.shown?.openFiles) await this.#sessions.show('', null);
		const undo = await (field ?? this.#page('text'))(files);
		const [{ file }] = files;
		const takesAll = this.#sessions.page === 'drift/diff';
		this.#lab.announcement.show(
			files.length > 1 && !takesAll
				? describeFirstText(file.name, files.length)
				: describeText(file.name, files.length),
			[
				this.#undo(async () => {
					undo();
					if (this.#sessions.page !== before?.page) await this.#sessions.restore(before);
				})
			]
		);
	}

	/** @throws Error if the page is not ready for files */
	#page(format: 'text' | 'counts'): OpenAsText {
		const open = this.#lab.shown?.openFiles;
		if (!open) throw new Error(NOTHING_SHOWN);
		return (files) => open(files, format);
	}

	#takeAsText(open: () => Promise<void>) {
		return { name: 'Take it as text', run: () => void this.#try(open) };
	}
	#undo(undo: () => Promise<void>) {
		return { name: 'Undo', run: () => void this.#try(undo) };
	}

	async #try(work: () => Promise<void>): Promise<void> {
		try {
			await work();
		} catch (error) {
			this.#lab.announcement.fail(reasonOf(error));
		}
	}
}
