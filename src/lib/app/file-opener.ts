import type { AnnouncedAction } from '../session/announcement.svelte';
import type { DroppedFile, OpenInField, TakeTokenizers } from '../session/dropped-file';
import { findCountsFolder, recognizeFile } from '../session/file-kind';
import { reasonOf } from '../session/format';
import type { Lab } from '../session/lab.svelte';
import { writeDiff } from '../session/documents/diff';
import {
	NAMED_PATTERNS,
	openTokenizer,
	PatternQuestionError,
	recognizeJson
} from '../session/tokenizers/open-tokenizer';
import type { SavedTokenizer } from '../session/tokenizers/saved-tokenizer';
import type { Session } from '../session/session-file';
import {
	groupTokenizerFiles,
	listFiles,
	type TokenizerFiles
} from '../session/tokenizers/dropped-tokenizers';
import type { PathFile } from '../session/calls/opening';
import type { Progress } from '../workers/protocol';
import {
	describeCounts,
	describeEmptyFolders,
	describeIgnored,
	describeSession,
	describeText,
	describeTokenizers,
	NOTHING_SHOWN
} from './messages';
import { Reading } from './reading';
import { openSession } from './session-files';
import type { Sessions } from './sessions';

/** JSON larger than this is opened as text, because no published tokenizer is that large. */
const MAX_JSON_BYTES = 100e6;

interface Opening {
	readonly groups: readonly TokenizerFiles[];
	/** Shows the tokenizers where they were requested; `null` to choose a suitable page. */
	readonly take: TakeTokenizers | null;
	/** The opened files, in case the user wants to open them as text instead. */
	readonly texts: readonly DroppedFile[];
	/** Number of other files that were dropped at the same time and ignored. */
	readonly ignored: number;
	/** Regular expression for pre-tokenization, if the files don't include one. */
	readonly pattern?: string;
}

interface Outcome {
	readonly message: string;
	readonly ignored: number;
	readonly texts: readonly DroppedFile[];
	readonly actions?: readonly AnnouncedAction[];
	readonly undo: () => Promise<void>;
	/** Whether undoing is still possible without losing later changes. Reactive. */
	readonly applies?: () => boolean;
}

/** Detects what files contain, opens them on a suitable page and reports the result. */
export class FileOpener {
	readonly #lab: Lab;
	readonly #sessions: Sessions;
	readonly #showReading: (id: string) => void;
	/** The read in progress. Starting another read stops this one. */
	#reading: Reading | null = null;

	/** @param showReading shows what was read from a saved tokenizer's files */
	constructor(lab: Lab, sessions: Sessions, showReading: (id: string) => void) {
		this.#lab = lab;
		this.#sessions = sessions;
		this.#showReading = showReading;
	}

	/** @param field field that the files were dropped on; `null` if they were dropped outside any text field */
	async open(dropped: readonly DroppedFile[], field: OpenInField | null): Promise<void> {
		if (dropped.length === 0) return;
		await this.#try(async (reading) => {
			reading.note(dropped[0].file.name, null);
			const files = dropped.filter(({ isDirectory }) => !isDirectory);
			// Files come first, because a folder dropped together with a text file was probably included by mistake.
			const sorted = [...files, ...dropped.filter(({ isDirectory }) => isDirectory)];
			const listed = await listFiles(sorted);
			const counts = await findCountsFolder(listed);
			if (counts) {
				reading.end();
				const { name: folder, files: shards } = counts;
				const all = shards.map((file) => ({ file, isDirectory: false, folder }));
				const ignored = listed.length - shards.length;
				const message = describeCounts(folder || dropped[0].file.name);
				await this.#openCounts(all, reading, { message, ignored, texts: [] });
				return;
			}
			const groups = groupListed(sorted, listed);
			const first = groups.find(({ files: [{ file }] }) => file === files.at(0)?.file);
			const kind = first ? await this.#recognize(first, reading) : 'tokenizer';
			if (reading.signal.aborted) return;
			if (kind !== 'tokenizer') reading.end();
			const { name } = sorted[0].file;
			const others = { ignored: sorted.length - 1, texts: sorted };
			if (kind === 'text') await this.#openText(sorted, field, reading);
			else if (kind === 'counts')
				await this.#openCounts(sorted, reading, { message: describeCounts(name), ...others });
			else if (kind !== 'tokenizer') {
				const undo = await openSession(kind, this.#sessions, this.#lab.savedTokenizers);
				this.#announce({ message: describeSession(name), ...others, undo });
			} else {
				const kinds = await Promise.all(
					groups.map(async (group) => (group === first ? kind : this.#recognize(group, reading)))
				);
				if (reading.signal.aborted) return;
				// A JSON file opened together with a tokenizer was probably meant to be a tokenizer, too, so the reader
				// reports what is wrong with the file.
				const tokenizers = groups.filter(
					({ name }, i) =>
						kinds[i] === 'tokenizer' || (kinds[i] === 'text' && /\.json$/i.test(name))
				);
				const ignored = groups.length - tokenizers.length;
				const opening = { groups: tokenizers, take: null, texts: files, ignored };
				await this.#openTokenizers(opening, reading);
			}
		});
	}

	/**
	 * Opens all files as tokenizers.
	 * @param take shows the tokenizers where they were requested; `null` to choose a suitable page
	 */
	async openTokenizers(files: readonly DroppedFile[], take: TakeTokenizers | null): Promise<void> {
		if (files.length === 0) return;
		await this.#try(async (reading) => {
			reading.note(files[0].file.name, null);
			const groups = groupListed(files, await listFiles(files));
			await this.#openTokenizers({ groups, take, texts: [], ignored: 0 }, reading);
		});
	}

	/**
	 * Shows a tokenizer loaded from the Hub.
	 * @param isNew whether loading saved the tokenizer just now; if so, undoing deletes it
	 */
	async showLoaded(
		saved: SavedTokenizer,
		take: TakeTokenizers | null,
		isNew: boolean
	): Promise<void> {
		const opening = { groups: [], take, texts: [], ignored: 0 };
		await this.#try(() => this.#showTokenizers(opening, [saved], [], isNew));
	}

	async #recognize(
		{ files }: TokenizerFiles,
		{ signal, note }: Reading
	): Promise<'tokenizer' | 'counts' | 'text' | Session> {
		const [{ path, file }, ...others] = files;
		if (others.length > 0 || path.includes('/')) return 'tokenizer';
		const kind = await recognizeFile(path, file);
		if (kind !== 'json') return kind;
		if (file.size > MAX_JSON_BYTES) return 'text';
		note(path, null);
		const onprogress = (progress: Progress) => note(path, progress);
		const json = await recognizeJson(this.#lab.opening, { path, file }, { signal, onprogress });
		return json?.kind === 'session' ? json.session : (json?.kind ?? 'text');
	}

	/** Opens tokenizers on a page. If none can be shown, reports why and offers alternatives. */
	async #openTokenizers(opening: Opening, reading: Reading): Promise<void> {
		const { saved, errors } = await this.#read(opening, reading);
		// If only one of the tokenizers can be read, Diff would compare it with a tokenizer that the user didn't open
		// together with it.
		const { page } = this.#sessions;
		const inDiff = page === 'drift/diff' || !(opening.take ?? this.#lab.shown?.takeTokenizers);
		const isLeft = saved.length === 1 && errors.length > 0 && inDiff;
		if (saved.length > 0 && !isLeft) {
			await this.#showTokenizers(opening, saved, errors.map(reasonOf));
			return;
		}
		for (const { id } of saved) await this.#lab.savedTokenizers.remove(id);
		const { groups, texts } = opening;
		const [first] = errors;
		const again = (pattern: string) => () =>
			void this.#try((next) => this.#openTokenizers({ ...opening, pattern }, next));
		const answers = [];
		if (first instanceof PatternQuestionError && groups.length === 1) {
			for (const { name, regex } of NAMED_PATTERNS) answers.push({ name, run: again(regex) });
		}
		if (texts.length > 0) answers.push(this.#takeAsText(texts));
		reading.fail(errors.map(reasonOf).join(' '), answers);
	}

	/**
	 * Reads tokenizers one by one and saves them.
	 * @throws AbortError if stopped or if other files are opened, after deleting the tokenizers saved so far
	 */
	async #read({ groups, pattern }: Opening, { signal, note }: Reading) {
		const saved: SavedTokenizer[] = [];
		const errors: unknown[] = [];
		for (const group of groups) {
			const onprogress = (progress: Progress) => note(group.name, progress);
			note(group.name, null);
			try {
				saved.push(await openTokenizer(this.#lab, { ...group, pattern, signal, onprogress }));
			} catch (error) {
				if (!signal.aborted) errors.push(error);
			}
			if (!signal.aborted) continue;
			for (const { id } of saved) await this.#lab.savedTokenizers.remove(id);
			throw signal.reason;
		}
		return { saved, errors };
	}

	/**
	 * Shows opened tokenizers on the page that requested them, on the current page or in Diff. Converted tokenizers
	 * come last, because side A is the tokenizer that the model was trained with.
	 */
	async #showTokenizers(
		{ take, texts, ignored }: Opening,
		opened: readonly SavedTokenizer[],
		problems: readonly string[],
		isNew = true
	): Promise<void> {
		const { savedTokenizers, shown } = this.#lab;
		const saved = opened.toSorted((a, b) => Number(isConverted(a)) - Number(isConverted(b)));
		const ids = saved.map(({ id }) => id);
		const back = this.#sessions.remember();
		const taking = take ?? (saved.length === 1 ? shown?.takeTokenizers : undefined);
		const restore = taking?.(ids);
		if (!restore) await this.#diff(saved);
		const [only, ...others] = saved;
		const isInDiff = this.#sessions.page === 'drift/diff';
		const message = describeTokenizers(saved, isInDiff && !taking, savedTokenizers.problem);
		const undoAll = async () => {
			if (restore) restore();
			else await back();
			if (isNew) for (const id of ids) await savedTokenizers.remove(id);
		};
		const isText = saved.every(({ description }) => !isBinary(description?.format));
		const actions: AnnouncedAction[] = [
			...(others.length > 0
				? []
				: [{ name: 'What was read', run: () => this.#showReading(only.id), stays: true }]),
			...(isInDiff
				? []
				: [{ name: 'Show the differences', run: () => void this.#try(() => this.#diff(saved)) }])
		];
		this.#announce({
			message: [message, ...problems].join(' '),
			ignored,
			texts: isText ? texts : [],
			actions,
			undo: undoAll
		});
	}

	/** Compares two opened tokenizers, or a single opened tokenizer with the first selected one. */
	async #diff(saved: readonly SavedTokenizer[]): Promise<void> {
		const { live, tokenizers } = this.#lab;
		const ids = saved.map(({ id }) => id);
		const chosen = tokenizers.find((id) => id !== live.id && !ids.includes(id));
		const [a, b] = ids.length > 1 ? ids : [chosen ?? ids[0], ids[0]];
		const side = (tokenizer: string) => ({ tokenizer, edits: [] });
		const search = writeDiff({ sides: { a: side(a), b: side(b) }, rows: null });
		await this.#sessions.show('drift/diff', { search, input: null, files: null });
	}

	/** Opens pre-token counts as the corpus on Train. */
	async #openCounts(
		files: readonly DroppedFile[],
		{ signal }: Reading,
		outcome: Omit<Outcome, 'undo' | 'applies'>
	): Promise<void> {
		const back = this.#sessions.remember();
		await this.#sessions.show('train', null);
		try {
			const { undo: undoCounts, applies } = await this.#page('counts')(files);
			if (signal.aborted) return;
			const undo = async () => {
				undoCounts();
				await back();
			};
			this.#announce({ ...outcome, undo, applies });
		} catch (error) {
			await back();
			throw error;
		}
	}

	/** Opens files in a field or on the current page; on Compare if the current page doesn't accept text. */
	async #openText(
		files: readonly DroppedFile[],
		field: OpenInField | null,
		{ signal }: Reading
	): Promise<void> {
		const back = this.#sessions.remember();
		const isMoved = !field && !this.#lab.shown?.openFiles;
		if (isMoved) await this.#sessions.show('', null);
		try {
			const { undo: undoText, opened, applies } = await (field ?? this.#page('text'))(files);
			if (signal.aborted || opened === 0) return;
			const message = describeText(files[0].file.name, files.length, isMoved);
			const undo = async () => {
				undoText();
				if (isMoved) await back();
			};
			this.#announce({ message, ignored: 0, texts: [], undo, applies });
		} catch (error) {
			if (isMoved) await back();
			throw error;
		}
	}

	/** @throws Error if the page isn't ready for files */
	#page(format: 'text' | 'counts'): OpenInField {
		const open = this.#lab.shown?.openFiles;
		if (!open) throw new Error(NOTHING_SHOWN);
		return (files) => open(files, format);
	}

	/** Reports the result, and offers to undo it or to do something else with the files. */
	#announce({ message, ignored, texts, actions = [], undo, applies = () => true }: Outcome): void {
		const { page } = this.#sessions;
		const asText = texts.length > 0 ? [this.#takeAsText(texts, undo)] : [];
		// Undoing from a different page would take the visitor away from their work there.
		this.#lab.announcement.show(
			ignored > 0 ? `${message} ${describeIgnored(ignored)}` : message,
			[...actions, ...asText, { name: 'Undo', run: () => void this.#try(undo) }],
			() => this.#sessions.page === page && applies()
		);
	}

	#takeAsText(files: readonly DroppedFile[], undo?: () => Promise<void>) {
		const run = () =>
			void this.#try(async (reading) => {
				await undo?.();
				// The field that the files were dropped on may be gone.
				await this.#openText(files, null, reading);
			});
		return { name: 'Open it as text', run };
	}

	/** Runs `work` and reports any error, unless the work was stopped or other files have been opened since. */
	async #try(work: (reading: Reading) => Promise<unknown>): Promise<void> {
		this.#reading?.stop();
		const reading = new Reading(this.#lab);
		this.#reading = reading;
		try {
			await work(reading);
		} catch (error) {
			reading.fail(reasonOf(error));
		} finally {
			// Some files may not have been read to the end.
			reading.stop();
		}
	}
}

const isBinary = (format: string | undefined): boolean =>
	format === 'GGUF' || format === 'SentencePiece model';

/** Whether a tokenizer's format is usually the result of a conversion. */
const isConverted = ({ description }: SavedTokenizer): boolean => description?.format === 'GGUF';

/** Groups files by tokenizer. @throws Error if there are only empty folders */
function groupListed(
	files: readonly DroppedFile[],
	listed: readonly PathFile[]
): readonly TokenizerFiles[] {
	const groups = groupTokenizerFiles(listed);
	if (groups.length > 0) return groups;
	throw new Error(describeEmptyFolders(files.map(({ file }) => file.name)));
}
